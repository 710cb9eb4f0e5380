"""Findings of a validation, one file a format."""
