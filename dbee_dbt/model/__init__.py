"""What a Teradata object is: frozen structs and the one facet table. No I/O, no SQL text, no other room of ours."""
