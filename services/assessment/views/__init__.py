"""What callers may see of assessment."""
