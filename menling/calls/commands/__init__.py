"""What people do with orders of the call department."""
