"""What workers ask about their commission, and what they are answered."""
