"""What leaves the house: messages of the outbox, put into words and handed to a channel."""
