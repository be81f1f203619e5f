"""Receipts in tables: the filled template (field, 中文, value), or one receipt a row under a row of names."""

import csv
import io
from collections.abc import Sequence
from datetime import date, datetime
from typing import TypeAlias

from python_calamine import CalamineError, CalamineWorkbook, PasswordError

from famgui.domain.receipt.stated import PAYERS
from famgui.files.receipt.names import Names, plain
from famgui.files.receipt.raw import FaultyReceipt, Raw, ReceiptFault, Written

Cell: TypeAlias = int | float | str | bool | date | datetime | object
Rows: TypeAlias = Sequence[Sequence[Cell]]

_VALUE_HEADS = frozenset({"value", "amount", "值", "数值", "金额", "内容", "填写"})
_WIDEST, _LONGEST = 200, 20_000


def workbook_raws(data: bytes, path: str, names: Names) -> list[Raw]:
    """Every receipt of the first sheet that has one. Raises `FaultyReceipt`."""
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        sheets = [book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names]
    except PasswordError:
        raise FaultyReceipt(path, [ReceiptFault("password")]) from None
    except (CalamineError, OSError, ValueError) as wrong:
        raise FaultyReceipt(path, [ReceiptFault("not-a-workbook", "", None, (("reason", str(wrong)),))]) from None
    for rows in sheets:
        _limit(rows, path)
        found = raws(rows, names)
        if found:
            return found
    raise FaultyReceipt(path, [ReceiptFault("no-receipt")])


def text_raws(text: str, path: str, names: Names) -> list[Raw]:
    """Every receipt of a CSV or of a table pasted as text. Raises `FaultyReceipt`."""
    head = text[:4096]
    delimiter = max(",\t;，", key=head.count)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as wrong:
        raise FaultyReceipt(path, [ReceiptFault("not-a-table", "", None, (("reason", str(wrong)),))]) from None
    _limit(rows, path)
    found = raws(rows, names)
    if not found:
        raise FaultyReceipt(path, [ReceiptFault("no-receipt")])
    return found


def _limit(rows: Rows, path: str) -> None:
    if len(rows) > _LONGEST:
        raise FaultyReceipt(path, [ReceiptFault("too-many-rows", "", None, (("limit", _LONGEST),))])


def raws(rows: Rows, names: Names) -> list[Raw]:
    """The receipts of a table, in either direction; none where it has no field of a settlement."""
    for at, row in enumerate(rows[:20]):
        fields = {names.field(str(cell)) for cell in row[:_WIDEST]} - {None}
        if len(fields) > 2 and fields & PAYERS:
            return [
                _across(row, values, number, names)
                for number, values in enumerate(rows[at + 1 :], at + 2)
                if any(map(_filled, values))
            ]
    down = _down(rows, names)
    fields = {names.field(entry.name) for entry in down.written} - {None}
    return [down] if len(fields) > 1 and fields & PAYERS else []


def _across(head: Sequence[Cell], values: Sequence[Cell], number: int, names: Names) -> Raw:
    pairs = zip(head[:_WIDEST], values, strict=False)
    return Raw([Written(str(name), value, number) for name, value in pairs if _filled(name) and _filled(value)])


def _down(rows: Rows, names: Names) -> Raw:
    """One field a row: its names first, its value in the value column."""
    column = _value_column(rows, names)
    raw = Raw([])
    for number, row in enumerate(rows, 1):
        value = row[column] if column < len(row) else ""
        known = [str(cell) for cell in row[:column] if _filled(cell) and names.known(str(cell))]
        title = next((str(cell) for cell in row[:column] if _filled(cell)), "")
        if not _filled(value) or not title or plain(str(value)) in _VALUE_HEADS:
            continue
        if known:
            raw.written.append(Written(known[0], value, number))
        else:
            raw.strangers.append(Written(title, value, number))
    return raw


def _value_column(rows: Rows, names: Names) -> int:
    """Where the values stand: under a heading that says so, else right of the last name."""
    for row in rows[:20]:
        for at, cell in enumerate(row[:_WIDEST]):
            if at and plain(str(cell)) in _VALUE_HEADS:
                return at
    last = [at for row in rows for at, cell in enumerate(row[:4]) if _filled(cell) and names.known(str(cell))]
    return max(last, default=0) + 1


def _filled(cell: Cell) -> bool:
    return cell is not None and str(cell).strip() != ""
