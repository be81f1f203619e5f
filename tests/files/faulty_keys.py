"""Ways to spoil the good file: its syntax, and keys that are unknown, missing or hold the wrong kind of thing."""

from tests.files.faulty import Faulty, spoil

_V1, _R1, _USED = '[[event]]\nid = "v1"', '[[event]]\nid = "r1"', "[[used]]"
_DRUG = '{ name = "drug", category = "drug", class = "B", amount = "200.00" },'
_TEA = '  { name = "tea", category = "health-food", amount = "9.00" },\n'
_HOSPITAL = 'facility = { type = "hospital", level = "tertiary" }'
_REFUND = 'items = [{ name = "drug", amount = "50.00" }]'
_ROW = 'person = "wang"\nyear = 2025\nbenefit = "outpatient"\n'
_OUT = 'kind = "outpatient"'
_WHOLE = '[[event]]\nid = "r0"\ntype = "refund"\ndate = 2025-05-19\nof = "v1"\n'


def _mark(text: str) -> tuple[str, str]:
    first, _, rest = text.partition("\n")
    return text, f"{first} #!\n{rest}"


SYNTAX: list[Faulty] = [
    spoil("no value", "", "syntax", (_OUT, "kind = #!")),
    spoil("no equals sign", "", "syntax", (_OUT, "kind #!")),
    spoil("open string", "", "syntax", (_OUT, 'kind = "outpatient #!')),
    spoil("key twice", "", "syntax", (_OUT, f"{_OUT}\n{_OUT} #!")),
    spoil("table twice", "", "syntax", (_USED, f"[policy] #!\n{_USED}")),
    spoil("comma for a point in a list", "", "syntax", ("items = [\n", "items = [ ; #!\n")),
    spoil("impossible date", "", "syntax", ("date = 2025-06-01", "date = 2025-02-30 #!")),
    spoil("leading zero in a number", "", "syntax", ("year = 2025", "year = 02025 #!")),
    spoil("bare control character", "", "syntax", ('name = "王芳"', 'name = "王\u0000芳" #!')),
    spoil("word without quotes", "", "syntax", ('insurance = "resident"', "insurance = resident #!")),
    spoil("amount with full-width quotes", "", "syntax", ('amount = "75.00"', "amount = “75.00” #!")),
]

UNKNOWN_KEYS: list[Faulty] = [
    spoil("of the file", "plaec", "unknown-key", ('place = "430200"', 'place = "430200"\nplaec = 1 #!')),
    spoil("table of the file", "polcy", "unknown-key", (_USED, f"[polcy] #!\n{_USED}")),
    spoil("of policy", "policy.order", "unknown-key", ("[policy]", '[policy]\norder = "single" #!')),
    spoil("of a person", "person[2].fax", "unknown-key", ('insurance = "none"', 'insurance = "none"\nfax = "1" #!')),
    spoil(
        "of an account",
        "person[0].account.total",
        "unknown-key",
        ('{ current = "100.00" }', '{ current = "100.00", total = "1" } #!'),
    ),
    spoil("of a binding", "binding[0].end", "unknown-key", ("priority = 1", "end = 2025-12-31 #!")),
    spoil("of used", "used[0].paid", "unknown-key", ("year = 2025", 'year = 2025\npaid = "1.00" #!')),
    spoil(
        "level of used",
        "used[0].deductible.first",
        "unknown-key",
        ('tertiary = "250.00", all = "260.00" }', 'tertiary = "250.00", first = "1.00" } #!'),
    ),
    spoil("of a visit", "event[0].doctor", "unknown-key", (_OUT, f'{_OUT}\ndoctor = "x" #!')),
    spoil(
        "of a facility",
        "event[0].facility.name",
        "unknown-key",
        (_HOSPITAL, 'facility = { type = "hospital", level = "tertiary", name = "x" } #!'),
    ),
    spoil("of an item", "event[0].items[0].unit", "unknown-key", (_DRUG, _DRUG[:-3] + ', unit = "x" }, #!')),
    spoil("of a refund", "event[1].amount", "unknown-key", ('of = "v1"', 'of = "v1"\namount = "1.00" #!')),
    spoil("of a refund item", "event[1].items[0].class", "unknown-key", ('"50.00" }]', '"50.00", class = "B" }] #!')),
    spoil("of a deposit", "event[2].payer", "unknown-key", ('account = "wang"', 'account = "wang"\npayer = "wang" #!')),
    spoil("of a premium", "event[3].amount", "unknown-key", ('payer = "wang"', 'payer = "wang"\namount = "4.00" #!')),
    spoil(
        "unbound_on in a bind event",
        "event[4].unbound_on",
        "unknown-key",
        ('relation = "sibling"', 'relation = "sibling"\nunbound_on = 2026-01-01 #!'),
    ),
    spoil("in quotes", 'person[2]."a b"', "unknown-key", ('insurance = "none"', 'insurance = "none"\n"a b" = 1 #!')),
    spoil("dotted", "person[2].a", "unknown-key", ('insurance = "none"', 'insurance = "none"\na.b.c = 1 #!')),
]

