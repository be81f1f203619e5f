"""Every rule of a new binding looked at: what is refused, what passes, what an application must bring, by clause."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from famgui.domain.binding import bind_problems, first_start, free_from, limits, priorities
from famgui.domain.binding_check import Setting, authorizer_checks, change_days, pair_checks
from famgui.domain.rule import Row
from famgui.domain.rulebook import RuleBook
from tests.domain.building import ARTICLE_C, DAY, FUJIAN, ZHUZHOU, employee, resident, row, uninsured

EIGHT = ("spouse", "parent", "child", "sibling")


def rules(**values):
    """Rules of one place, each value resting on a clause of its key's name; `_weak` names those that are not sure."""
    weak = values.pop("_weak", ())
    rows = [Row("binding.relations", EIGHT, "T-R")]
    for name, value in values.items():
        key = "binding." + name.replace("__", ".").replace("_", "-")
        rows.append(Row(key, value, f"T-{name}", weak=name in weak))
    return RuleBook(ZHUZHOU, [rows]).at(DAY)


def setting(*persons, rows=(), of=None, day=DAY):
    return Setting({person.id: person for person in persons}, tuple(rows), of or rules(), day)


def states(new, around):
    return {check.code: check.state for check in pair_checks(new, around)}


def only(code, new, around):
    (found,) = [check for check in pair_checks(new, around) if check.code == code]
    return found


LI, MEI = employee("li"), resident("mei", id_number="43020219550101002X", phone="13800000001")
NEW = row("li", "mei", "parent", DAY, ends=date(2026, 5, 9))


@pytest.mark.parametrize("place", [ZHUZHOU, FUJIAN, ARTICLE_C])
@pytest.mark.parametrize(
    "new",
    [
        NEW,
        row("li", "li", "spouse"),
        row("li", "jun"),
        row("li", "far", "in-law"),
        row("li", "off", "child"),
        row("li", "old", "sibling"),
    ],
)
def test_what_fails_is_what_the_rules_refuse(book, place, new):
    """The checks and the event are one: nothing is refused by one and passed by the other."""
    people = [
        employee("li", place),
        uninsured("jun", place),
        resident("far", "110000"),
        resident("off", place, suspended=DAY),
        resident("old", place),
        resident("mei", place),
    ]
    rows = [row("li", "old", "sibling"), *(row("li", f"u{n}", "sibling") for n in range(9))]
    around = setting(*people, *(resident(f"u{n}", place) for n in range(9)), rows=rows, of=book(place).at(DAY))
    refused = {problem.code for problem in bind_problems(new, rows, around.persons, around.rules, day=DAY)}
    demanded = {"ID_NEEDED", "PHONE_NEEDED", "DATES_NEEDED", "PROOF_NEEDED", "CHANGE_LIMIT"}
    assert {check.code for check in pair_checks(new, around) if check.state == "failed"} - demanded == refused


def test_zhuzhou_asks_for_number_phone_and_dates_and_no_proof(book):
    around = setting(LI, MEI, of=book(ZHUZHOU).at(DAY))
    found = {check.code: (check.state, check.clause, check.weak) for check in pair_checks(NEW, around)}
    assert found["ID_NEEDED"] == ("passed", "HN-30", False)
    assert found["PHONE_NEEDED"] == ("passed", "S1-14", True)
    assert found["DATES_NEEDED"] == ("passed", "HN-30", False)
    assert "PROOF_NEEDED" not in found
    assert "CHANGE_LIMIT" not in found
    bare = setting(LI, resident("mei"), of=around.rules)
    found = states(replace(NEW, ends=None), bare)
    assert [found[code] for code in ("ID_NEEDED", "PHONE_NEEDED", "DATES_NEEDED")] == ["failed"] * 3


def test_article_c_asks_for_a_proof_and_allows_five_and_three_relations(book):
    people = [employee("li", ARTICLE_C), *(resident(f"u{n}", ARTICLE_C) for n in range(6))]
    rows = [row("li", f"u{n}", "child", DAY) for n in range(5)]
    around = setting(*people, rows=rows, of=book(ARTICLE_C).at(DAY))
    found = states(row("li", "u5", "child", DAY), around)
    assert (found["PROOF_NEEDED"], found["BIND_LIMIT"]) == ("failed", "failed")
    assert "ID_NEEDED" not in found
    assert states(row("li", "u5", "child", DAY, proof="户口本.jpg"), around)["PROOF_NEEDED"] == "passed"
    assert states(row("li", "u5", "sibling", DAY), around)["RELATION_NOT_ALLOWED"] == "failed"


def test_a_spouse_with_an_account_could_authorize_an_in_law():
    wang, mother = employee("wang"), resident("mother")
    new = row("li", "mother", "in-law")
    for rows in ([row("li", "wang")], [row("wang", "li")]):
        assert only("RELATION_NOT_ALLOWED", new, setting(LI, wang, mother, rows=rows)).about == "wang"
    poor = setting(LI, resident("wang"), mother, rows=[row("li", "wang")])
    assert only("RELATION_NOT_ALLOWED", new, poor).about == ""
    friend = setting(LI, wang, mother, rows=[row("li", "wang", "sibling")])
    assert only("RELATION_NOT_ALLOWED", new, friend).about == ""


