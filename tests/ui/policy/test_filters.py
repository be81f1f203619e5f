"""The filters as text: they come back as they were, and nonsense is no filter."""

from datetime import date

import pytest

from famgui.policy.pack import Clause
from famgui.ui.policy.filters import ANYWHERE, HERE, TODAY, Filters, as_text, from_text

TODAY_IS = date(2026, 1, 1)


def test_filters_come_back() -> None:
    kept = Filters("430200", False, "order", "2024-03-01", "B", True)
    assert from_text(as_text(kept)) == kept


@pytest.mark.parametrize(
    "text", ["", "{", "[]", '{"nonsense": 1}', '{"grade": "Z"}', '{"day": "soon"}', '{"place": 3}', '{"day": null}']
)
def test_nonsense_is_no_filter(text: str) -> None:
    assert from_text(text) == Filters()


def test_days_and_places_are_read_for_today_and_the_household() -> None:
    assert Filters(day=TODAY).on(TODAY_IS) == TODAY_IS
    assert Filters(day="2024-03-01").on(TODAY_IS) == date(2024, 3, 1)
    assert Filters().on(TODAY_IS) is None
    assert Filters(place=HERE).places("430200") == ("430200", "430000", "000000")
    assert Filters(place=HERE).places("") is None
    assert Filters(place="430200", inherits=False).places("430100") == ("430200",)
    assert Filters().places("430200") == Filters(place=HERE, inherits=False).places("430200")
    assert Filters(place=ANYWHERE).places("430200") is None


def test_what_is_asked_in_words_or_was_bookmarked_is_looked_for_everywhere_unless_a_place_was_chosen() -> None:
    assert Filters().asked("") == Filters()
    assert Filters(topic="order").asked("门槛") == Filters(place=ANYWHERE, topic="order")
    assert Filters(starred=True).asked("") == Filters(place=ANYWHERE, starred=True)
    assert Filters(place="430200").asked("门槛") == Filters(place="430200")


def test_a_clause_of_unknown_days_fits_every_day() -> None:
    clause = Clause("T-1", "000000", "order", "s", "A")
    assert Filters(day="1990-01-01").fits(clause, "", TODAY_IS, ())
    assert not Filters(starred=True).fits(clause, "", TODAY_IS, ("T-2",))
