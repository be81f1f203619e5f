"""How long a test waits for what must come: longer than any machine needs, for a wait that ends well costs nothing."""

PATIENCE = 120
"""Seconds until what was waited for counts as never coming."""
