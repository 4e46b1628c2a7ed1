"""An invented company to try everything on: a week of work behind it, a busy morning on the board."""
