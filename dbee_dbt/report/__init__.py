"""What was found, as text for people and as documents for programs; one file a format."""
