"""What happened: cases, events, deadlines, files and messages, and the only way to add to them."""
