"""A company's list and the book: tried row by row, taken over in one transaction, given out again."""
