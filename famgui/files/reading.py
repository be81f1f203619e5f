"""A cursor over one TOML table: takes typed values out, notes every fault with its path, and finds leftover keys."""

import unicodedata
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any, TypeVar

from famgui.base.toml_source import Fault, Path, printable, type_name
from famgui.domain.money import Fen, Ratio, parse_amount, parse_ratio

T = TypeVar("T")
_MISSING = object()


class Table:
    """One table of the document. Each `take` method returns the value, its default, or None after noting a fault."""

    def __init__(self, data: Mapping[str, Any], path: Path, faults: list[Fault]) -> None:
        self._data = data
        self._path = path
        self._faults = faults
        self._seen: set[str] = set()

    def fault(self, key: str | None, code: str, **values: object) -> None:
        """Note what is wrong with a key (None: the table itself)."""
        path = self._path if key is None else (*self._path, key)
        self._faults.append(Fault(path, code, tuple(values.items())))

    def has(self, key: str) -> bool:
        """Whether the key stands in the table."""
        return key in self._data

    def text(self, key: str, default: str | None = None, *, required: bool = False) -> str | None:
        """A text that is neither empty nor holds control characters."""
        return self._take(key, "string", _plain_text, default, required)

    def choice(self, key: str, words: Sequence[T], default: T | None = None, *, required: bool = False) -> T | None:
        """One of the words listed."""

        def known(value: Any) -> T:
            if value not in words:
                raise _Wrong("choice", value=printable(value), words=" | ".join(str(word) for word in words))
            return words[words.index(value)]

        return self._take(key, "string", known, default, required)

    def amount(self, key: str, default: Fen | None = None, *, required: bool = False) -> Fen | None:
        """An amount in yuan as text, in fen."""
        return self._take(key, "amount", _checked(parse_amount, "amount"), default, required)

    def ratio(self, key: str, default: Ratio | None = None, *, required: bool = False) -> Ratio | None:
        """A ratio as text, in ten-thousandths."""
        return self._take(key, "ratio", _checked(parse_ratio, "ratio"), default, required)

    def flag(self, key: str, default: bool | None = None) -> bool | None:
        """True or false."""
        return self._take(key, "bool", lambda value: bool(value), default, False)

    def number(
        self, key: str, low: int, high: int, default: int | None = None, *, required: bool = False
    ) -> int | None:
        """A whole number within bounds."""

        def within(value: Any) -> int:
            if not low <= value <= high:
                raise _Wrong("number-range", value=value, low=low, high=high)
            return int(value)

        return self._take(key, "integer", within, default, required)

    def day(self, key: str, default: date | None = None, *, required: bool = False) -> date | None:
        """A local date."""
        return self._take(key, "date", lambda value: value, default, required)

    def moment(self, key: str, default: datetime | None = None) -> datetime | None:
        """A local date and time, without a zone."""

        def zoneless(value: datetime) -> datetime:
            if value.tzinfo is not None:
                raise _Wrong("zone")
            return value

        return self._take(key, "datetime", zoneless, default, False)

    def place(self, key: str, default: str | None = None, *, required: bool = False) -> str | None:
        """A GB/T 2260 code: six digits."""

        def six(value: str) -> str:
            if len(value) != 6 or not (value.isascii() and value.isdigit()):
                raise _Wrong("place", value=printable(value))
            return value

        return self._take(key, "string", six, default, required)

    def table(self, key: str, *, required: bool = False) -> "Table | None":
        """A table inside this one."""
        found = self._take(key, "table", lambda value: value, None, required)
        return None if found is None else Table(found, (*self._path, key), self._faults)

    def tables(self, key: str, *, required: bool = False, empty_ok: bool = True) -> Iterator["Table"]:
        """The tables of an array, in order."""
        found = self._take(key, "array", lambda value: value, None, required)
        if found is not None and not found and not empty_ok:
            self.fault(key, "empty-array")
        for index, entry in enumerate(found or ()):
            if isinstance(entry, dict):
                yield Table(entry, (*self._path, key, index), self._faults)
            else:
                self._faults.append(_wrong_type((*self._path, key, index), "table", entry))

    def texts(self, key: str) -> list[str]:
        """A required, non-empty array of texts."""
        found = self._take(key, "array", lambda value: value, None, True)
        if found is not None and not found:
            self.fault(key, "empty-array")
        texts: list[str] = []
        for index, entry in enumerate(found or ()):
            path = (*self._path, key, index)
            if not isinstance(entry, str):
                self._faults.append(_wrong_type(path, "string", entry))
                continue
            try:
                texts.append(_plain_text(entry))
            except _Wrong as wrong:
                self._faults.append(Fault(path, wrong.code, wrong.values))
        return texts

    def finish(self) -> None:
        """Every key that nobody took is unknown."""
        for key in self._data:
            if key not in self._seen:
                self.fault(key, "unknown-key")

    def _take(self, key: str, kind: str, convert: Callable[[Any], T], default: T | None, required: bool) -> T | None:
        self._seen.add(key)
        value = self._data.get(key, _MISSING)
        if value is _MISSING:
            if required:
                self.fault(None, "missing-key", name=key)
            return default
        if not _is(kind, value):
            self._faults.append(_wrong_type((*self._path, key), kind, value))
            return None
        try:
            return convert(value)
        except _Wrong as wrong:
            self._faults.append(Fault((*self._path, key), wrong.code, wrong.values))
            return None


def reference(table: Table, key: str, known: Container[str]) -> str | None:
    """A required reference to a person of this file."""
    handle = table.text(key, required=True)
    if handle is not None and handle not in known:
        table.fault(key, "unknown-person", id=handle)
        return None
    return handle


class _Wrong(Exception):
    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code)
        self.code = code
        self.values = tuple(values.items())


def _is(kind: str, value: object) -> bool:
    if kind in ("amount", "ratio"):
        kind = "string"
    if kind == "integer":
        return isinstance(value, int) and not isinstance(value, bool)
    if kind == "date":
        return isinstance(value, date) and not isinstance(value, datetime)
    return type_name(value) == kind


def _wrong_type(path: Path, wanted: str, value: object) -> Fault:
    return Fault(path, f"want-{wanted}", (("found", type_name(value)),))


def _plain_text(value: str) -> str:
    if not value.strip():
        raise _Wrong("empty-text")
    if any(unicodedata.category(character) in ("Cc", "Cs") for character in value):
        raise _Wrong("control-character")
    return value


def _checked(parse: Callable[[str], int], code: str) -> Callable[[Any], int]:
    def checked(value: Any) -> int:
        try:
            return parse(value)
        except ValueError:
            raise _Wrong(code, value=printable(value)) from None

    return checked
