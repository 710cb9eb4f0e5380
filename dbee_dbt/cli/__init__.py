"""The command line: parse, call one function, render. One file a command group, imported when it is called."""
