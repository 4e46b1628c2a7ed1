"""The company, its offices and homes, the people who live there and the people who work there."""
