"""Teradata SQL text and the model: one lexer, one script splitter, readers, a writer. Nothing is ever lost."""
