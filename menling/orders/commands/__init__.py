"""What can be done with an order, one function per verb, named as on the button."""
