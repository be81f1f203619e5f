"""The verify page and its view-model."""
