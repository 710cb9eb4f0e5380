"""BTEQ scripts: instructions, their control flow, a writer, and a checker. No I/O."""
