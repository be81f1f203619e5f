"""The policy page and its view-model."""
