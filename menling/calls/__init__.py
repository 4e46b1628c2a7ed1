"""Orders of the call department."""
