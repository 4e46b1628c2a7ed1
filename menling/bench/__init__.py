"""What a step costs: queries, processor time and waiting, on a scratch database with a town full of open orders."""
