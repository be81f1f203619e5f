"""What tests share: the shipped policy library and an answer to a case file's text."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from famgui.domain.rulebook import RuleBook
from famgui.files.answer import answer
from famgui.files.casefile import parse_case
from famgui.policy.library import Library
from famgui.usecase.settlement import settle_case

REPOSITORY = Path(__file__).parent.parent
TODAY = date(2026, 11, 22)

_PATIENT = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow], "print_blob": True}
settings.register_profile("same", derandomize=True, database=None, **_PATIENT)
settings.register_profile("chance", **_PATIENT)
settings.load_profile("same")
"""The same examples every time, however slow the machine; others with --hypothesis-profile=chance."""


class _Everywhere:
    """Every county code is known."""

    def __contains__(self, code: object) -> bool:
        return True


@pytest.fixture(scope="session")
def library() -> Library:
    """The packs that are shipped, compiled in memory."""
    found = Library([REPOSITORY / "resources" / "policies"], None)
    assert not found.faults
    return found


@pytest.fixture(scope="session")
def book(library: Library) -> Callable[[str], RuleBook]:
    """The shipped rule book of a place."""
    return library.book


def settled_by(library: Library) -> Callable[[str], dict[str, Any]]:
    """The answer to the text of a case file under these packs, as `famgui settle --json` gives it; every county code is
    known."""

    def settled(text: str) -> dict[str, Any]:
        household = parse_case(text.encode(), "case.toml")
        case = settle_case(household, library.book(household.place), today=TODAY, regions=_Everywhere())
        return answer(case.timeline, case.persons, lambda problem: "")

    return settled


@pytest.fixture(scope="session")
def settled(library: Library) -> Callable[[str], dict[str, Any]]:
    """The answer to the text of a case file under the shipped packs."""
    return settled_by(library)
