"""The plan's draft, view-model and page."""
