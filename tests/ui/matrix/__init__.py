"""The comparison of places and days."""
