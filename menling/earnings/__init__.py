"""What workers earn by settled orders: reckoned live until a month is approved, and as it was approved afterwards."""
