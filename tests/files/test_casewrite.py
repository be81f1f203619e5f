"""A written case file reads back as the same household, and looks as people write them."""

import tomllib
from datetime import date, datetime, time

import pytest

from famgui.domain.account import Balance
from famgui.domain.benefit import YearToDate
from famgui.domain.bill import Item
from famgui.domain.binding import Binding
from famgui.domain.household import Amend, Bind, Deposit, Household, Premium, Refund, Reorder, Unbind
from famgui.domain.person import CONCESSIONS, INSURANCES, STATUSES, Person
from famgui.domain.settlement import Facility, Override, Stated, Visit
from famgui.domain.waterfall import Terms
from famgui.files.casefile import parse_case, read_case
from famgui.files.casewrite import write_case
from famgui.store.eventtext import event_from, event_text
from tests.independent.household_amend import make_amended
from tests.independent.households import make
from tests.store.making import CASES, SAMPLE


def again(household):
    return parse_case(write_case(household).encode(), "written")


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_worked_cases(path):
    given = read_case(path)
    assert again(given) == given


def test_random_cases():
    for seed in range(400):
        given = parse_case(make(seed).encode(), f"{seed}")
        assert again(given) == given, seed


def test_random_cases_in_which_people_change():
    for seed in range(200):
        given = parse_case(make_amended(seed).encode(), f"{seed}")
        assert again(given) == given, seed
        assert all(event_from(event_text(event)) == event for event in given.events), seed


def test_everything_that_is_not_a_default():
    moment = datetime.combine(date(2024, 12, 28), time(10, 15, 0, 7))
    persons = tuple(
        Person(f"{insurance} {status} {concession}", insurance, "110000", "名", "", status, False, concession)
        for insurance in INSURANCES
        for status in STATUSES
        for concession in CONCESSIONS
    )
    rich = Person("rich", "employee", "430200", has_account=True, id_number="43020319000303002X")
    facility = Facility("other", "110000", "", False)
    items = (
        Item('药 "甲" \\ {x} = [1]', "drug", 999_999_999, "B", 1, 999_999_999),
        Item("a" * 200, "wellness", 0),
    )
    given = Household(
        "430200",
        (*persons, rich),
        {"rich": Balance(1, 999_999_999)},
        (
            Binding(
                "rich", persons[0].id, "in-law", date(2025, 1, 1), moment, date(2025, 1, 1), 9999, date(2025, 1, 1)
            ),
            Binding("rich", "rich", "other", date(1, 1, 1), datetime.combine(date(1, 1, 1), time())),
        ),
        {
            ("rich", 1990, "inpatient"): YearToDate(),
            ("rich", 1991, "chronic"): YearToDate(0, (0, 0, 0, 0), 5),
            ("rich", 1992, "pharmacy"): YearToDate(1, (1, 2, 3, 4), 10),
            ("rich", 1993, "outpatient"): YearToDate(1, (0, 2, 0, 0), 11),
        },
        (
            Visit("v1", date(9999, 12, 31), "rich", "inpatient", facility, items, None, 0),
            Visit("v2", date(2025, 1, 1), "rich", "chronic", facility, items[:1], 0),
            Refund("r1", date(9999, 12, 31), "v1"),
            Refund("r2", date(2025, 1, 2), "v2", ((items[0].name, 1), (items[0].name, 2))),
            Deposit("d", date(2025, 1, 1), "rich", 0),
            Premium("p", date(2025, 1, 1), "rich", "resident-2026", (persons[0].id, "rich")),
            Bind("b1", date(2025, 1, 1), Binding("rich", "rich", "other", date(2025, 1, 1), moment)),
            Bind(
                "b2",
                date(2025, 1, 1),
                Binding("rich", "rich", "spouse", date(2025, 2, 1), datetime.combine(date(2025, 1, 1), time())),
            ),
            Unbind("u", date(2025, 1, 1), "rich", "rich"),
        ),
        Terms("single", True, True),
    )
    assert again(given) == given
    assert again(Household("110000", (rich,), {"rich": Balance()}, terms=Terms(None, False))).terms.own_first is False


def test_the_sample_is_laid_out_as_people_write_it():
    """What is written is the sample file itself, comment and column order aside."""
    written = write_case(read_case(SAMPLE))
    text = SAMPLE.read_text("utf-8")
    assert tomllib.loads(written) == tomllib.loads(text)
    assert set(text.splitlines()[1:]) - set(written.splitlines()) == set()


def test_a_character_that_toml_keeps_out_is_escaped():
    given = Household("430200", (Person('a\x7f\x01\n"\\', "resident", "430200"),))
    assert tomllib.loads(write_case(given))["person"][0]["id"] == given.persons[0].id


