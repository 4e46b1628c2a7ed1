"""The door of the command line: one module per verb."""
