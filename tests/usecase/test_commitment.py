"""What commitments and confirmations say: by place, with clauses and marks, one paper for each authorizer."""

from dataclasses import replace
from datetime import date

import pytest

from famgui.domain.person import Person
from famgui.usecase.commitment import Demand, Statement, clauses_of, commitments, confirmations
from famgui.usecase.household import RulesOf
from tests.domain.building import ARTICLE_C, FUJIAN, ZHUZHOU, employee, resident, row

TODAY = date(2026, 11, 22)
NUMBER = "430202198501010013"


def family(place: str = ZHUZHOU) -> dict[str, Person]:
    people = (
        employee("li", place, name="李强", id_number=NUMBER, phone="13800000001"),
        employee("wang", place, name="王芳", id_number=NUMBER, phone="13800000002"),
        resident("zhou", place, name="周秀英"),
        resident("ming", place, name="李小明", id_number=NUMBER),
    )
    return {person.id: person for person in people}


def said(statements: tuple[Statement, ...]) -> dict[str, Statement]:
    return {statement.key: statement for statement in statements}


def test_the_sentences_are_those_of_the_place_with_their_clauses(book: RulesOf) -> None:
    (paper,) = commitments([row("li", "wang")], family(), book(ZHUZHOU).at(TODAY))
    found = said(paper.statements)
    assert list(found) == [
        "true",
        "spend",
        "prohibited",
        "no-cash",
        "credential",
        "misuse",
        "credit",
        "push",
        "begins",
        "ends",
    ]
    assert found["true"].clauses == ("N-03", "HN-30")
    assert found["prohibited"].values == ("wellness", "fitness", "public-health")
    assert (found["credential"].clauses, found["no-cash"].clauses) == (("N-10",), ("N-09",))
    assert (found["misuse"].clauses, found["misuse"].weak) == (("N-32",), False)
    assert (found["credit"].clauses, found["credit"].weak) == (("S2-18",), True)
    assert (found["push"].clauses, found["push"].weak) == (("S2-17",), True)
    assert (found["begins"].values, found["begins"].weak) == (("at-once",), True)
    assert (found["ends"].clauses, found["ends"].values) == (("HN-31",), ())


def test_what_no_rule_says_is_not_said(book: RulesOf) -> None:
    (paper,) = commitments([row("li", "wang")], family(FUJIAN), book(FUJIAN).at(TODAY))
    assert {"begins", "ends"}.isdisjoint(said(paper.statements)) and paper.demands == ()


def test_what_the_place_demands_and_what_is_still_missing(book: RulesOf) -> None:
    rows = [row("li", "wang", ends=TODAY), row("li", "zhou", "parent"), row("li", "ming", "child", ends=TODAY)]
    (paper,) = commitments(rows, family(), book(ZHUZHOU).at(TODAY))
    assert paper.demands == (
        Demand("id-number", ("HN-30",), False, ("zhou",)),
        Demand("phone", ("S1-14",), True, ("zhou", "ming")),
        Demand("dates", ("HN-30",), False, ("zhou",)),
        Demand("commitment", ("HN-30",), False),
    )
    rows = [row("li", "wang", proof="户口本.pdf"), row("li", "zhou", "parent")]
    (paper,) = commitments(rows, family(ARTICLE_C), book(ARTICLE_C).at(TODAY))
    assert paper.demands == (
        Demand("proof", ("S2-12",), True, ("zhou",)),
        Demand("commitment", ("S2-11",), True),
    )


def test_one_paper_for_each_authorizer_with_all_of_the_users(book: RulesOf) -> None:
    rows = [row("li", "wang"), row("wang", "ming", "child"), row("li", "zhou", "parent")]
    papers = commitments(rows, family(), book(ZHUZHOU).at(TODAY))
    assert [(paper.authorizer.id, [line.user.id for line in paper.lines]) for paper in papers] == [
        ("li", ["wang", "zhou"]),
        ("wang", ["ming"]),
    ]
    assert commitments([], family(), book(ZHUZHOU).at(TODAY)) == ()


