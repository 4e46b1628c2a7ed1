"""What the office offers and what it costs: published price lists and the quotes made from them."""
