"""What can be done about price lists, one function per verb."""
