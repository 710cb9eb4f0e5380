"""The DBC views: their layout, and their rows made from the system's records."""
