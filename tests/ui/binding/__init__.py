"""The binding page."""
