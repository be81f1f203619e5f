"""The end of a pair, renewals and limits, tried before anything is recorded."""

from datetime import date, datetime, time

import pytest

from famgui.domain.household import Unbind
from famgui.domain.person import Person
from famgui.domain.rule import Row
from famgui.domain.rulebook import RuleBook
from famgui.usecase.binding_change import a_year_from, ending, limits_met, renewals, reordering
from famgui.usecase.household import load
from famgui.usecase.record import record_event, record_events
from tests.domain.building import ARTICLE_C, DAY, ZHUZHOU, employee, household, purchase, resident, row
from tests.store.making import NOW, new_book, put

NOON = datetime.combine(DAY, time(12))


@pytest.fixture
def ledger(tmp_path):
    with new_book(tmp_path) as book:
        yield book


@pytest.fixture
def live_of(ledger, library):
    """The household of these persons and rows, under the shipped rules and some more."""

    def live_of(*rows, people=None, place=ZHUZHOU, events=(), **rules):
        people = people or (employee("li"), employee("wu"), resident("bo"), resident("xu"))
        more = tuple(Row(f"binding.{key.replace('_', '-')}", value, "T-01") for key, value in rules.items())
        books = {place: RuleBook(place, (more, *library.book(place)._layers))}
        home = put(ledger, books.get, household(*people, rows=rows, place=place, events=events))
        return load(ledger, books.get, home)

    return live_of


def test_the_end_of_a_pair(live_of):
    rows = (row("li", "bo", "child"), row("wu", "bo", "child"), row("li", "xu", "child", ends=date(2025, 4, 1)))
    live = live_of(*rows)
    found = ending(live, "li", "bo", DAY, "离异")
    assert found.event == Unbind("u1", DAY, "li", "bo", "离异")
    assert (found.others, found.free, found.refused) == (("wu",), None, None)
    over = ending(live, "li", "xu", DAY)
    assert over.refused is not None and over.refused.outcome is not None
    assert [problem.code for problem in over.refused.outcome.problems] == ["UNBOUND"]


def test_a_place_may_not_let_a_pair_go_yet(live_of):
    live = live_of(row("li", "bo", "child", date(2025, 1, 31)), minimum_months=6)
    found = ending(live, "li", "bo", DAY)
    assert (found.free, found.rule.clause) == (date(2025, 7, 31), "T-01")
    assert found.refused is not None
    assert ending(live, "li", "bo", date(2025, 7, 31)).free is None


def told(found):
    return [(one.why, one.event.id, one.event.binding.starts, one.event.binding.ends) for one in found]


def test_rows_go_on_where_they_end(live_of):
    live = live_of(
        row("li", "bo", "child", ends=date(2025, 5, 31), priority=3, proof="户口簿.pdf"),
        row("li", "xu", "child", ends=date(2025, 4, 1)),
        row("wu", "bo", "child", unbound_on=date(2025, 2, 1)),
        row("wu", "xu", "child"),
    )
    found = renewals(live, live.running.register, "year", None, DAY, NOON)
    assert told(found) == [
        ("", "b1", date(2025, 6, 1), date(2026, 5, 31)),
        ("", "b2", DAY, date(2026, 5, 9)),
        ("", "b3", DAY, date(2026, 5, 9)),
        ("open-end", "b4", DAY, date(2026, 5, 9)),
    ]
    kept = found[0].event.binding
    assert (kept.priority, kept.proof, kept.bound_at, kept.relation) == (3, "户口簿.pdf", NOON, "child")
    assert {one.event.binding.ends for one in renewals(live, live.running.register, "year-end", None, DAY, NOON)} == {
        date(2025, 12, 31)
    }
    early = renewals(live, live.running.register[:1], "typed", date(2025, 5, 31), DAY, NOON)
    assert told(early) == [("dates", "b1", date(2025, 6, 1), date(2025, 5, 31))]


