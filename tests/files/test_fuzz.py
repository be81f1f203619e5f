"""Whatever bytes a case file holds, it is read or refused; what is read can be settled and told."""

import re
from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from famgui.base.wording import Wording
from famgui.domain.rulebook import RuleBook
from famgui.files.answer import answer
from famgui.files.casefile import FaultyFile, parse_case
from famgui.files.sentence import fault_sentence, problem_speaker
from famgui.policy.library import Library
from famgui.usecase.settlement import settle_case
from tests.files.program import CASES

CHANGING = b"""
[[event]]
id = "a1"
type = "amend"
date = 2025-12-02
person = "li"
insurance = "resident"
has_account = true
insured_place = "430100"
suspended = 2025-12-31
[[event]]
id = "a2"
type = "amend"
date = 2025-12-02
person = "li"
resumed = true
[[event]]
id = "o1"
type = "reorder"
date = 2025-05-11
user = "wang"
order = ["li"]
[[event]]
id = "d9"
type = "deposit"
date = 2026-01-02
account = "li"
amount = "1.00"
prior_years = true
"""
EXAMPLE = (CASES / "example.toml").read_bytes() + CHANGING
VALUES = [
    match.span(1) for match in re.finditer(rb'= *("[^"\n]*"|[0-9][^\s,]*|true|\[[^\]\n]*\]|\{[^}\n]*\})', EXAMPLE)
]
OTHERS = b"""\
1|0|-1|true|1.5|nan|""|" "|"x"|"0.00"|"9999999.99"|"10000000.00"|"-1"|"1e3"|"1"|[]|["li"]|["li", "li"]|{}|{ x = 1 }\
|2025-02-30|2025-02-28|0001-01-01|9999-12-31|2025-01-01T09:00:00|2025-01-01T09:00:00Z|09:00:00|"wang"|"li"|"mother"\
|"resident"|"none"|"pharmacy"|"inpatient"|"chronic"|"other"|"350000"|"310000"|"990003"|"110000"|"810000"|"A"|"C"|"single"|"\xff"
""".strip().split(b"|")
FIXED = settings(
    derandomize=True, database=None, deadline=None, max_examples=200, suppress_health_check=list(HealthCheck)
)


@pytest.fixture(scope="module")
def check(library: Library) -> Callable[[bytes], None]:
    """Reads bytes as a case, settles what is good and tells what is not."""
    places = {"430200", "430000", "350000", "310000", "990003"}

    def check(raw: bytes) -> None:
        try:
            household = parse_case(raw, "case.toml")
        except FaultyFile as error:
            assert error.faults
            for fault in error.faults:
                line = fault_sentence("case.toml", fault, Wording("zh"))
                assert len(line.splitlines()) == 1, line
                assert fault.line is None or 1 <= fault.line <= raw.count(b"\n") + 1
            return
        book: RuleBook = library.book(household.place if household.place in places else "430000")
        case = settle_case(household, book, today=date(2026, 11, 22), regions=())
        assert answer(case.timeline, case.persons, problem_speaker({}, Wording("en")))["format"] == 1

    return check


@FIXED
@given(raw=st.binary(max_size=300))
def test_random_bytes(check: Callable[[bytes], None], raw: bytes) -> None:
    check(raw)


@FIXED
@given(
    edits=st.lists(
        st.tuples(st.integers(0, len(EXAMPLE)), st.integers(0, 6), st.binary(max_size=4)), min_size=1, max_size=4
    )
)
def test_random_bytes_within_the_example(check: Callable[[bytes], None], edits: list[tuple[int, int, bytes]]) -> None:
    raw = EXAMPLE
    for place, gone, new in edits:
        raw = raw[:place] + new + raw[place + gone :]
    check(raw)


@FIXED
@given(
    edits=st.dictionaries(st.sampled_from(VALUES), st.sampled_from(OTHERS), min_size=1, max_size=3),
    dropped=st.sets(st.integers(0, EXAMPLE.count(b"\n")), max_size=2),
)
def test_other_values_and_missing_lines_in_the_example(
    check: Callable[[bytes], None], edits: dict[tuple[int, int], bytes], dropped: set[int]
) -> None:
    raw = EXAMPLE
    for start, end in sorted(edits, reverse=True):
        raw = raw[:start] + edits[start, end] + raw[end:]
    check(b"\n".join(line for number, line in enumerate(raw.split(b"\n")) if number not in dropped))
