"""The policy page's tests find the search ready, as after the first moments of a program."""

import pytest

from famgui.policy.library import Library
from famgui.usecase.policy import prepare_search


@pytest.fixture(autouse=True)
def search_ready(library: Library) -> None:
    """The index of the shipped packs is at hand."""
    prepare_search(library)
