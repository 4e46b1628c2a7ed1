"""What people do with a coordination order."""
