"""Dated, approved figures and the calendars of the offices."""
