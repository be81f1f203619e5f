"""The template of a receipt to fill in: field, 中文, value, note; as a workbook or as CSV, empty or filled."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from famgui.base.paths import write_whole
from famgui.base.wording import Wording
from famgui.domain.money import format_amount, format_ratio
from famgui.domain.receipt.stated import FIELDS, RATIO, Facts, Receipt
from famgui.files.receipt.names import Named, names
from famgui.files.workbook.write import SheetOut, write_workbook

FACTS = (
    *("number", "patient", "place", "insurance", "status", "kind", "level", "designated", "day"),
    *("used_pool", "used_deductible", "disease", "disease_limit"),
)
"""The circumstances that the template asks for, before the fields."""
_AMOUNTS = frozenset({"used_pool", "used_deductible", "disease_limit"})
_FLAGS = {True: "yes", False: "no", None: None}


def write_template(path: Path, wording: Wording, receipt: Receipt | None = None) -> None:
    """Write the template, CSV if the file is named so, else a workbook; with a receipt filled in. Raises OSError."""
    head = [wording.say("receipt", f"template-{name}") for name in ("field", "name", "value", "note")]
    rows = list(_rows(wording, receipt))
    if path.suffix.lower() == ".csv":
        text = io.StringIO(newline="")
        csv.writer(text).writerows([head, *rows])
        write_whole(path, text.getvalue().encode("utf-8-sig"))
        return
    records = [dict(zip(head, row, strict=True)) for row in rows]
    widths = dict(zip(head, (20.0, 28.0, 18.0, 40.0), strict=True))
    write_workbook(path, [SheetOut(wording.say("receipt", "template-sheet"), head, records, widths)])


def _rows(wording: Wording, receipt: Receipt | None) -> Iterator[tuple[str, str, str | float | None, str]]:
    table = names()
    for name in FACTS:
        named = table.facts[name]
        written = named.spellings[0] if named.spellings else name
        yield written, named.label(wording.language), _fact(name, receipt), _note(named, wording)
    for name in FIELDS:
        stated = None if receipt is None else receipt.get(name)
        kind = "ratio" if name == RATIO else "amount"
        shown = None if stated is None else format_ratio(stated) if name == RATIO else format_amount(stated)
        value = None if shown is None else float(shown)
        yield name, table.label(name, wording.language), value, wording.say("receipt", f"template-{kind}")


def _fact(name: str, receipt: Receipt | None) -> str | None:
    if receipt is None:
        return None
    if name == "level":
        return _level(receipt.facts)
    if name == "designated":
        return _FLAGS.get(receipt.facts.designated)
    value = getattr(receipt, name) if name in ("number", "patient") else getattr(receipt.facts, name)
    return None if value in (None, "") else format_amount(value) if name in _AMOUNTS else str(value)


def _level(facts: Facts) -> str | None:
    """The code of a level and the grade within it."""
    levels, grades = names().facts["level"].codes, names().facts["grade"].codes
    codes = (code for code, level in levels.items() if level == facts.level and grades.get(code) == facts.grade)
    return next(codes, facts.level)


def _note(named: Named, wording: Wording) -> str:
    if named.codes:
        words = dict.fromkeys(named.codes.values())
        if wording.language == "zh":
            spoken = {value: word for word, value in reversed(list(named.codes.items())) if not word.isascii()}
            words = dict.fromkeys(spoken[value] for value in words if value in spoken)
        return wording.say("receipt", "template-code", words=" / ".join(words))
    kind = "amount" if named.name in _AMOUNTS else named.name if named.name in ("day", "place") else "text"
    return wording.say("receipt", f"template-{kind}")
