"""A good case file and the ways to spoil it: what stands there, what is put in its place, and the one fault that gives.

The line that the fault must name carries the mark `#!`; no mark anywhere means that no line can be known.
"""

from typing import NamedTuple

GOOD = """\
format = 1
place = "430200"
[policy]
own_account_first = true
[[person]]
id = "wang"
name = "王芳"
id_number = "11010519491231002x"
insurance = "employee"
account = { current = "100.00" }
[[person]]
id = "mom"
insurance = "resident"
[[person]]
id = "old"
insurance = "none"
[[binding]]
authorizer = "wang"
user = "mom"
relation = "parent"
starts = 2025-01-01
ends = 2025-12-31
bound_at = 2025-01-01T09:00:00
priority = 1
[[used]]
person = "wang"
year = 2025
benefit = "outpatient"
deductible = { tertiary = "250.00", all = "260.00" }
[[event]]
id = "v1"
type = "visit"
date = 2025-05-10
patient = "wang"
kind = "outpatient"
facility = { type = "hospital", level = "tertiary" }
items = [
  { name = "drug", category = "drug", class = "B", amount = "200.00" },
  { name = "tea", category = "health-food", amount = "9.00" },
]
[[event]]
id = "r1"
type = "refund"
date = 2025-05-20
of = "v1"
items = [{ name = "drug", amount = "50.00" }]
[[event]]
id = "d1"
type = "deposit"
date = 2025-06-01
account = "wang"
amount = "75.00"
[[event]]
id = "p1"
type = "premium"
date = 2025-10-20
payer = "wang"
product = "resident-2026"
for = ["mom"]
[[event]]
id = "b1"
type = "bind"
date = 2025-11-01
authorizer = "wang"
user = "old"
relation = "sibling"
[[event]]
id = "u1"
type = "unbind"
date = 2025-12-01
authorizer = "wang"
user = "old"
"""


class Faulty(NamedTuple):
    """One way to spoil the good file: its name, the key and the code of the fault, and the edits (old, new)."""

    name: str
    key: str
    code: str
    edits: tuple[tuple[str, str], ...]

    @property
    def text(self) -> str:
        """The spoilt file."""
        text = GOOD
        for old, new in self.edits:
            assert text.count(old) == 1, f"{self.name}: {old!r} stands {text.count(old)} times"
            text = text.replace(old, new)
        return text

    @property
    def line(self) -> int | None:
        """The line that carries the mark."""
        marked = [number for number, line in enumerate(self.text.split("\n"), 1) if "#!" in line]
        assert len(marked) <= 1, self.name
        return marked[0] if marked else None


def spoil(name: str, key: str, code: str, *edits: tuple[str, str]) -> Faulty:
    """A row of the table."""
    return Faulty(name, key, code, edits)


def _values(key: str, code: str, old: str, form: str, *values: str) -> list[Faulty]:
    """One row a value: `form` is the line with `@` where the value goes."""
    return [spoil(f"{key} = {value}", key, code, (old, form.replace("@", value) + " #!")) for value in values]


_AMOUNT = ("event[2].amount", 'amount = "75.00"', "amount = @")
_ITEM = 'class = "B", amount = "200.00" }'
_RATIO = ("event[0].items[0].upfront_ratio", _ITEM + ",", _ITEM[:-2] + ", upfront_ratio = @ },")
_ID = ("person[0].id_number", 'id_number = "11010519491231002x"', "id_number = @")
_PLACE = ("place", 'place = "430200"', "place = @")
_NAME = ("person[0].name", 'name = "王芳"', "name = @")

BAD_VALUES: list[Faulty] = [
    *_values(
        _AMOUNT[0],
        "amount",
        *_AMOUNT[1:],
        *('"-1.00"', '"0.001"', '"NaN"', '"inf"', '"1e3"', '"01.00"', '"00"', '"+1"', '" 1"', '"1 "', '"1\\n"'),
        *(
            '"1,000.00"',
            '"１２.００"',
            '"1２"',
            '"1.０"',
            '"٣.٠٠"',
            '"10000000.00"',
            '""',
            '"1."',
            '".5"',
            '"¥1"',
            '"0x10"',
            '"1_000"',
        ),
    ),
    *_values(_AMOUNT[0], "want-amount", *_AMOUNT[1:], "75.00", "75", "nan", "-inf", "1e3", "true", "[]", "2025-01-01"),
    *_values(
        _RATIO[0],
        "ratio",
        *_RATIO[1:],
        *('"1.0001"', '"0.12345"', '"-0.1"', '"10%"', '"2"', '""', '"٠.١"', '"１"', '"0.１"', '"00.1"', '"1e-1"'),
    ),
    *_values(_RATIO[0], "want-ratio", *_RATIO[1:], "0.10", "1", "nan"),
    *_values(_ID[0], "id-number", *_ID[1:], '"1101051949123100"', '"110105194912310021 "', '"11010519491231002Y"'),
    *_values(_ID[0], "id-number", *_ID[1:], '"1101051949123100２x"', '"X10105194912310020"', '"110105491231002"'),
    *_values(_ID[0], "empty-text", *_ID[1:], '""'),
    *_values(_ID[0], "want-string", *_ID[1:], "110105194912310021"),
    *_values(_PLACE[0], "place", *_PLACE[1:], '"43020"', '"4302000"', '"43020a"', '"４３０２００"', '""'),
    *_values(_PLACE[0], "want-string", *_PLACE[1:], "430200", "[430200]", "{ code = 430200 }"),
    *_values(_NAME[0], "empty-text", *_NAME[1:], '""', '"  "', '"\\u3000"'),
    *_values(
        _NAME[0], "control-character", *_NAME[1:], '"a\\tb"', '"a\\nb"', '"\\u0000"', '"\\u001b[2J"', '"a\\u0085"'
    ),
    *_values("format", "number-range", "format = 1", "format = @", "2", "0", "-1"),
    *_values("format", "want-integer", "format = 1", "format = @", "1.0", "true", '"1"', "inf"),
    *_values("used[0].year", "number-range", "year = 2025", "year = @", "1989", "2101", "-2025"),
    *_values("used[0].year", "want-integer", "year = 2025", "year = @", '"2025"', "2025.0"),
    *_values("binding[0].priority", "number-range", "priority = 1", "priority = @", "0", "10000"),
    *_values("binding[0].priority", "want-integer", "priority = 1", "priority = @", "true"),
    *_values("event[2].date", "want-date", "date = 2025-06-01", "date = @", '"2025-06-01"', "2025", "09:00:00"),
    *_values(
        "event[2].date", "want-date", "date = 2025-06-01", "date = @", "2025-06-01T09:00:00", "2025-06-01T09:00:00Z"
    ),
    *_values("binding[0].starts", "want-date", "starts = 2025-01-01", "starts = @", '"2025-01-01"'),
    *_values(
        "policy.own_account_first", "want-bool", "own_account_first = true", "own_account_first = @", '"true"', "1"
    ),
    *_values("person[1].insurance", "choice", 'insurance = "resident"', "insurance = @", '"Resident"', '"居民"', '""'),
    *_values("binding[0].relation", "choice", 'relation = "parent"', "relation = @", '"grandparent"', '"父母"'),
    *_values("event[0].kind", "choice", 'kind = "outpatient"', "kind = @", '"dental"'),
    *_values("event[5].type", "choice", 'type = "unbind"', "type = @", '"cancel"'),
    *_values("used[0].benefit", "choice", 'benefit = "outpatient"', "benefit = @", '"all"'),
]
