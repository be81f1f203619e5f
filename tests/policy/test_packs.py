"""The packs that are shipped: sourced, whole, and honest about what is weak."""

import json
import re
import tomllib
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from famgui.domain.benefit import BENEFITS, LEVELS
from famgui.domain.bill import CATEGORIES
from famgui.domain.binding import ORDERS
from famgui.domain.person import CONCESSIONS
from famgui.domain.rule import KEYS, Circumstances
from famgui.domain.settlement import DISEASES, FACILITY_TYPES, GRADES
from famgui.policy.incoming import untimely
from famgui.policy.library import Library
from tests.files.program import REPOSITORY

FOLDER = REPOSITORY / "resources" / "policies"
PACKS: dict[str, dict[str, Any]] = {path.stem: tomllib.loads(path.read_text("utf-8")) for path in FOLDER.glob("*.toml")}
SCHEMA: dict[str, Any] = json.loads((FOLDER / "pack.schema.json").read_text("utf-8"))

CITED = """
BJ-02 FJ-01 FJ-02 GD-01 GD-04 GD-06 GD-07 GZ-04 HA-04 HB-04 HC-01 HC-02 HC-05 HC-06 HC-08 HC-09 HC-10 HC-11 HC-12
HC-13 HC-14 HC-15 HC-16 HC-17 HC-19 HC-20 HC-21 HC-22 HC-23 HC-24 HC-25 HN-01 HN-02 HN-03 HN-04 HN-05 HN-06 HN-07
HN-08 HN-11 HN-20 HN-21 HN-22 HN-23 HN-24 HN-29 HN-31 HN-34 HN-40 HN-41 HN-42 HN-43 HN-44 HN-45 HN-51 HN-55 JS-04
JX-04 N-02 N-03 N-04 N-06 N-07 N-08 N-09 N-10 N-14 N-15 N-25 N-27 N-28 N-35 S0-08 S0-10 S0-31 S1-02 S1-07 S1-16 S1-18
S1-19 S1-20 S1-21 S1-24 S1-25 S1-26 S1-35 S1-37 S1-38 S1-41 S2-02 S2-03 S2-06 S2-08 S2-09 S2-12 S2-14 S2-16 SYS-02
SYS-06 X-01 X-02 X-04 XZ-01 ZJ-05 ZZ-03 ZZ-04 ZZ-05 ZZ-10 ZZ-11 ZZ-12 ZZ-13 ZZ-14 ZZ-15
"""
"""Every clause that the facts name for the calculator and in the register of conflicts."""

WEAK = Path(__file__).with_name("weak.txt")
"""Values that rest on a weak grade or a doubt: place, key, clause, its grade where that is weak, then the first word of
every condition."""


def clauses() -> list[tuple[str, dict[str, Any]]]:
    """Every clause of every pack, with the pack's place."""
    return [(pack["place"], clause) for pack in PACKS.values() for clause in pack.get("clause", [])]


def values() -> list[tuple[str, dict[str, Any]]]:
    """Every value of every pack, with the pack's place."""
    return [(pack["place"], value) for pack in PACKS.values() for value in pack.get("value", [])]


def test_every_shipped_pack_is_in_use_without_a_fault(library: Library) -> None:
    assert library.faults == ()
    assert sorted(pack["place"] for pack in PACKS.values()) == [pack.place for pack in library.packs]
    assert {pack.place for pack in library.packs} >= {"000000", "310000", "350000", "430000", "430200", "990003"}
    assert not any(pack.kept for pack in library.packs)


@pytest.mark.parametrize("name", sorted(PACKS))
def test_a_pack_says_what_it_is(name: str) -> None:
    pack = PACKS[name]
    assert name.split("-")[0] == pack["place"]
    assert set(pack["name"]) == {"zh", "en"} and pack["name"]["en"].isascii()
    assert re.fullmatch(r"\d{4}\.\d{1,2}", pack["version"])
    assert type(pack["checked_on"]) is date


def test_every_clause_has_its_own_id_a_source_and_a_statement(library: Library) -> None:
    ids = [clause["id"] for _, clause in clauses()]
    assert len(ids) == len(set(ids)) == len(library.clauses)
    for place, clause in clauses():
        assert clause["statement"].endswith(("。", "”", "）")), clause["id"]
        assert clause["grade"] == "K" or clause["source"].get("title"), clause["id"]
        assert library.clauses[clause["id"]].place == clause.get("place", place)
    assert set(CITED.split()) <= set(ids)
    assert len(CITED.split()) == len(set(CITED.split())) == 113


