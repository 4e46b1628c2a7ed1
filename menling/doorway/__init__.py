"""What every door shares: who is there, which case is meant, one command performed, one case shown."""
