"""What the shipped rule books say on a day: the figures of the facts, with their clauses."""

from datetime import date

import pytest

from famgui.domain.rule import BenefitRule
from famgui.domain.rulebook import Rules
from famgui.policy.library import Library, NoRuleBook

DAY = date(2025, 5, 10)
NEAR = {
    *("spouse", "parent", "child", "sibling"),
    *("paternal-grandparent", "maternal-grandparent", "sons-child", "daughters-child"),
}


def rules(library: Library, place: str, day: date = DAY) -> Rules:
    """The rules of a place on a day."""
    return library.book(place).at(day)


def figures(rule: BenefitRule | None) -> list[int | None] | None:
    """Ratio, deductible of a visit, of the level's year and of the year, cap."""
    if rule is None:
        return None
    return [rule.ratio.value, rule.per_visit.value, rule.level_year.value, rule.year.value, rule.cap.value]


@pytest.mark.parametrize("place", ["430200", "430100", "430202", "430000"])
@pytest.mark.parametrize(
    ("status", "level", "expected"),
    [
        ("active", "community", [7000, 0, None, 30000, 150000]),
        ("active", "primary", [7000, 0, None, 30000, 150000]),
        ("active", "secondary", [6000, 5000, 20000, 30000, 150000]),
        ("active", "tertiary", [6000, 10000, 30000, 30000, 150000]),
        ("flexible", "tertiary", [6000, 10000, 30000, 30000, 150000]),
        ("retired", "tertiary", [6000, 10000, 30000, 30000, 200000]),
        ("retired", "community", [7000, 0, None, 30000, 200000]),
    ],
)
def test_employee_outpatient_in_hunan(
    library: Library, place: str, status: str, level: str, expected: list[int | None]
) -> None:
    assert rules(library, place, date(2023, 5, 31)).benefit("outpatient", "employee", status, level) is None
    for day in (date(2023, 6, 1), DAY, date(9999, 12, 31)):
        assert figures(rules(library, place, day).benefit("outpatient", "employee", status, level)) == expected


def test_clauses_behind_the_employee_rule(library: Library) -> None:
    rule = rules(library, "430200").benefit("outpatient", "employee", "active", "secondary")
    assert rule is not None
    assert [value.clause for value in rule[:5]] == ["HN-02", "HN-02", "HN-02", "HN-04", "HN-06"]
    assert rule.ratio.beside == ("HN-08",)
    assert not any(value.weak for value in rule[:5])


def test_resident_outpatient_is_a_zhuzhou_rule_at_community_level(library: Library) -> None:
    for level in ("community", "primary", "secondary", "tertiary"):
        found = figures(rules(library, "430200").benefit("outpatient", "resident", "active", level))
        assert found == ([7000, 0, None, None, 42000] if level == "community" else None)
        for place in ("430100", "430000", "431100"):
            assert rules(library, place).benefit("outpatient", "resident", "active", level) is None
    before, first = (rules(library, "430200", day) for day in (date(2020, 12, 31), date(2021, 1, 1)))
    assert before.benefit("outpatient", "resident", "active", "community") is None
    assert first.benefit("outpatient", "resident", "active", "community") is not None


def test_resident_chronic_is_ruled_in_all_hunan_from_september_2023(library: Library) -> None:
    for place in ("430200", "430100"):
        assert rules(library, place, date(2023, 8, 31)).benefit("chronic", "resident", "active", "tertiary") is None
        rule = rules(library, place, date(2023, 9, 1)).benefit("chronic", "resident", "active", "tertiary")
        assert figures(rule) == [7000, 0, None, None, None]
        assert rule is not None and rule.disease_limit.value is True and rule.disease_limit.weak
        assert rules(library, place).benefit("chronic", "employee", "active", "tertiary") is None


@pytest.mark.parametrize(
    "place", ["350000", "350100", "350102", "350200", "350500", "350700", "310000", "310101", "990003"]
)
def test_other_places_carry_no_pool_rules(library: Library, place: str) -> None:
    for code in library.chain(place)[:-1]:
        assert not [row.key for row in library.rows(code) if row.key.startswith("pool.")]
    for benefit in ("outpatient", "chronic", "pharmacy", "inpatient"):
        for insurance in ("employee", "resident"):
            assert rules(library, place).benefit(benefit, insurance, "active", "community") is None


