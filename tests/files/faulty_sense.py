"""Ways to spoil the good file: persons that are not there, and rows that make no sense."""

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


PERSONS: list[Faulty] = [
    spoil(
        "binding authorizer",
        "binding[0].authorizer",
        "unknown-person",
        ('authorizer = "wang"\nuser = "mom"', 'authorizer = "nobody" #!\nuser = "mom"'),
    ),
    spoil(
        "binding user",
        "binding[0].user",
        "unknown-person",
        ('authorizer = "wang"\nuser = "mom"', 'authorizer = "wang"\nuser = "nobody" #!'),
    ),
    spoil("used person", "used[0].person", "unknown-person", ('person = "wang"\n', 'person = "Wang" #!\n')),
    spoil("patient", "event[0].patient", "unknown-person", ('patient = "wang"', 'patient = "nobody" #!')),
    spoil("deposit account", "event[2].account", "unknown-person", ('account = "wang"', 'account = "nobody" #!')),
    spoil("payer", "event[3].payer", "unknown-person", ('payer = "wang"', 'payer = "nobody" #!')),
    spoil("for", "event[3].for", "unknown-person", ('for = ["mom"]', 'for = ["mom", "nobody"] #!')),
    spoil("bind user", "event[4].user", "unknown-person", ('user = "old"\nrelation', 'user = "nobody" #!\nrelation')),
    spoil(
        "unbind authorizer",
        "event[5].authorizer",
        "unknown-person",
        ('date = 2025-12-01\nauthorizer = "wang"', 'date = 2025-12-01\nauthorizer = "nobody" #!'),
    ),
    spoil(
        "person id twice",
        "person[2].id",
        "duplicate-id",
        ('id = "old"', 'id = "mom" #!'),
        ('user = "old"\nr', 'user = "mom"\nr'),
        ('user = "old"\n', 'user = "mom"\n'),
    ),
    spoil(
        "account of a resident",
        "person[1].has_account",
        "account-not-employee",
        ('insurance = "resident"', 'insurance = "resident"\nhas_account = true #!'),
    ),
    spoil(
        "account of the uninsured",
        "person[2].has_account",
        "account-not-employee",
        ('insurance = "none"', 'insurance = "none"\nhas_account = true #!'),
    ),
    spoil(
        "money of a resident",
        "person[1].account",
        "account-not-employee",
        ('insurance = "resident"', 'insurance = "resident"\naccount = { prior_years = "0.01" } #!'),
    ),
    spoil(
        "money without an account",
        "person[0].account",
        "money-without-account",
        ('account = { current = "100.00" }', 'has_account = false\naccount = { current = "100.00" } #!'),
    ),
]

SENSE: list[Faulty] = [
    spoil("event id twice", "event[5].id", "duplicate-id", ('id = "u1"', 'id = "v1" #!')),
    spoil("ends before starts", "binding[0].ends", "before-start", ("ends = 2025-12-31", "ends = 2024-12-31 #!")),
    spoil(
        "unbound before starts", "binding[0].unbound_on", "before-start", ("priority = 1", "unbound_on = 2024-12-31 #!")
    ),
    spoil(
        "bind ends before its day",
        "event[4].ends",
        "before-start",
        ('relation = "sibling"', 'relation = "sibling"\nends = 2025-10-31 #!'),
    ),
    spoil("used twice", "used[1]", "repeated-used", (_USED + "\n", f"{_USED}\n{_ROW}[[used]] #!\n")),
    spoil(
        "all below its levels",
        "used[0].deductible.all",
        "all-below-levels",
        ('all = "260.00" }', 'all = "249.99" } #!'),
    ),
    spoil("no items", "event[0].items", "empty-array", (f"items = [\n  {_DRUG}\n{_TEA}]", "items = [] #!")),
    spoil("no refund items", "event[1].items", "empty-array", (_REFUND, "items = [] #!")),
    spoil("empty for", "event[3].for", "empty-array", ('for = ["mom"]', "for = [] #!")),
    spoil("twice in for", "event[3].for", "twice-in-for", ('for = ["mom"]', 'for = ["mom", "mom"] #!')),
    spoil("empty text in for", "event[3].for[0]", "empty-text", ('for = ["mom"]', 'for = [""] #!')),
    spoil(
        "disease_limit on outpatient",
        "event[0].disease_limit",
        "only-for-kind",
        (_OUT, f'{_OUT}\ndisease_limit = "1.00" #!'),
    ),
    spoil("pool_paid on outpatient", "event[0].pool_paid", "only-for-kind", (_OUT, f'{_OUT}\npool_paid = "0.00" #!')),
    spoil(
        "upfront on class A",
        "event[0].items[0].upfront_ratio",
        "upfront-on-class",
        (_DRUG, _DRUG.replace('"B"', '"A"')[:-3] + ', upfront_ratio = "0.1" }, #!'),
    ),
    spoil(
        "upfront on class C",
        "event[0].items[0].upfront_ratio",
        "upfront-on-class",
        (_DRUG, _DRUG.replace('"B"', '"C"')[:-3] + ', upfront_ratio = "1" }, #!'),
    ),
    spoil(
        "over_limit above amount",
        "event[0].items[0].over_limit",
        "over-limit-above-amount",
        (_DRUG, _DRUG[:-3] + ', over_limit = "200.01" }, #!'),
    ),
    spoil("pharmacy visit to a hospital", "event[0].kind", "kind-facility", (_OUT, 'kind = "pharmacy" #!')),
    spoil(
        "outpatient at a pharmacy",
        "event[0].kind",
        "kind-facility",
        (_OUT, f"{_OUT} #!"),
        (_HOSPITAL, 'facility = { type = "pharmacy" }'),
    ),
    spoil("refund of an unknown visit", "event[1].of", "refund-visit-unknown", ('of = "v1"', 'of = "v2" #!')),
    spoil("refund of a deposit", "event[1].of", "refund-visit-unknown", ('of = "v1"', 'of = "d1" #!')),
    spoil(
        "refund of a later visit",
        "event[1].of",
        "refund-visit-later",
        ('date = 2025-05-20\nof = "v1"', 'date = 2025-05-09\nof = "v1" #!'),
    ),
    spoil(
        "refund of an unknown item",
        "event[1].items[0].name",
        "refund-item-unknown",
        (_REFUND, _REFUND.replace("drug", "Drug") + " #!"),
    ),
    spoil(
        "refund of more than is left",
        "event[1].items[0].amount",
        "refund-more-than-left",
        ('"50.00" }]', '"200.01" }] #!'),
    ),
    spoil(
        "refund after a whole one",
        "event[2].of",
        "refund-already-whole",
        (
            f'{_R1}\ntype = "refund"\ndate = 2025-05-20\nof = "v1"',
            f'{_WHOLE}{_R1}\ntype = "refund"\ndate = 2025-05-20\nof = "v1" #!',
        ),
    ),
    spoil(
        "second refund of more than is left",
        "event[2].items[0].amount",
        "refund-more-than-left",
        (_R1, f'{_WHOLE}items = [{{ name = "drug", amount = "150.01" }}]\n{_R1}'),
        ('"50.00" }]', '"50.00" }] #!'),
    ),
]
