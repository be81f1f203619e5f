"""The list's page."""
