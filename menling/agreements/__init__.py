"""Home service agreements."""
