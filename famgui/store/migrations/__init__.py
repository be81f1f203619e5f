"""The steps from one schema of the book to the next, each in one transaction."""
