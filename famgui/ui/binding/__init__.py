"""The binding page and its view-model."""
