"""A workbook of bills settled at once."""