def test_everything_that_is_named_is_a_clause(library: Library) -> None:
    for place, value in values():
        named = [value["clause"], *value.get("beside", [])]
        assert set(named) <= set(library.clauses), (place, value["key"])
        assert len(named) == len(set(named)), (place, value["key"])
    for _, clause in clauses():
        assert set(clause.get("conflicts", [])) <= set(library.clauses) - {clause["id"]}, clause["id"]
    for gap in library.unconfirmed:
        assert set(gap.clauses) <= set(library.clauses), gap.question_zh


def test_every_place_has_its_own_clauses_in_its_own_pack() -> None:
    packs = {pack["place"] for pack in PACKS.values()}
    for place, clause in clauses():
        spoken = clause.get("place", place)
        assert place == (spoken if spoken in packs else f"{spoken[:2]}0000"), clause["id"]


def test_the_library_holds_every_province_and_what_is_known_of_it(library: Library) -> None:
    mainland = {f"{number}0000" for number in (*range(11, 16), *range(21, 24), *range(31, 38), *range(41, 47))}
    mainland |= {f"{number}0000" for number in (*range(50, 55), *range(61, 67))}
    assert mainland <= {pack.place for pack in library.packs} and len(mainland) == 32
    assert len(library.packs) == 136 and len(library.clauses) == 805
    counted = Counter(clause.grade for clause in library.clauses.values())
    assert counted == {"A": 25, "B": 125, "C": 242, "D": 274, "S": 125, "K": 14}


def test_what_could_not_be_confirmed(library: Library) -> None:
    asked = {(gap.place, gap.topic) for gap in library.unconfirmed}
    topics = {clause.topic for clause in library.clauses.values()}
    assert asked >= {("430000", "refund"), ("430200", "huiminbao"), ("000000", "field"), ("660000", "opd_employee")}
    assert [gap.place for gap in library.unconfirmed] == sorted(gap.place for gap in library.unconfirmed)
    for gap in library.unconfirmed:
        assert gap.topic in topics
        assert gap.question_zh.endswith("？") and gap.known.endswith("。"), gap.question_zh
        assert gap.question_en.endswith("?") and gap.question_en.isascii(), gap.question_en


def test_a_contradiction_is_told_from_both_sides(library: Library) -> None:
    for clause in library.clauses.values():
        against = library.contradicting(clause.id)
        assert set(clause.conflicts) <= set(against)
        assert against[: len(clause.conflicts)] == clause.conflicts
        assert all(clause.id in library.contradicting(other) for other in against)
    assert "TJ-29" not in library.clauses["N-02"].conflicts and "TJ-29" in library.contradicting("N-02")
    assert library.contradicting("N-01") == library.contradicting("nowhere") == ()


def weak() -> list[str]:
    """The lines of `WEAK` as the packs have it."""
    grades = {clause["id"]: clause["grade"] for _, clause in clauses()}
    found = []
    for place, value in values():
        grade = grades[value["clause"]]
        if "doubt" in value or grade in "DSK":
            words = [word if isinstance(word, str) else word[0] for word in value.get("when", {}).values()]
            words += [f"{edge}={age}" for edge, age in value.get("ages", {}).items()]
            words += [f"above={value['above']}"] if "above" in value else []
            found.append(" ".join([place, value["key"], value["clause"], *([grade] if grade in "DSK" else []), *words]))
    return sorted(found)


def test_no_value_speaks_of_days_that_its_clause_does_not_unless_it_says_why() -> None:
    known = {clause["id"]: clause for _, clause in clauses()}
    for name, pack in PACKS.items():
        found = [(dict(fault.values)["key"], fault.code) for fault in untimely(pack.get("value", []), known)]
        assert found == [], name