MISSING_KEYS: list[Faulty] = [
    spoil("format", "", "missing-key", ("format = 1\n", "")),
    spoil("place", "", "missing-key", ('place = "430200"\n', "")),
    spoil(
        "person id",
        "person[2]",
        "missing-key",
        ('[[person]]\nid = "old"', "[[person]] #!"),
        ('user = "old"\nr', 'user = "mom"\nr'),
        ('user = "old"\n', 'user = "mom"\n'),
    ),
    spoil("insurance", "person[2]", "missing-key", _mark('[[person]]\nid = "old"\n'), ('insurance = "none"\n', "")),
    spoil("binding relation", "binding[0]", "missing-key", _mark("[[binding]]\n"), ('relation = "parent"\n', "")),
    spoil("binding starts", "binding[0]", "missing-key", _mark("[[binding]]\n"), ("starts = 2025-01-01\n", "")),
    spoil("used year", "used[0]", "missing-key", _mark("[[used]]\n"), ("year = 2025\n", "")),
    spoil("event id", "event[5]", "missing-key", ('[[event]]\nid = "u1"', "[[event]] #!")),
    spoil("event date", "event[0]", "missing-key", _mark(_V1 + "\n"), ("date = 2025-05-10\n", "")),
    spoil("event type", "event[5]", "missing-key", _mark('[[event]]\nid = "u1"\n'), ('type = "unbind"\n', "")),
    spoil(
        "level of a hospital", "event[0].facility", "missing-key", (_HOSPITAL, 'facility = { type = "hospital" } #!')
    ),
    spoil("facility type", "event[0].facility", "missing-key", (_HOSPITAL, 'facility = { level = "tertiary" } #!')),
    spoil("facility", "event[0]", "missing-key", _mark(_V1 + "\n"), (_HOSPITAL + "\n", "")),
    spoil("class of a drug", "event[0].items[0]", "missing-key", (_DRUG, _DRUG.replace('class = "B", ', "") + " #!")),
    spoil("item amount", "event[0].items[0]", "missing-key", (_DRUG, _DRUG.replace(', amount = "200.00"', "") + " #!")),
    spoil(
        "items",
        "event[2]",
        "missing-key",
        (
            '[[event]]\nid = "d1"\ntype = "deposit"',
            '[[event]] #!\nid = "d1"\ntype = "visit"\npatient = "wang"\nkind = "chronic"\ndisease_limit = "1.00"',
        ),
        ("date = 2025-06-01", 'date = 2025-06-01\nfacility = { type = "other" }'),
        ('account = "wang"\namount = "75.00"\n', ""),
    ),
    spoil("of", "event[1]", "missing-key", _mark(_R1 + "\n"), ('of = "v1"\n', "")),
    spoil("for", "event[3]", "missing-key", _mark('[[event]]\nid = "p1"\n'), ('for = ["mom"]\n', "")),
    spoil("disease_limit", "event[0]", "missing-key", _mark(_V1 + "\n"), (_OUT, 'kind = "chronic"')),
]

WRONG_TABLES: list[Faulty] = [
    spoil("array for policy", "policy", "want-table", ("[policy]", "[[policy]] #!")),
    spoil("table for used", "used", "want-array", (_USED, "[used] #!")),
    spoil("text for a list", "event[3].for", "want-array", ('for = ["mom"]', 'for = "mom" #!')),
    spoil("number in a list of texts", "event[3].for[1]", "want-string", ('for = ["mom"]', 'for = ["mom", 1] #!')),
    spoil("number in a list of tables", "event[0].items[1]", "want-table", (_TEA, "  7, #!\n")),
    spoil("text for a table", "event[0].facility", "want-table", (_HOSPITAL, 'facility = "hospital" #!')),
    spoil("text for an account", "person[0].account", "want-table", ('{ current = "100.00" }', '"100.00" #!')),
    spoil(
        "table for a text",
        "person[2].name",
        "want-string",
        ('insurance = "none"', 'insurance = "none"\nname.zh = "x" #!'),
    ),
    spoil(
        "number for bound_at",
        "binding[0].bound_at",
        "want-datetime",
        ("bound_at = 2025-01-01T09:00:00", "bound_at = 2025-01-01 #!"),
    ),
    spoil("bound_at with a zone", "binding[0].bound_at", "zone", ("T09:00:00", "T09:00:00+08:00 #!")),
    spoil("bound_at in universal time", "binding[0].bound_at", "zone", ("T09:00:00", "T09:00:00Z #!")),
]
