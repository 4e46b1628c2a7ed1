"""The worker's app on a phone: its shell, its manifest. Everything it does goes through the API."""
