"""The packs that are shipped: sourced, whole, and honest about what is weak."""

import json
import re
import tomllib
from datetime import date
from typing import Any

import jsonschema
import pytest

from famgui.domain.benefit import BENEFITS, LEVELS
from famgui.domain.bill import CATEGORIES
from famgui.domain.binding import ORDERS
from famgui.domain.person import CONCESSIONS
from famgui.domain.rule import KEYS, Circumstances
from famgui.domain.settlement import DISEASES, FACILITY_TYPES, GRADES
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

WEAK = """
000000 account.order X-02
000000 account.prior-years-only K-02
000000 notice.credit S2-18
000000 notice.push S2-17
000000 pool.by-receipt N-26
000000 premium.late-price HN-40 resident-2025
000000 premium.late-price HN-44 resident-2026
000000 premium.once-a-year HN-33 resident-2025
000000 premium.once-a-year HN-33 resident-2026
000000 premium.price HN-40 resident-2025
000000 premium.price HN-42 resident-2026
000000 premium.price HN-45 resident-2025 destitute
000000 premium.price HN-45 resident-2025 low-income
000000 premium.price HN-45 resident-2026 destitute
000000 premium.price HN-45 resident-2026 low-income
000000 premium.window HN-41 resident-2025
000000 premium.window HN-43 resident-2026
000000 reason HC-26 INSUFFICIENT
310000 premium.stated-price SH-29 supplementary
430000 account.order X-02
430000 account.own-first HN-34
430000 pool.base.disease-limit HN-51 chronic resident
430000 premium.late-price HN-40 resident-2025
430000 premium.once-a-year HN-33 resident-2025
430000 premium.once-a-year HN-33 resident-2026
430000 premium.price HN-45 resident-2025 destitute
430000 premium.price HN-45 resident-2025 low-income
430000 premium.window HN-41 resident-2025
430000 reason HN-56 POOL_NO_RULE chronic employee
430000 reason HN-58 POOL_NO_RULE pharmacy employee
430200 binding.asks.phone S1-14
430200 binding.effective S1-24
430200 pool.by-receipt ZZ-18 employee
430200 pool.by-receipt ZZ-20 resident
990003 account.keep S2-08
990003 account.payment-ratio S2-09
990003 binding.at-once S2-02
990003 binding.changes-per-year S2-16
990003 binding.commitment S2-11
990003 binding.proof S2-12
990003 binding.relations S2-03
990003 platform.bind S2-10
990003 reason S2-03 RELATION_NOT_ALLOWED
990003 reason S2-05 OTHER_PROVINCE
""".strip().splitlines()
"""Values that rest on a weak grade or a doubt: place, key, clause, and the first word of every condition."""


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


def test_what_is_weak_is_known() -> None:
    grades = {clause["id"]: clause["grade"] for _, clause in clauses()}
    weak = []
    for place, value in values():
        if "doubt" in value or grades[value["clause"]] in "DSK":
            words = [word if isinstance(word, str) else word[0] for word in value.get("when", {}).values()]
            weak.append(" ".join([place, value["key"], value["clause"], *words]))
    assert sorted(weak) == WEAK


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
