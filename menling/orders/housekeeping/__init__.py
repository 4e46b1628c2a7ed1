"""What is done with a housekeeping order otherwise than with a repair, and with its pick-up batches."""
