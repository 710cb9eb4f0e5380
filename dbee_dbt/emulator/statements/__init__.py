"""What each statement does. One file a group; ``registry`` puts them into the dispatch table."""
