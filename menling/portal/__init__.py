"""The resident's page: one order, by a link, without an account."""
