"""How much of a version notice is read, how long it is waited for, and what is raised when it cannot be used."""

LARGEST = 64 * 1024
"""Bytes."""
TIMEOUT = 10.0
"""Seconds from the question to the whole answer."""


class Unreadable(Exception):
    """The place or what stands there cannot be used: a sentence's key in the section `update`, and its values."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code)
        self.code, self.values = code, values
