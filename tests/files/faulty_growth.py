"""Ways to spoil the good file: what the format grew by."""

from tests.files.faulty import Faulty, spoil

_KIND = 'kind = "outpatient"\n'


def _visit(name: str, key: str, code: str, lines: str) -> Faulty:
    return spoil(name, key, code, (_KIND + "facility", _KIND + lines + "\nfacility"))


GROWTH: list[Faulty] = [
    _visit("stated without ratio", "event[0].stated", "missing-key", 'stated = { deductible = "1.00" } #!'),
    _visit("stated ratio over 1", "event[0].stated.ratio", "ratio", 'stated = { ratio = "1.01" } #!'),
    _visit("stated as text", "event[0].stated", "want-table", 'stated = "0.85" #!'),
    _visit(
        "unknown key of stated", "event[0].stated.cap", "unknown-key", 'stated = { ratio = "0.85", cap = "1.00" } #!'
    ),
    _visit("disease of an outpatient", "event[0].disease", "only-for-kind", 'disease = "both" #!'),
    spoil("unknown disease", "event[0].disease", "choice", (_KIND, 'kind = "two-disease"\ndisease = "gout" #!\n')),
    _visit("unknown order", "event[0].authorizer_order", "choice", 'authorizer_order = "first" #!'),
    _visit("own account first as text", "event[0].own_account_first", "want-bool", 'own_account_first = "no" #!'),
    _visit("unknown key of used", "event[0].used.paid", "unknown-key", 'used = { paid = "1.00" } #!'),
    _visit(
        "used below its levels",
        "event[0].used.deductible.all",
        "all-below-levels",
        'used = { deductible = { tertiary = "2.00", all = "1.00" } } #!',
    ),
    spoil(
        "unknown grade",
        "event[0].facility.grade",
        "choice",
        ('level = "tertiary" }', 'level = "tertiary", grade = "D" } #!'),
    ),
    spoil("empty reason", "event[1].reason", "empty-text", ('of = "v1"\n', 'of = "v1"\nreason = "" #!\n')),
    spoil(
        "inflow as text", "event[2].inflow", "want-bool", ('amount = "75.00"', 'inflow = "yes" #!\namount = "75.00"')
    ),
    spoil("price as number", "event[3].price", "want-amount", ('for = ["mom"]', 'price = 129 #!\nfor = ["mom"]')),
    spoil("born in no month", "", "syntax", ('insurance = "none"', 'born = 1990-13-01 #!\ninsurance = "none"')),
    spoil("cost of used", "used[0].cost", "amount", ("year = 2025\n", 'year = 2025\ncost = "1.001" #!\n')),
]
"""Each with the one fault it gives."""
