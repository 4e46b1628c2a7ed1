"""An invented company to try everything on: three months of work behind it, a busy morning on the board."""
