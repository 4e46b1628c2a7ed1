"""What a desk does at the end of its day."""
