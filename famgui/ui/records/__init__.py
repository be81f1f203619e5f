"""Recorded settlements: print, refund, correct."""
