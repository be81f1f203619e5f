"""The workbook of bills: read row by row into visits and households, and written as results, faulty rows, template."""
