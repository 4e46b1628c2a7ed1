"""What people do when a shift ends."""
