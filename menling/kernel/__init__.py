"""The words every procedure is written in: plain Python, no framework, no clock, no database."""