def test_what_the_format_grew_by():
    used = YearToDate(1, (2, 0, 0, 3), 9, 4)
    facility = Facility("hospital", "430200", "tertiary", grade="special", contracted=True)
    drug = (Item("药", "drug", 100, "A"),)
    day = date(2025, 3, 1)
    override = Override("single", False, True, used)
    events = (
        Visit("v1", day, "a", "inpatient", facility, drug, stated=Stated(120000, 8500, 0), override=override),
        Visit("v2", day, "a", "two-disease", facility, drug, disease="both", stated=Stated(None, 1)),
        Visit("v3", day, "a", "outpatient", facility, drug, override=Override(own_first=True, used=YearToDate())),
        Refund("r1", day, "v1", None, "重复收费"),
        Deposit("d1", day, "a", 100, True),
        Premium("p1", day, "a", "supplementary", ("a",), 12900),
        Unbind("u1", day, "a", "b", "离职"),
    )
    persons = (
        Person("a", "employee", "430200", has_account=True, born=date(1950, 2, 28), tier="一档"),
        Person("b", "resident", "430200"),
    )
    met = {("a", 2025, "two-disease"): used}
    given = Household("430200", persons, {"a": Balance()}, (), met, events)
    assert again(given) == given
    assert all(event_from(event_text(event)) == event for event in events)
    table = tomllib.loads(write_case(given))
    assert table["event"][0]["stated"] == {"deductible": "1200.00", "cap_left": "0.00", "ratio": "0.85"}
    assert table["event"][2]["used"] == {}
    assert table["event"][3]["reason"] == "重复收费"


def test_people_who_change():
    day, papers = date(2025, 3, 1), 'a "b" 户口本.jpg'
    persons = (
        Person("a", "employee", "430200", has_account=True, phone="13800000000", suspended=date(2025, 7, 1)),
        Person("b", "resident", "430200"),
    )
    moment = datetime.combine(day, time())
    stands = Binding("a", "b", "parent", day, moment, proof=papers)
    everything = {
        "insurance": "employee",
        "status": "retired",
        "insured_place": "430100",
        "has_account": False,
        "concession": "orphan",
        "tier": "二档",
        "suspended": date(9999, 12, 31),
    }
    events = (
        Amend("a1", day, "a", tuple(everything.items())),
        *(Amend(f"a {name}", day, "b", ((name, value),)) for name, value in everything.items()),
        Amend("a2", day, "b", (("has_account", True), ("suspended", None))),
        Amend("a3", day, "b", (("tier", ""), ("suspended", None))),
        Reorder("o1", day, "b", ("b", "a")),
        Deposit("d1", day, "a", 1, False, True),
        Deposit("d2", day, "a", 1, True, True),
        Bind("b1", day, Binding("a", "b", "parent", day, moment, proof=papers)),
    )
    given = Household("430200", persons, {"a": Balance()}, (stands,), {}, events)
    assert again(given) == given
    assert all(event_from(event_text(event)) == event for event in events)
    table = tomllib.loads(write_case(given))
    assert table["person"][0]["suspended"] == date(2025, 7, 1)
    assert table["person"][0]["phone"] == "13800000000"
    assert table["person"][1].keys() == {"id", "insurance"}
    assert table["binding"][0]["proof"] == papers
    rows = {row["id"]: row for row in table["event"]}
    assert rows["a1"] == {"id": "a1", "type": "amend", "date": day, "person": "a", **everything}
    assert rows["a2"] == {"id": "a2", "type": "amend", "date": day, "person": "b", "has_account": True, "resumed": True}
    assert rows["a3"] == {"id": "a3", "type": "amend", "date": day, "person": "b", "no_tier": True, "resumed": True}
    assert rows["o1"] == {"id": "o1", "type": "reorder", "date": day, "user": "b", "order": ["b", "a"]}
    assert rows["d1"]["prior_years"] is True
    assert "inflow" not in rows["d1"]


def test_an_event_without_the_new_keys_is_kept_as_older_books_kept_it():
    day = date(2025, 3, 1)
    assert "prior_years" not in event_text(Deposit("d1", day, "a", 1))
    bare = Bind("b1", day, Binding("a", "b", "parent", day, datetime.combine(day, time())))
    assert "proof" not in event_text(bare)


def test_facts_are_read_in_one_order_whatever_the_text_says():
    text = event_text(Amend("a1", date(2025, 3, 1), "a", (("tier", "1"), ("status", "retired"))))
    assert event_from(text) == Amend("a1", date(2025, 3, 1), "a", (("status", "retired"), ("tier", "1")))
