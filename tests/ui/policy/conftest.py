"""The policy page's tests find the search ready, as after the first moments of a program."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from famgui.policy.library import Library
from famgui.ui.shell.desk import Desk
from famgui.usecase.policy import prepare_search


@pytest.fixture(autouse=True)
def search_ready(library: Library) -> None:
    """The index of the shipped packs is at hand."""
    prepare_search(library)


@pytest.fixture
def altered(desk: Desk) -> Iterator[Callable[..., None]]:
    """Changes of a clause of the shipped packs, taken back afterwards."""
    clauses = desk.library.clauses
    kept = dict(clauses)
    yield lambda id, **fields: clauses.__setitem__(id, replace(kept[id], **fields))
    clauses.update(kept)
