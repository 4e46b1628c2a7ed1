"""Lists that come as workbooks from another system, and lists that leave as workbooks."""
