"""Closing a desk's day: nothing unsigned without a word."""
