"""The API: the same commands and cases for programs."""
