"""What can be done about money, one function per verb."""
