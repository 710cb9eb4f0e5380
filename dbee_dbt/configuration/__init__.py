"""Files that users write for this tool: dbee.yml and the defaults file, each key with its place."""
