"""The ledger book: one SQLite file of households, events, settlements and postings; all transactions are here."""
