"""The page that compares places and days, and its view-model."""
