"""The door of time: work that nobody asks for and that is due at its hour."""
