"""The same visit elsewhere, on another day, in another order: side by side."""
