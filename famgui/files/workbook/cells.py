"""Cells as values: each column's caches answer at once for what was seen before and explain what cannot be taken."""

import re
import unicodedata
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

from famgui.base.toml_source import printable
from famgui.domain.identity import normal_id_number
from famgui.domain.money import Fen, Ratio, parse_amount, parse_ratio
from famgui.files.workbook.form import Cell, Refused, plain
from famgui.files.workbook.words import meanings, titles

NEEDED = object()
"""Stands for the value of an empty cell that must not be empty."""


class Seen(dict[Cell, Any]):
    """What the cells of one column mean. A cell seen for the first time is converted; `Refused` when it cannot be, with
    "blank" for an empty one where there is no value for `empty`."""

    def __init__(self, convert: Callable[[Cell], Any], empty: object = NEEDED) -> None:
        super().__init__()
        self._convert, self._empty = convert, empty

    def __missing__(self, cell: Cell) -> Any:
        if cell == "" or (cell.__class__ is str and cell.isspace()):
            if self._empty is NEEDED:
                raise Refused("blank")
            found = self._empty
        else:
            found = self._convert(cell)
        self[cell] = found
        return found


class SeenAmounts(Seen):
    """What the cells of a column of amounts mean: most are numbers of two decimals, and most of them new."""

    def __init__(self, empty: object = NEEDED) -> None:
        super().__init__(amount, empty)

    def __missing__(self, cell: Cell) -> Any:
        if cell.__class__ is float:
            yuan, _, cents = repr(cell).partition(".")
            if len(cents) <= 2 and len(yuan) <= _YUAN_DIGITS and yuan.isdigit():
                fen = self[cell] = int(yuan) * 100 + int(cents.ljust(2, "0"))
                return fen
        return super().__missing__(cell)


def text_of(cell: Cell) -> str:
    """A cell as text without blanks around it; a whole number without its ".0"."""
    if isinstance(cell, str):
        return cell.strip()
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return _digits(cell)
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def words(cell: Cell) -> str:
    """A text of one line without control characters."""
    text = text_of(cell)
    if not text.isprintable():
        text = " ".join(text.split())
        if any(unicodedata.category(character) in ("Cc", "Cs") for character in text):
            raise Refused("control-character")
    return text


def amount(cell: Cell) -> Fen:
    """An amount in yuan, in fen. A number is taken as the spreadsheet shows it: its digits, never its binary value."""
    if isinstance(cell, float):
        return _first(parse_amount, repr(cell).removesuffix(".0"), _digits(cell), cell=cell, code="cell-amount")
    text = _narrow(cell).removesuffix("元").strip("¥ ")
    if _GROUPED.fullmatch(text):
        text = text.replace(",", "")
    return _first(parse_amount, text, cell=cell, code="cell-amount")


def ratio(cell: Cell) -> Ratio:
    """A share as 0.1 or 10%, in ten-thousandths."""
    if isinstance(cell, float):
        return _first(parse_ratio, repr(cell).removesuffix(".0"), _digits(cell), cell=cell, code="cell-ratio")
    text = _narrow(cell)
    if text.endswith("%"):
        found: Ratio = _first(parse_amount, text[:-1].strip(), cell=cell, code="cell-ratio")
        if found <= _WHOLE:
            return found
        raise Refused("cell-ratio", value=printable(text_of(cell)))
    return _first(parse_ratio, text, cell=cell, code="cell-ratio")


def day(cell: Cell) -> date:
    """A day: a date of the spreadsheet's, 2025-05-10, 2025/5/10, 2025.5.10, 20250510 or 2025年5月10日."""
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    found = _DAY.fullmatch(_narrow(cell))
    try:
        return date(*(int(found[part] or found[part + 3]) for part in (1, 2, 3))) if found else _no_day(cell)
    except ValueError:
        return _no_day(cell)


def whole_number(low: int, high: int) -> Callable[[Cell], int]:
    """A whole number within bounds."""

    def taken(cell: Cell) -> int:
        text = _narrow(cell)
        if not (text.isascii() and text.isdigit() and len(text) < 10 and low <= int(text) <= high):
            raise Refused("number-range", value=printable(text_of(cell)), low=low, high=high)
        return int(text)

    return taken


def choice(column: str, language: str) -> Callable[[Cell], Any]:
    """One of a column's words."""

    def chosen(cell: Cell) -> Any:
        known = meanings(column)
        text = plain(text_of(cell))
        if text not in known:
            raise Refused("choice", value=printable(text_of(cell)), words=" | ".join(titles(column, language)))
        return known[text]

    return chosen


def called(cell: Cell) -> str:
    """What somebody is called: a name, a handle or an ID number, which kept as a number has lost its last digits."""
    if isinstance(cell, float) and len(_digits(cell)) > _EXACT:
        raise Refused("id-as-number")
    return text_of(cell)


def id_number(cell: Cell) -> str:
    """A citizen ID number."""
    called(cell)
    typed = _narrow(cell)
    number = normal_id_number(typed)
    if number is None and len(typed) == _OLD_NUMBER and typed.isdigit():
        raise Refused("id-old")
    if number is None:
        raise Refused("id-number")
    return number


def is_empty(cell: Cell) -> bool:
    """Whether nothing, or blanks only, stand in a cell."""
    return cell == "" or (isinstance(cell, str) and not cell.strip())


_WHOLE = 10_000
_YUAN_DIGITS = 7
_EXACT = _OLD_NUMBER = 15
_EPOCH = date(1899, 12, 30)
_DAY_NUMBERS = range(18_264, 73_051)
"""Days of the years 1950 to 2099 as a spreadsheet counts them."""
_GROUPED = re.compile(r"[0-9]{1,3}(,[0-9]{3})+(\.[0-9]{1,2})?")
_DAY = re.compile(
    r"(?:([0-9]{4})[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})日?|([0-9]{4})([0-9]{2})([0-9]{2}))"
    r"(?:[ T]?[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?)?"
)


def _narrow(cell: Cell) -> str:
    """Text with narrow digits and signs."""
    return unicodedata.normalize("NFKC", text_of(cell)).strip()


def _digits(number: float) -> str:
    """A number in the 15 digits that a spreadsheet shows, without an exponent."""
    text = f"{number:.15g}"
    return f"{number:.0f}" if "e+" in text and number.is_integer() else text


def _first(parse: Callable[[str], int], *spelled: str, cell: Cell, code: str) -> int:
    """What the first spelling that can be read means."""
    for text in spelled:
        try:
            return parse(text)
        except ValueError:
            continue
    raise Refused(code, value=printable(text_of(cell)))


def counted_day(cell: Cell) -> date | None:
    """The day of a number that a spreadsheet counts days by, where the cell does not say that it is a date."""
    number = float(cell) if isinstance(cell, float) or (isinstance(cell, str) and cell.strip().isdecimal()) else 0.0
    return _EPOCH + timedelta(days=int(number)) if number in _DAY_NUMBERS else None


def _no_day(cell: Cell) -> date:
    counted = counted_day(cell)
    if counted is not None:
        raise Refused("cell-date-number", value=text_of(cell), day=counted.isoformat())
    raise Refused("cell-date", value=printable(text_of(cell)))


def masked(text: str) -> str:
    """A text that may be shown: of an ID number only the first three and the last four characters."""
    number = normal_id_number(text)
    return printable(text) if number is None else f"{number[:3]}{'*' * 11}{number[-4:]}"