def test_why_a_value_begins_early_is_said_only_where_it_does() -> None:
    known = {clause["id"]: clause for _, clause in clauses()}
    for name, pack in PACKS.items():
        for value in pack.get("value", []):
            if "earlier" in value:
                bare = {field: said for field, said in value.items() if field != "earlier"}
                assert list(untimely([bare], known)), (name, value["key"])


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("SH-02", "SH-31"),
        ("LN-21", "LN-38"),
        ("LN-33", "LN-38"),
        ("NM-22", "NM-33"),
        ("FJ-35", "FJ-37"),
        ("GD-38", "GD-39"),
        ("JS-23", "JS-39"),
        ("JS-35", "JS-39"),
        ("SX-20", "SX-36"),
        ("SN-25", "SN-28"),
    ],
)
def test_the_three_relations_end_where_the_eight_begin(library: Library, old: str, new: str) -> None:
    ended, begun = library.clauses[old], library.clauses[new]
    assert ended.last is not None and begun.first is not None
    assert (begun.first - ended.last).days == 1 and begun.last is None
    assert new in ended.note


def test_an_open_clause_of_three_relations_is_contradicted(library: Library) -> None:
    """Who says three kinds after the nation said eight (N-44) makes a claim beside the rule."""
    eight = re.compile("兄弟姐妹|祖|近亲属|八类")
    three = [clause for clause in library.clauses.values() if clause.last is None and clause.topic == "relation"]
    three = [one for one in three if "配偶" in one.statement and not eight.search(one.statement)]
    assert {one.id for one in three} >= {"TJ-29", "SH-21", "HI-21", "QH-24"}
    asides = {"S0-36", "S0-37"}  # what a spouse is, not whom the rule covers
    assert {one.id for one in three if not library.contradicting(one.id)} <= asides


def test_what_is_weak_is_known() -> None:
    assert weak() == WEAK.read_text("utf-8").splitlines()


def test_outside_hunan_no_figure_rests_on_a_weak_clause() -> None:
    grades = {clause["id"]: clause["grade"] for _, clause in clauses()}
    near = ("000000", "430000", "430200", "990003")
    assert [value for place, value in values() if grades[value["clause"]] in "DSK" and place not in near] == []


def test_a_value_found_says_that_it_is_weak(library: Library) -> None:
    hunan = library.book("430000").at(date(2025, 5, 1))
    assert hunan.sharing.own_first_rule[1:3] == ("HN-34", True)
    assert hunan.sharing.keep_rule[1:3] == ("HN-23", False)
    assert hunan.find("premium.window", product="resident-2025").weak
    assert not hunan.find("premium.window", product="resident-2026").weak
    assert library.book("350000").at(date(2025, 5, 1)).find("premium.window", product="resident-2026").weak
    assert not library.book("350000").at(date(2025, 5, 1)).sharing.keep_rule.weak
    assert library.book("990003").at(date(2025, 5, 1)).sharing.keep_rule.weak


def test_the_schema_is_valid_and_the_packs_follow_it() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    assert SCHEMA["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    validator = jsonschema.Draft202012Validator(SCHEMA, format_checker=jsonschema.FormatChecker(["date"]))
    for name, pack in PACKS.items():
        plain = json.loads(json.dumps(pack, default=date.isoformat))
        assert [error.message for error in validator.iter_errors(plain)] == [], name


def test_the_schema_and_the_rule_book_know_the_same_words() -> None:
    value = SCHEMA["$defs"]["value"]
    assert sorted(value["properties"]["key"]["enum"]) == sorted(KEYS)
    when = value["properties"]["when"]["properties"]
    asked = {*Circumstances("", "", "", "").facts(), "code", "concession", "product"}
    assert sorted(when) == sorted(asked)
    words = {
        "benefit": BENEFITS,
        "level": LEVELS,
        "concession": CONCESSIONS,
        "grade": GRADES,
        "disease": DISEASES,
        "facility": FACILITY_TYPES,
    }
    for dimension, known in words.items():
        assert when[dimension]["oneOf"][0]["enum"] == list(known), dimension
    assert SCHEMA["$defs"]["order"]["enum"] == list(ORDERS)
    assert SCHEMA["$defs"]["categories"]["items"]["enum"] == list(CATEGORIES)
    shapes = {
        key: rule["then"]["properties"]["value"]["$ref"].removeprefix("#/$defs/")
        for rule in value["allOf"]
        for key in rule["if"]["properties"]["key"]["enum"]
    }
    assert shapes == dict(KEYS)
