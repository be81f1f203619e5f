"""The overview page and its view-model."""