@pytest.mark.parametrize(
    ("person", "failed", "about"),
    [
        (employee("li"), [], ""),
        (employee("li", has_account=False), ["NO_ACCOUNT"], "single-pool"),
        (resident("li"), ["NO_ACCOUNT"], "resident"),
        (uninsured("li"), ["NO_ACCOUNT", "NOT_INSURED"], "none"),
        (employee("li", "110000"), ["OTHER_PROVINCE"], ""),
        (employee("li", suspended=DAY), ["SUSPENDED"], ""),
        (employee("li", suspended=DAY + timedelta(1)), [], ""),
        (employee("li", status="retired"), [], ""),
        (employee("li", status="flexible"), [], ""),
    ],
)
def test_who_may_authorize(book, person, failed, about):
    around = setting(person, of=book(ZHUZHOU).at(DAY))
    found = [check for check in authorizer_checks(person, around) if check.state == "failed"]
    assert [check.code for check in found] == failed
    assert all(check.clause for check in found)
    assert next((check.about for check in found), "") == about


def test_nothing_more_is_asked_of_oneself():
    found = states(row("li", "li", "spouse"), setting(LI))
    assert found.pop("SELF_BINDING") == "failed"
    assert set(found.values()) == {"unasked"}


def test_one_authorizer_only():
    of = rules(authorizers=1)
    people = (LI, employee("wang"), MEI)
    new = row("wang", "mei", "child")
    assert only("AUTHORIZER_LIMIT", new, setting(*people, of=of)).state == "passed"
    taken = only("AUTHORIZER_LIMIT", new, setting(*people, rows=[NEW], of=of))
    assert (taken.state, taken.taken, taken.limit, taken.clause) == ("failed", 1, 1, "T-authorizers")
    ended = [replace(NEW, unbound_on=DAY)]
    assert only("AUTHORIZER_LIMIT", new, setting(*people, rows=ended, of=of)).state == "passed"
    again = row("li", "mei", "parent", date(2026, 5, 10))
    assert only("AUTHORIZER_LIMIT", again, setting(*people, rows=[NEW], of=of)).state == "passed"
    assert "AUTHORIZER_LIMIT" not in states(new, setting(*people))


def test_a_lifetime_counts_people_or_every_binding():
    rows = [row("li", "mei", "parent", DAY - timedelta(90), ends=DAY - timedelta(60))] * 2
    around = setting(LI, MEI, rows=rows, of=rules(lifetime=2))
    assert (only("LIFETIME_LIMIT", NEW, around).state, only("LIFETIME_LIMIT", NEW, around).taken) == ("passed", 1)
    anew = setting(LI, MEI, rows=rows, of=rules(lifetime=2, rebinding_counts=True))
    assert (only("LIFETIME_LIMIT", NEW, anew).state, only("LIFETIME_LIMIT", NEW, anew).taken) == ("failed", 2)


@pytest.mark.parametrize(
    ("effect", "day", "earliest"),
    [
        ("at-once", DAY, None),
        ("approval", DAY, None),
        ("next-day", date(2025, 12, 31), date(2026, 1, 1)),
        ("next-month", date(2025, 5, 1), date(2025, 6, 1)),
        ("next-month", date(2025, 12, 31), date(2026, 1, 1)),
    ],
)
def test_when_a_binding_may_begin(effect, day, earliest):
    of = rules(effective=effect)
    assert first_start(day, of) == earliest
    new = replace(NEW, starts=day)
    found = states(new, setting(LI, MEI, of=of, day=day))
    assert found.get("STARTS_TOO_EARLY") == (None if effect == "at-once" else "failed" if earliest else "passed")
    assert ("APPROVAL" in found) is (effect == "approval")
    if earliest:
        assert states(replace(NEW, starts=earliest), setting(LI, MEI, of=of, day=day))["STARTS_TOO_EARLY"] == "passed"
        assert only("STARTS_TOO_EARLY", new, setting(LI, MEI, of=of, day=day)).about == earliest.isoformat()


@pytest.mark.parametrize(
    ("bound", "months", "free"),
    [
        (date(2025, 5, 10), 3, date(2025, 8, 10)),
        (date(2025, 11, 30), 3, date(2026, 2, 28)),
        (date(2023, 11, 30), 3, date(2024, 2, 29)),
        (date(2025, 12, 31), 1, date(2026, 1, 31)),
        (date(2025, 5, 10), None, date.min),
    ],
)
def test_when_a_binding_may_end(bound, months, free):
    new = replace(NEW, bound_at=datetime(bound.year, bound.month, bound.day, 23))  # noqa: DTZ001
    assert free_from(new, rules(**({"minimum_months": months} if months else {}))) == free


