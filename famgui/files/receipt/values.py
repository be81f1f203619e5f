"""One value of a receipt as people and systems write it: an amount, a ratio, a day, a code."""

import re
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal, InvalidOperation

from famgui.domain.money import WHOLE, Fen, Ratio
from famgui.files.receipt.names import Named

_FORGIVEN = str.maketrans("０１２３４５６７８９．－＋％", "0123456789.-+%", ",， \u00a0\u3000¥￥元")
_NUMBER = re.compile(r"[+-]?[0-9]{1,16}(?:\.[0-9]{0,20})?")
_NOTHING = frozenset({"", "-", "--", "—", "/", "null", "none", "无"})
_LARGEST: Fen = 10**15
"""The interface's amounts have 16 digits, two of them decimals."""
_NOISE = Decimal("0.0000001")
"""What a spreadsheet's binary numbers may be off by."""
_DAY = re.compile(r"([0-9]{4})[-/.年]?([0-9]{1,2})[-/.月]?([0-9]{1,2})日?(?:[ T]?[0-9:.]*(?:Z|[+-][0-9:]+)?)?")
_CHINA = timezone(timedelta(hours=8))


class NotReadable(ValueError):
    """A value that cannot be taken: `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def amount(value: object) -> Fen | None:
    """Fen of an amount in yuan, negative for a refund; None where nothing stands. Raises `NotReadable`."""
    number = _number(value)
    if number is None:
        return None
    fen = _whole(100 * number, "decimals")
    if abs(fen) >= _LARGEST:
        raise NotReadable("too-large-amount")
    return fen


def ratio(value: object) -> Ratio | None:
    """Ten-thousandths of a ratio written as 0.6, 60% or 60; None where nothing stands. Raises `NotReadable`."""
    percent = isinstance(value, str) and value.translate(_FORGIVEN).endswith("%")
    number = _number(value.translate(_FORGIVEN).rstrip("%") if isinstance(value, str) else value)
    if number is None:
        return None
    if not percent and abs(number) > 1:
        percent = True
    found = _whole(number * (WHOLE // 100 if percent else WHOLE), "ratio")
    if abs(found) > WHOLE:
        raise NotReadable("ratio")
    return found


def _whole(number: Decimal, code: str) -> int:
    rounded = number.to_integral_value()
    if abs(number - rounded) > _NOISE * 100:
        raise NotReadable(code)
    return int(rounded)


def _number(value: object) -> Decimal | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal | str):
        raise NotReadable("amount")
    text = str(value).translate(_FORGIVEN)
    if text.lower() in _NOTHING:
        return None
    if isinstance(value, str) and not _NUMBER.fullmatch(text):
        raise NotReadable("amount")
    try:
        number = Decimal(text)
    except InvalidOperation:
        raise NotReadable("amount") from None
    if not number.is_finite():
        raise NotReadable("amount")
    return number


def text(value: object) -> str:
    """What stands there as text; a spreadsheet's 310.0 is 310."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


def day(value: object) -> date | None:
    """The day of a date or a moment; None where nothing stands. Raises `NotReadable`."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    written = text(value).translate(_FORGIVEN_DIGITS)
    if written.lower() in _NOTHING:
        return None
    if re.fullmatch(r"[0-9]{13}", written):
        return datetime.fromtimestamp(int(written) // 1000, _CHINA).date()
    found = _DAY.fullmatch(written)
    if found is None:
        raise NotReadable("day")
    try:
        return date(*(int(part) for part in found.groups()))
    except ValueError:
        raise NotReadable("day") from None


_FORGIVEN_DIGITS = str.maketrans("０１２３４５６７８９", "0123456789")


def word(value: object, named: Named) -> str | None:
    """The program's word for a code or for what people write; None where the value says nothing.

    Raises `NotReadable` for what nobody knows."""
    written = text(value)
    forms = (written, written.zfill(2))
    if written.lower() in _NOTHING or named.none.intersection(forms):
        return None
    for tried in forms:
        if tried in named.codes:
            return named.codes[tried]
    if written.lower() in named.codes.values():
        return written.lower()
    raise NotReadable("code")