def test_every_rule_is_asked_and_the_others_go_on(live_of):
    """What is refused takes no number and no place; the same row cannot go on twice."""
    people = (employee("li"), Person("wu", "employee", ZHUZHOU, has_account=False), resident("bo"), resident("xu"))
    live = live_of(
        row("wu", "bo", "child", ends=date(2025, 5, 31)),
        row("li", "bo", "in-law", ends=date(2025, 5, 31)),
        row("li", "xu", "child", ends=date(2025, 5, 31)),
        people=people,
    )
    found = renewals(live, live.running.register, "year", None, DAY, NOON)
    assert [(one.why, one.event.id) for one in found] == [("refused", "b1"), ("refused", "b1"), ("", "b1")]
    codes = [[problem.code for problem in one.refused.outcome.problems] for one in found[:2]]
    assert codes == [["NO_ACCOUNT"], ["RELATION_NOT_ALLOWED"]]
    twice = (*live.running.register[2:], live.running.register[2])
    assert len(renewals(live, twice, "year", None, DAY, NOON)) == 1


def test_a_renewal_takes_no_second_place(live_of):
    live = live_of(row("li", "bo", "child", ends=date(2025, 5, 31)), at_once=1, lifetime=1)
    assert told(renewals(live, live.running.register, "year", None, DAY, NOON))[0][0] == ""
    counted = live_of(row("li", "bo", "child", ends=date(2025, 5, 31)), lifetime=1, rebinding_counts=True)
    (refused,) = renewals(counted, counted.running.register, "year", None, DAY, NOON)
    assert [problem.code for problem in refused.refused.outcome.problems] == ["LIFETIME_LIMIT"]


def test_of_a_pair_the_last_row_goes_on(live_of):
    live = live_of(row("li", "bo", "child", ends=date(2025, 5, 31)), row("li", "bo", "child", date(2025, 6, 1)))
    assert told(renewals(live, live.running.register[:1], "year", None, DAY, NOON))[0][0] == "refused"
    found = renewals(live, live.running.register, "year", None, DAY, NOON)
    assert [(one.why, one.old.starts) for one in found] == [("open-end", date(2025, 6, 1))]


def test_what_a_place_demands_is_asked_of_a_renewal_too(live_of):
    asked = {"changes_per_year": 1, "effective": "next-day"}
    rows = (row("li", "bo", "child", date(2024, 3, 1), ends=DAY), row("li", "xu", "child", date(2025, 2, 1)))
    live = live_of(*rows, **asked)
    (found,) = renewals(live, live.running.register[:1], "year", None, DAY, NOON)
    assert (found.why, [check.code for check in found.failed]) == ("demands", ["CHANGE_LIMIT"])
    assert found.warned == (), "nobody is asked again for a number"
    ended = live_of(row("li", "bo", "child", ends=date(2025, 5, 1)), effective="next-day")
    assert told(renewals(ended, ended.running.register, "year", None, DAY, NOON))[0][:3] == (
        "",
        "b1",
        date(2025, 5, 11),
    )


def test_renewals_that_pass_can_be_recorded_together(ledger, library, live_of):
    rows = [row("li", user, "child", ends=date(2025, 5, 31)) for user in ("bo", "xu")]
    live = live_of(*rows, events=[purchase("bo", "5.00")])
    events = [one.event for one in renewals(live, live.running.register, "year", None, DAY, NOON)]
    done = record_events(ledger, {ZHUZHOU: live.running.book}.get, live.id, events, now=NOW)
    assert done.recorded and len(done.each) == 2


def test_limits(live_of):
    live = live_of(
        row("li", "bo", "child"), row("li", "xu", "child", unbound_on=DAY), row("wu", "bo", "child"), authorizers=2
    )
    found = {limit.code: (limit.taken, limit.rule.value) for limit in limits_met(live, "li", "bo", DAY)}
    assert found == {"BIND_LIMIT": (1, 10), "LIFETIME_LIMIT": (2, 20), "AUTHORIZER_LIMIT": (2, 2)}
    c = live_of(
        row("li", "bo", "child"), place=ARTICLE_C, people=(employee("li", ARTICLE_C), resident("bo", ARTICLE_C))
    )
    assert limits_met(c, "li", "bo", DAY)[0].rule.value == 5


def test_reordering(ledger, library):
    rows = (row("li", "bo", "child"), row("wu", "bo", "child", priority=2))
    home = put(ledger, library.book, household(employee("li"), employee("wu"), resident("bo"), rows=rows))
    event = reordering(load(ledger, library.book, home), "bo", ["wu", "li"], DAY)
    assert (event.id, event.authorizers) == ("o1", ("wu", "li"))
    assert record_event(ledger, library.book, home, event, now=NOW).recorded


def test_a_year():
    assert a_year_from(DAY) == date(2026, 5, 9)
    assert a_year_from(date(2028, 2, 29)) == date(2029, 2, 28)
