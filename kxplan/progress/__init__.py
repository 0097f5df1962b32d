"""Progress: pure functions on exact numbers and days."""
