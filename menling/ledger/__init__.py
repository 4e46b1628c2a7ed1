"""The ledger: every clause of the written procedures beside the points that keep it and the tests that name it."""
