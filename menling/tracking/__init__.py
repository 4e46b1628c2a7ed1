"""Tracking what cannot be finished in time."""
