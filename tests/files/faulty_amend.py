"""Ways to spoil the good file: amendments, reorders, and the keys that came with them."""

from tests.files.faulty import Faulty, spoil

_D1 = '[[event]]\nid = "d1"'
_AMEND = '[[event]]\nid = "a1"\ntype = "amend"\ndate = 2025-05-21\nperson = "wang"\n'
_REORDER = '[[event]]\nid = "o1"\ntype = "reorder"\ndate = 2025-05-21\nuser = "mom"\norder = ["wang"]\n'


def _event(name: str, key: str, code: str, text: str, *edit: str) -> Faulty:
    """The good file with one more event before the deposit; `edit`: what of it is replaced by what."""
    return spoil(name, f"event[2]{key}", code, (_D1, (text.replace(*edit) if edit else text) + _D1))


def _amend(name: str, key: str, code: str, *lines: str) -> Faulty:
    return _event(name, key, code, _AMEND + "\n".join(lines) + "\n")


def _gone(name: str, text: str, line: str) -> Faulty:
    """A required line taken away; the fault is about the table."""
    head = text.replace("[[event]]", "[[event]] #!")
    assert line in head
    return _event(name, "", "missing-key", head.replace(line, ""))


AMENDMENTS: list[Faulty] = [
    _event("nothing amended", "", "nothing-amended", _AMEND, "[[event]]", "[[event]] #!"),
    _event("resumed is false", "", "nothing-amended", _AMEND + "resumed = false\n", "[[event]]", "[[event]] #!"),
    _gone("amend without a person", _AMEND + 'tier = "1"\n', 'person = "wang"\n'),
    _gone("reorder without a user", _REORDER, 'user = "mom"\n'),
    _gone("no order", _REORDER, 'order = ["wang"]\n'),
    _amend("suspended and resumed", ".resumed", "suspended-and-resumed", "suspended = 2025-06-01", "resumed = true #!"),
    _amend("tier and no tier", ".no_tier", "tier-and-no-tier", 'tier = "一档"', "no_tier = true #!"),
    _amend("resumed as text", ".resumed", "want-bool", 'status = "retired"', 'resumed = "yes" #!'),
    _amend("unknown insurance", ".insurance", "choice", 'insurance = "worker" #!'),
    _amend("unknown status", ".status", "choice", 'status = "old" #!'),
    _amend("unknown concession", ".concession", "choice", 'concession = "poor" #!'),
    _amend("place of letters", ".insured_place", "place", 'insured_place = "Hunan" #!'),
    _amend("account as text", ".has_account", "want-bool", 'has_account = "no" #!'),
    _amend("empty tier", ".tier", "empty-text", 'tier = "" #!'),
    _amend("suspended as text", ".suspended", "want-date", 'suspended = "2025-06-01" #!'),
    _amend("a name is no fact", ".name", "unknown-key", 'status = "retired"', 'name = "王芳" #!'),
    _amend("a reason is not asked", ".reason", "unknown-key", 'status = "retired"', 'reason = "x" #!'),
    _event("amend of nobody", ".person", "unknown-person", _AMEND + 'tier = "1"\n', '"wang"', '"nobody" #!'),
    _event("reorder of nobody", ".user", "unknown-person", _REORDER, '"mom"', '"nobody" #!'),
    _event("order of nobody", ".order", "unknown-person", _REORDER, '["wang"]', '["wang", "nobody"] #!'),
    _event("twice in order", ".order", "twice-in-for", _REORDER, '["wang"]', '["wang", "wang"] #!'),
    _event("empty order", ".order", "empty-array", _REORDER, '["wang"]', "[] #!"),
    _event("order as text", ".order", "want-array", _REORDER, '["wang"]', '"wang" #!'),
    _event("priority of a reorder", ".priority", "unknown-key", _REORDER + "priority = 1 #!\n"),
    spoil(
        "prior years as text",
        "event[2].prior_years",
        "want-bool",
        ('amount = "75.00"', 'prior_years = "1" #!\namount = "75.00"'),
    ),
    spoil("empty phone", "person[2].phone", "empty-text", ('insurance = "none"', 'phone = "" #!\ninsurance = "none"')),
    spoil(
        "phone as number",
        "person[2].phone",
        "want-string",
        ('insurance = "none"', 'phone = 138 #!\ninsurance = "none"'),
    ),
    spoil(
        "person suspended as text",
        "person[2].suspended",
        "want-date",
        ('insurance = "none"', 'suspended = "x" #!\ninsurance = "none"'),
    ),
    spoil(
        "person resumed",
        "person[2].resumed",
        "unknown-key",
        ('insurance = "none"', 'resumed = true #!\ninsurance = "none"'),
    ),
    spoil("empty proof", "binding[0].proof", "empty-text", ("priority = 1", 'proof = "" #!')),
    spoil(
        "proof of a bind",
        "event[4].proof",
        "control-character",
        ('relation = "sibling"', 'relation = "sibling"\nproof = "a\\u0007" #!'),
    ),
]
"""Each with the one fault it gives."""
