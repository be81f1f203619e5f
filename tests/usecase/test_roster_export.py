"""The register given out as a list and brought into an empty book: the same persons, accounts and bindings."""

from collections import Counter
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from famgui.domain.account import Balance
from famgui.domain.binding import Binding
from famgui.domain.household import Bind, Household
from famgui.domain.identity import RELATIONS
from famgui.domain.person import CONCESSIONS, STATUSES, Person
from famgui.domain.timeline import Running
from famgui.files.roster.write import export, write_list
from famgui.usecase.household import load, summaries
from famgui.usecase.roster.export import register_rows
from tests.files.rosters import number
from tests.store.making import CASES, SAMPLE, filled, new_book, put
from tests.usecase.roster_of import states, taken, tried
from tests.usecase.workbook_of import REGIONS, TODAY


def place_name(code: str) -> str:
    """A place's name where nobody else has it."""
    name = REGIONS.name(code)
    return name if REGIONS.codes(name) == (code,) else code


def given_out(book, path, language="zh"):
    """The whole book as a list; the path."""
    rows, unknown = register_rows(book, [one.id for one in summaries(book)], place_name, language)
    assert unknown == 0
    write_list(path, export(rows, language))
    return path


def held(book, library):
    """Everybody, everybody's money and every binding of a book, people called by their ID numbers."""
    persons, balances, bindings = {}, {}, Counter()
    for summary in summaries(book):
        live = load(book, library.book, summary.id)
        numbers = {person.id: person.id_number for person in live.persons}
        persons |= {person.id_number: replace(person, id="") for person in live.persons}
        balances |= {numbers[who]: balance for who, balance in live.running.balances.items()}
        bindings += Counter(
            replace(row, authorizer=numbers[row.authorizer], user=numbers[row.user]) for row in live.running.register
        )
    return persons, balances, bindings


@pytest.mark.parametrize(("ending", "language"), [("xlsx", "zh"), ("csv", "zh"), ("xlsx", "en")])
def test_the_sample_family_comes_back(tmp_path, library, ending, language):
    with new_book(tmp_path) as book, new_book(tmp_path, "again.sqlite") as again:
        filled(book, library.book, SAMPLE)
        plan = tried(again, library.book, given_out(book, tmp_path / f"list.{ending}", language))
        assert set(states(plan)) == {"new"}
        taken(again, library.book, plan)
        assert held(again, library) == held(book, library)
        assert set(states(tried(book, library.book, tmp_path / f"list.{ending}"))) == {"there"}


_NUMERALS = str.maketrans("0123456789", "零一二三四五六七八九")


def random_book(dice: Random) -> list[Household]:
    """Some families, their bindings such as the rules have let them come about."""
    serials = iter(range(1, 999))
    return [_family(dice, serials) for _ in range(dice.randint(1, 4))]


def _family(dice: Random, serials) -> Household:
    persons, balances = [], {}
    for turn in range(dice.randint(1, 6)):
        serial = next(serials)
        insurance = dice.choice(["employee", "employee", "resident", "none"])
        has_account = insurance == "employee" and dice.random() < 0.8
        person = Person(
            f"h{turn}",
            insurance,
            dice.choice(["430200", "430100", "430000"]),
            "人" + str(serial).translate(_NUMERALS),
            number(serial, born=f"{dice.randint(1930, 2015)}0101"),
            dice.choice(STATUSES) if insurance == "employee" else "active",
            has_account,
            dice.choice(["none", "none", *CONCESSIONS]),
            dice.choice([None, None, date(1960, 2, 3)]),
            dice.choice(["", "", "一档"]),
            dice.choice(["", "13800000000"]),
            dice.choice([None, None, None, date(2030, 1, 1)]),
        )
        persons.append(person)
        if has_account:
            balances[person.id] = Balance(dice.randrange(100_000), dice.choice([0, dice.randrange(100_000)]))
    return Household("430200", tuple(persons), balances)


def _bound(dice: Random, household: Household, rules) -> Household:
    """The same with bindings that the rules take, each asked for on its day, some of them unbound since."""
    days = sorted(date(2024, 1, 1) + timedelta(days=dice.randrange(1050)) for _ in range(dice.randint(0, 8)))
    running = Running(household, rules)
    for turn, day in enumerate(days):
        authorizer, user = dice.choice(household.persons), dice.choice(household.persons)
        starts = day + timedelta(days=dice.choice([0, 0, 0, 5, 40]))
        ends = dice.choice([None, starts + timedelta(days=dice.randrange(400))])
        bound_at = datetime.combine(day, time(dice.randrange(24), dice.randrange(60), dice.randrange(60)))
        over = dice.random() < 0.3 and starts <= TODAY
        unbound = starts + timedelta(days=dice.randrange((TODAY - starts).days + 1)) if over else None
        row = Binding(
            authorizer.id,
            user.id,
            dice.choice(RELATIONS[:8]),
            starts,
            bound_at,
            ends,
            dice.randint(1, 3),
            unbound,
            dice.choice(["", "户口簿"]),
        )
        running.apply(Bind(f"b{turn}", day, row))
    return replace(household, bindings=tuple(running.register))


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 2**32 - 1))
def test_random_families_come_back(tmp_path_factory, library, seed):
    dice, folder = Random(seed), tmp_path_factory.mktemp("round")
    rules = library.book("430200")
    with new_book(folder) as book, new_book(folder, "again.sqlite") as again:
        for household in random_book(dice):
            put(book, library.book, _bound(dice, household, rules))
        ending, language = dice.choice(["xlsx", "csv"]), dice.choice(["zh", "en"])
        plan = tried(again, library.book, given_out(book, folder / f"list.{ending}", language))
        assert set(states(plan)) == {"new"}, plan.remarks
        taken(again, library.book, plan)
        assert held(again, library) == held(book, library)


def test_one_household_alone_and_people_without_a_number(tmp_path, library):
    with new_book(tmp_path) as book:
        first = filled(book, library.book, SAMPLE)
        nameless = put(book, library.book, Household("430200", (Person("x", "resident", "430200", "无号"),)))
        rows, unknown = register_rows(book, [nameless], place_name, "zh")
        assert unknown == 1 and [row["authorizer.name"] for row in rows] == ["无号"]
        rows, unknown = register_rows(book, [first], place_name, "zh")
        assert unknown == 0 and len(rows) >= 5 and rows[0]["authorizer.insured_place"] == "株洲市"


def test_every_case_can_be_given_out(tmp_path, library):
    with new_book(tmp_path) as book:
        ids = [filled(book, library.book, path) for path in CASES]
        rows, _ = register_rows(book, ids, place_name, "en")
        write_list(tmp_path / "a.xlsx", export(rows, "en"))
        assert len(rows) > len(ids)
