"""The rule packs page: what is in use, a file looked at and taken, given out, removed."""
