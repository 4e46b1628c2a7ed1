"""Keeping the books of an office: people and posts, roster, homes. No case, so no procedure: a keeper and a trace."""
