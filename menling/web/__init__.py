"""The back office: server-rendered pages. A view parses, performs one command or runs one query, and shows."""
