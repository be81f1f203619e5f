"""One old book for each released schema, with rows in it, kept as it was."""

COPIED_CASE = "tests/cases/example.toml"
"""The case in every book beside the sample family."""
