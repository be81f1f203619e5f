"""Work that makes very many values, kept out of the sight of the collector of circular garbage."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

MANY = 10_000
"""From so many rows on the collector does not look at what was made later either, unless a work says otherwise."""


@contextmanager
def out_of_the_collectors_sight(rows: int, many: int = MANY) -> Iterator[None]:
    """Hundreds of thousands of values are made and none of them points in a circle: to look for circles among them
    again and again takes as long as making them, and each look keeps every thread of the program waiting. They are
    freed as ever when nobody holds them any more."""
    stood = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if rows >= many:
            gc.freeze()
        if stood:
            gc.enable()
