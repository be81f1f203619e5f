"""The use case: the events computed, and what is odd about the persons' ID numbers."""

from datetime import date

from famgui.domain.identity import check_digit
from famgui.domain.rulebook import RuleBook
from famgui.files.casefile import parse_case
from famgui.policy.library import Library
from famgui.usecase.policy import search_clauses
from famgui.usecase.settlement import SettledCase, settle_case

TODAY = date(2026, 11, 22)
COUNTIES = frozenset({"430202"})


def number(county: str = "430202", born: str = "19900101", *, wrong: bool = False) -> str:
    """An ID number with the right check character, or the wrong one."""
    first = f"{county}{born}002"
    right = check_digit(first)
    return first + (("0" if right != "0" else "1") if wrong else right)


def settle(book: RuleBook, numbers: dict[str, str], events: str = "") -> SettledCase:
    """A household of these persons settled in Zhuzhou."""
    persons = "".join(
        f'[[person]]\nid = "{handle}"\ninsurance = "resident"\n' + (f'id_number = "{text}"\n' if text else "")
        for handle, text in numbers.items()
    )
    household = parse_case(f'format = 1\nplace = "430200"\n{persons}{events}'.encode(), "case.toml")
    return settle_case(household, book, today=TODAY, regions=COUNTIES)


def found(book: RuleBook, text: str) -> list[tuple[str, str, str]]:
    """Code, severity and subject of what is odd about one ID number."""
    case = settle(book, {"a": text})
    assert all(problem.clause == "" for problem in case.persons)
    return [(problem.code, problem.severity, problem.subject) for problem in case.persons]


def test_one_problem_each(library: Library) -> None:
    book = library.book("430200")
    assert found(book, "") == []
    assert found(book, number()) == []
    assert found(book, number(wrong=True)) == [("ID_CHECKSUM", "error", "a")]
    assert found(book, number(born="19900230")) == [("ID_DATE", "error", "a")]
    assert found(book, number("430221")) == [("ID_REGION_UNKNOWN", "warning", "a")]
    assert found(book, number("810000")) == []


def test_a_birth_date_lies_between_150_years_ago_and_today(library: Library) -> None:
    book = library.book("430200")
    assert found(book, number(born="20261122")) == []
    assert found(book, number(born="20261123")) == [("ID_DATE", "error", "a")]
    assert found(book, number(born="18770101")) == []
    assert found(book, number(born="18751231")) == [("ID_DATE", "error", "a")]


def test_every_problem_of_every_person_in_their_order(library: Library) -> None:
    numbers = {"b": number("999999", "20990101", wrong=True), "a": number(wrong=True), "c": number()}
    case = settle(library.book("430200"), numbers)
    assert [(problem.code, problem.subject) for problem in case.persons] == [
        ("ID_CHECKSUM", "b"),
        ("ID_DATE", "b"),
        ("ID_REGION_UNKNOWN", "b"),
        ("ID_CHECKSUM", "a"),
    ]


def test_a_wrong_number_changes_no_status_and_a_refusal_is_seen(library: Library) -> None:
    book = library.book("430200")
    deposit = '[[event]]\nid = "d"\ntype = "deposit"\ndate = 2025-01-01\naccount = "a"\namount = "1.00"\n'
    refused = settle(book, {"a": number()}, deposit)
    assert [outcome.status for outcome in refused.timeline.outcomes] == ["refused"]
    assert refused.any_refused
    visit = (
        '[[event]]\nid = "v"\ntype = "visit"\ndate = 2025-01-01\npatient = "a"\nkind = "outpatient"\n'
        'facility = { type = "hospital", level = "community" }\n'
        'items = [{ name = "x", category = "drug", class = "A", amount = "10.00" }]\n'
    )
    odd = settle(book, {"a": number(wrong=True)}, visit)
    assert [outcome.status for outcome in odd.timeline.outcomes] == ["settled"]
    assert not odd.any_refused
    assert odd.household.persons[0].id_number == number(wrong=True)


def test_search_clauses_asks_the_whole_library(library: Library) -> None:
    assert [hit.clause.id for hit in search_clauses(library, "HN-21", limit=1)] == ["HN-21"]
    assert search_clauses(library, "HN-21", limit=0) == []
