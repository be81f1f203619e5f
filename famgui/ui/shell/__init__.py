"""The window around the pages: rail, header, status line, commands, operations, toasts."""
