"""Paper and workbooks: plain facts in, finished bytes out. Nothing here reads the database."""
