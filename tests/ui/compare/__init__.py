"""The comparison's view-model and page."""
