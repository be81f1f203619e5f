"""Receipts in and out: every spelling read, answers, sentences and the form to fill in."""
