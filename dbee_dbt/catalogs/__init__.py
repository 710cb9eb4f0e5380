"""Addresses to catalogs, and catalogs to files and rows."""