def test_every_clause_is_named_once_and_keeps_its_doubt(book: RulesOf) -> None:
    papers = commitments([row("li", "wang"), row("wang", "ming", "child")], family(), book(ZHUZHOU).at(TODAY))
    found = clauses_of(papers)
    assert found["S2-18"] and not found["HN-30"] and "" not in found
    assert list(found)[:2] == ["N-03", "HN-30"]


def test_limits_count_the_rows_recorded(book: RulesOf) -> None:
    rows = [row("li", "wang", unbound_on=date(2026, 6, 1)), row("li", "zhou", "parent"), row("li", "ming", "child")]
    (paper,) = confirmations([rows[1]], rows, family(), book(ZHUZHOU).at(TODAY), TODAY)
    assert [(one.code, one.taken, one.limit, one.clause, one.holds) for one in paper.limits] == [
        ("BIND_LIMIT", 2, 10, "HN-21", True),
        ("LIFETIME_LIMIT", 3, 20, "HN-22", True),
    ]
    (paper,) = confirmations([rows[1]], rows, family(FUJIAN), book(FUJIAN).at(TODAY), TODAY)
    assert [one.limit for one in paper.limits] == [None, None]


def test_checks_say_what_holds_on_the_day(book: RulesOf) -> None:
    people = family()
    rows = [row("li", "wang"), row("li", "zhou", "parent")]
    (paper,) = confirmations(rows, rows, people, book(ZHUZHOU).at(TODAY), TODAY)
    assert all(one.holds for one in paper.checks)
    assert [(one.code, one.subject, one.clause) for one in paper.checks[:5]] == [
        ("NO_ACCOUNT", "li", "N-20"),
        ("NOT_INSURED", "wang", "N-20"),
        ("OTHER_PROVINCE", "wang", "N-18"),
        ("RELATION_NOT_ALLOWED", "wang", "N-03"),
        ("DUPLICATE_BINDING", "wang", "HN-22"),
    ]


@pytest.mark.parametrize(
    ("code", "subject", "change"),
    [
        ("NO_ACCOUNT", "li", {"li": {"has_account": False}}),
        ("NOT_INSURED", "zhou", {"zhou": {"insurance": "none"}}),
        ("OTHER_PROVINCE", "zhou", {"zhou": {"insured_place": FUJIAN}}),
    ],
)
def test_a_check_that_no_longer_holds_is_told(
    book: RulesOf, code: str, subject: str, change: dict[str, dict[str, object]]
) -> None:
    people = family()
    for who, facts in change.items():
        people[who] = replace(people[who], **facts)  # type: ignore[arg-type]
    rows = [row("li", "zhou", "parent")]
    (paper,) = confirmations(rows, rows, people, book(ZHUZHOU).at(TODAY), TODAY)
    assert [(one.code, one.subject) for one in paper.checks if not one.holds] == [(code, subject)]


def test_relations_duplicates_and_full_places_are_told_too(book: RulesOf) -> None:
    rows = [row("li", "wang", "sibling"), row("li", "wang", "sibling", ends=date(2027, 1, 1))]
    (paper,) = confirmations(rows[:1], rows, family(ARTICLE_C), book(ARTICLE_C).at(TODAY), TODAY)
    wrong = [(one.code, one.clause, one.weak) for one in paper.checks if not one.holds]
    assert wrong == [("RELATION_NOT_ALLOWED", "S2-03", True), ("DUPLICATE_BINDING", "N-18", False)]
    many = [row("li", f"user{number}", "child") for number in range(6)]
    people = family(ARTICLE_C) | {one.user: resident(one.user, ARTICLE_C) for one in many}
    (paper,) = confirmations(many, many, people, book(ARTICLE_C).at(TODAY), TODAY)
    assert [(one.taken, one.limit, one.holds) for one in paper.limits] == [(6, 5, False), (6, None, True)]
