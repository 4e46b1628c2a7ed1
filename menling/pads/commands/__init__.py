"""What people do about numbered paper, one function per verb."""
