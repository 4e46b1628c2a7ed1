"""Errands: buying for a resident."""
