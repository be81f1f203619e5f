"""The records page and its view-models."""
