"""The binding wizard."""
