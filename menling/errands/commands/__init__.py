"""What people do about an errand, one function per verb."""
