"""Home alarms: taken at the service desk, collected and done by engineering (HS-4.1.2)."""
