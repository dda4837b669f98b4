"""What callers may see of courses."""
