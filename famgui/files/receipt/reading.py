"""Receipts out of files and pasted text: JSON, CSV, workbook; every fault told with its place."""

from pathlib import Path

from famgui.domain.receipt.stated import Receipt
from famgui.files.receipt import nested, sheet
from famgui.files.receipt.names import names
from famgui.files.receipt.raw import FaultyReceipt, Raw, ReceiptFault, receipt

MOST_BYTES = 4 * 1024 * 1024
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""How xlsx and xls begin."""


def read_receipts(path: Path) -> tuple[Receipt, ...]:
    """Every receipt of a file, one at least. Raises `FaultyReceipt`."""
    try:
        if path.is_dir():
            raise FaultyReceipt(str(path), [ReceiptFault("is-folder")])
        if path.stat().st_size > MOST_BYTES:
            raise FaultyReceipt(str(path), [ReceiptFault("too-large")])
        data = path.read_bytes()
    except OSError as error:
        fault = ReceiptFault("unreadable", "", None, (("reason", error.strerror or str(error)),))
        raise FaultyReceipt(str(path), [fault]) from None
    return parse_receipts(data, str(path))


def parse_receipts(data: bytes, path: str) -> tuple[Receipt, ...]:
    """The receipts of a file's bytes; text is UTF-8, or as Excel in Chinese saves CSV. Raises `FaultyReceipt`."""
    if data.startswith(_WORKBOOKS):
        return _receipts(sheet.workbook_raws(data, path, names()), path)
    for encoding in ("utf-8-sig", "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "gb18030"):
        try:
            return parse_text(data.decode(encoding), path)
        except UnicodeDecodeError:
            continue
    raise FaultyReceipt(path, [ReceiptFault("not-text")])


def parse_text(text: str, path: str) -> tuple[Receipt, ...]:
    """The receipts of a text: JSON, or a table with commas or tabs. Raises `FaultyReceipt`."""
    if not text.strip():
        raise FaultyReceipt(path, [ReceiptFault("empty")])
    table = text.lstrip()[:1] not in ("{", "[")
    found = sheet.text_raws(text, path, names()) if table else nested.raws(text, path, names())
    return _receipts(found, path)


def _receipts(found: list[Raw], path: str) -> tuple[Receipt, ...]:
    faults: list[ReceiptFault] = []
    made = tuple(receipt(raw, names(), faults) for raw in found)
    if faults:
        raise FaultyReceipt(path, faults)
    return made
