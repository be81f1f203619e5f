"""A company's list of employees and the relatives they bind: read, written, and what is wrong in a row."""