def test_changes_of_a_year_count_days_and_not_the_first():
    first = row("li", "mei", "parent", date(2025, 1, 5))
    second = row("li", "b", "child", date(2025, 3, 1))
    assert change_days("li", [first], DAY) == frozenset()
    assert change_days("li", [first, second], DAY) == {date(2025, 3, 1)}
    assert change_days("li", [replace(first, unbound_on=date(2025, 3, 1)), second], DAY) == {date(2025, 3, 1)}
    assert change_days("li", [replace(first, unbound_on=date(2025, 4, 1)), second], DAY) == {
        date(2025, 3, 1),
        date(2025, 4, 1),
    }
    assert change_days("li", [replace(first, unbound_on=date(2024, 4, 1))], DAY) == frozenset()
    assert change_days("wang", [first, second], DAY) == frozenset()


def test_one_change_a_year():
    of = rules(changes_per_year=1, _weak=("changes_per_year",))
    people = (LI, MEI, resident("b"), resident("c"))
    new = row("li", "c", "child", DAY)
    began = row("li", "mei", "parent", date(2025, 1, 5))
    changed = row("li", "b", "child", date(2025, 3, 1))
    today = row("li", "b", "child", DAY)
    for rows, state, taken in (
        ((), "passed", 0),
        ((began,), "passed", 0),
        ((began, changed), "failed", 1),
        ((began, today), "passed", 1),
        ((replace(began, bound_at=datetime(2024, 1, 5)), replace(changed, unbound_on=DAY)), "passed", 2),  # noqa: DTZ001
    ):
        found = only("CHANGE_LIMIT", new, setting(*people, rows=rows, of=of))
        assert (found.state, found.taken, found.limit, found.weak) == (state, taken, 1, True)


@pytest.mark.parametrize(
    ("starts", "ends", "state"),
    [
        (DAY, DAY - timedelta(1), "failed"),
        (DAY - timedelta(9), DAY - timedelta(1), "warning"),
        (DAY, DAY, "passed"),
        (DAY, None, "passed"),
    ],
)
def test_dates(starts, ends, state):
    assert states(replace(NEW, starts=starts, ends=ends), setting(LI, MEI))["DATES"] == state


def test_a_weak_rule_that_passes_is_a_warning():
    of = rules(at_once=5, _weak=("at_once",))
    assert only("BIND_LIMIT", NEW, setting(LI, MEI, of=of)).state == "warning"
    assert only("BIND_LIMIT", NEW, setting(LI, MEI, of=rules(at_once=5))).state == "passed"


def test_limits_know_what_is_taken():
    rows = [row("li", "a"), row("li", "a", ends=DAY - timedelta(1)), row("li", "b", ends=DAY - timedelta(1))]
    found = {limit.code: (limit.taken, limit.takes) for limit in limits(NEW, rows, rules(), DAY)}
    assert found == {"BIND_LIMIT": (1, True), "LIFETIME_LIMIT": (2, True), "AUTHORIZER_LIMIT": (0, True)}


def test_priorities_go_on_after_those_named():
    rows = [("li", 1, 5), ("wang", 1, 3), ("zhou", 2, 1), ("li", 9, 1)]
    assert priorities(["zhou"], rows) == {"zhou": 1, "wang": 2, "li": 3}
    assert priorities([], rows) == {"wang": 1, "li": 2, "zhou": 3}
    assert priorities(["nobody"], rows)["nobody"] == 1


def test_ages_pass_only_where_they_are_known():
    born = setting(employee("li", born=date(1990, 1, 1)), resident("mei", born=date(1960, 1, 1)))
    assert only("AGES", NEW, born).state == "passed"
    assert "AGES" not in states(NEW, setting(LI, resident("mei")))
    young = setting(employee("li", born=date(1990, 1, 1)), resident("mei", born=date(1980, 1, 1)))
    assert (only("AGES", NEW, young).state, only("AGES", NEW, young).taken) == ("warning", 10)


def test_bindings_of_others_are_no_change():
    of = rules(changes_per_year=0)
    others = [row("wang", "b", "child", date(2025, 1, 5))]
    around = setting(LI, MEI, employee("wang"), resident("b"), rows=others, of=of)
    assert only("CHANGE_LIMIT", NEW, around).state == "passed"


@pytest.mark.parametrize(("days", "odd"), [(30, False), (31, True)])
def test_a_first_day_long_before_today_is_looked_at_again(days, odd):
    new = replace(NEW, starts=DAY - timedelta(days=days))
    assert ("LONG_AGO" in states(new, setting(LI, MEI))) == odd
    assert all(check.state != "failed" for check in pair_checks(new, setting(LI, MEI)))


def test_a_place_is_taken_only_by_somebody_who_is_not_bound_yet():
    of = rules(at_once=3)
    old = row("li", "mei", "parent", date(2024, 1, 1), ends=DAY + timedelta(days=9))
    later = replace(NEW, starts=DAY + timedelta(days=10))
    assert only("BIND_LIMIT", NEW, setting(LI, MEI, of=of)).takes
    found = only("BIND_LIMIT", later, setting(LI, MEI, rows=[old], of=of))
    assert (found.taken, found.takes) == (1, False)
    assert not only("BIND_LIMIT", row("li", "li", "spouse"), setting(LI, MEI, of=of)).takes
