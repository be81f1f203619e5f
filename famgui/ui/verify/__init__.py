"""A receipt held against the rules."""
