"""What can be done about commission, one function per verb."""
