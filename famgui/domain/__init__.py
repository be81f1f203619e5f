"""The rules themselves, pure: frozen values and functions. No files, no clock, no database, no window."""
