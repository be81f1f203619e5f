"""A company's list, in and out."""
