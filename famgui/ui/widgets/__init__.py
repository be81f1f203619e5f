"""Widgets that any page may use: cards, chips, fields, tables, the payers' bar."""
