"""The settlement page and its view-model."""
