"""Numbered paper: pads and their sheets."""