def test_nowhere_has_inpatient_or_pharmacy_a_rule(library: Library) -> None:
    for benefit in ("inpatient", "pharmacy"):
        assert rules(library, "430200").benefit(benefit, "employee", "active", "tertiary") is None


@pytest.mark.parametrize(
    ("place", "keep", "prior_only", "ratio", "clauses"),
    [
        ("430200", 0, False, None, ("HN-23", "K-02", "")),
        ("430100", 0, False, None, ("HN-23", "K-02", "")),
        ("350000", 200000, False, None, ("FJ-01", "K-02", "")),
        ("310000", 0, True, None, ("N-09", "SH-01", "")),
        ("990003", 200000, False, 7000, ("S2-08", "K-02", "S2-09")),
    ],
)
def test_sharing(
    library: Library, place: str, keep: int, prior_only: bool, ratio: int | None, clauses: tuple[str, ...]
) -> None:
    sharing = rules(library, place).sharing
    assert (sharing.keep, sharing.prior_only, sharing.payment_ratio) == (keep, prior_only, ratio)
    assert (sharing.keep_rule.clause, sharing.prior_rule.clause, sharing.payment_rule.clause) == clauses
    assert (sharing.own_first, sharing.order) == (True, "priority")


def test_who_may_be_bound_and_how_often(library: Library) -> None:
    limits = {}
    for place in ("430200", "430100", "350000", "310000", "990003"):
        found = rules(library, place, date(2020, 1, 1))
        near = set(found.find("binding.relations").value)
        assert near == ({"spouse", "parent", "child"} if place == "990003" else NEAR)
        limits[place] = (found.find("binding.at-once").value, found.find("binding.lifetime").value)
    assert limits == {
        **dict.fromkeys(("430200", "430100"), (10, 20)),
        **dict.fromkeys(("350000", "310000"), (None, None)),
        "990003": (5, None),
    }


def test_what_accounts_pay(library: Library) -> None:
    medical = {"drug", "service", "device", "consumable"}
    for place in ("430200", "350000", "310000", "990003"):
        found = rules(library, place)
        assert found.account_pays("hospital") == (medical, {"wellness", "fitness", "public-health"})
        assert found.account_pays("pharmacy")[0] == medical - {"service"}


@pytest.mark.parametrize("place", ["430200", "350000", "990003"])
def test_premiums(library: Library, place: str) -> None:
    found = rules(library, place)
    for year, late in ((2025, 40000), (2026, 110000)):
        product = f"resident-{year}"
        window = found.find("premium.window", product=product).value
        last = date(2025, 2, 28) if year == 2025 else date(2026, 1, 31)
        assert (window.first, window.last) == (date(year - 1, 9, 1), last)
        for concession, price in [
            *((word, 20000) for word in ("low-income", "low-income-margin", "monitored")),
            *((word, 0) for word in ("destitute", "severe-disability", "orphan", "child-without-support")),
            ("none", 40000),
        ]:
            assert found.find("premium.price", product=product, concession=concession).value == price
            assert found.find("premium.late-price", product=product, concession=concession).value == late
    assert found.find("premium.window", product="resident-2027").value is None


def test_every_refusal_has_a_clause_in_hunan(library: Library) -> None:
    found = rules(library, "430200")
    reasons = {
        code: found.reason(code) for code in ("BIND_EXPIRED", "UNBOUND", "OTHER_PROVINCE", "RELATION_NOT_ALLOWED")
    }
    assert reasons == {
        "BIND_EXPIRED": "HN-30",
        "UNBOUND": "HN-31",
        "OTHER_PROVINCE": "N-18",
        "RELATION_NOT_ALLOWED": "N-04",
    }


def test_which_packs_speak_for_a_place(library: Library) -> None:
    assert library.chain("430200") == ("430200", "430000", "000000")
    assert library.chain("430202") == ("430000", "000000")
    assert library.chain("350100") == ("350100", "350000", "000000")
    assert library.chain("350102") == ("350000", "000000")
    assert library.chain("110101") == ("110000", "000000")
    assert library.chain("659002") == ("659002", "650000", "000000")
    assert library.chain("990003") == ("990003", "000000")
    for place in ("810000", "000000", "990000", "999999", ""):
        with pytest.raises(NoRuleBook):
            library.chain(place)
        with pytest.raises(NoRuleBook):
            library.book(place)
