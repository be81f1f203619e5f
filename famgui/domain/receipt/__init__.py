"""A settlement result held against its own sums and against the rules; each difference explained, or said to be not."""
