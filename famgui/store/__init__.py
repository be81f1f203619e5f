"""The ledger book: one SQLite file of households, events, settlements and postings. The one room that knows transactions."""
