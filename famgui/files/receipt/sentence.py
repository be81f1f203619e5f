"""What was found on a receipt, as sentences: the one place where its codes and figures become text."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from famgui.base.wording import Wording
from famgui.domain.money import Fen, format_amount, format_ratio
from famgui.domain.receipt.stated import RATIO, Cause, Finding, Unchecked, Verification
from famgui.files.receipt.names import names
from famgui.files.receipt.raw import ReceiptFault

_FACTS = ("insurance", "status", "level", "kind", "disease")
_OWN_WORDS = frozenset({"employee", "resident", "active", "retired", "flexible"})
_LONGEST = 80
MARKS = {"agrees": "✓", "differs": "✗", "incomplete": "·"}
SEVERITY_MARKS = {"error": "✗", "warning": "!", "info": "·"}


@dataclass(frozen=True, slots=True)
class Teller:
    """Tells in one language; `people` are names by handle, `money` how fen are written."""

    wording: Wording
    people: Mapping[str, str] = field(default_factory=dict)
    money: Callable[[Fen], str] = format_amount

    def label(self, name: str) -> str:
        """A field with what people call it; a spelling that is no field as it is."""
        if name not in names().fields:
            return name
        return self._say("named", field=name, name=names().label(name, self.wording.language))

    def figure(self, name: str, value: int | None) -> str:
        """A field's value: an amount, or a ratio; "—" where there is none."""
        if value is None:
            return "—"
        return format_ratio(value) if name == RATIO and value >= 0 else self.money(value)

    def message(self, found: Finding) -> str:
        """What is wrong with a field, and what it should be."""
        values: dict[str, object] = {
            "field": self.label(found.field),
            "stated": self.figure(found.field, found.stated),
            "expected": self.figure(found.field, found.expected),
            "off": self._off(found),
        }
        if found.broken:
            values["broken"] = self._say("joined").join(self._say(f"broken-{name}") for name in found.broken)
        if found.code in ("one-of", "sum"):
            values["off"] = self.money(abs(found.off))
            choices = ((found.field, found.expected), *found.others)
            said = (self._say("choice", field=self.label(name), expected=self.figure(name, v)) for name, v in choices)
            values["choices"] = self._say("also-list").join(said)
        for other, value in found.others[:1]:
            values |= {"other": self.label(other), "spelling": other, "other_expected": self.figure(found.field, value)}
        return self._say(found.code, **values)

    def _off(self, found: Finding) -> str:
        by = found.difference
        if by is None or found.expected is None:
            return ""
        more = abs(found.stated or 0) > abs(found.expected)
        return self._say("off-more" if more else "off-less", amount=self.figure(found.field, abs(by)))

    def explanation(self, found: Finding) -> str:
        """Why, to the fen; "" where the message says it all."""
        if found.code in ("one-field", "missing", "sign"):
            return self._say("mends")
        if found.code not in ("by-rule", "follows"):
            return ""
        if not found.causes:
            years = dict.fromkeys(self._cause(cause) for cause in found.also)
            return (
                self._say("only-year", causes=self._say("also-list").join(years)) if years else self._say("unexplained")
            )
        first = found.causes[0]
        if first.name in ("only-this", "follows", "swapped", "no-own-account"):
            return self._say(f"told-{first.name}", **self._values(first))
        if len(found.causes) > 1:
            return self._say("if-two", first=self._cause(first), second=self._cause(found.causes[1]))
        said = self._say("if", cause=self._cause(first))
        also = list(dict.fromkeys(self._cause(cause) for cause in found.also))
        if not also:
            return said
        space = "" if self.wording.language == "zh" else " "
        return said + space + self._say("also", causes=self._say("also-list").join(also))

    def _cause(self, cause: Cause) -> str:
        return self._say(f"cause-{cause.name}", **self._values(cause))

    def _values(self, cause: Cause) -> dict[str, object]:
        return {name: self._value(name, value) for name, value in cause.values}

    def _value(self, name: str, value: object) -> object:
        if name in _FACTS:
            return self.word(str(value))
        if name in ("field", "other"):
            return self.label(str(value))
        if name == "account":
            return self.people.get(str(value), str(value))
        if isinstance(value, date):
            return value.isoformat()
        if isinstance(value, int):
            return format_ratio(value) if name == "ratio" else self.money(value)
        return str(value)[:_LONGEST]

    def word(self, word: str) -> str:
        """One of the program's words in people's language."""
        return self._say(f"word-{word}") if word in _OWN_WORDS else self.wording.say("word", word)

    def note(self, found: Unchecked) -> str:
        """What was not checked, and why."""
        values = dict(found.values)
        if found.code != "facts":
            told = {name: self._value(name, value) for name, value in found.values if name != "field"}
            return self._say(f"note-{found.code}", **told, field=str(values.get("field", ""))[:_LONGEST])
        missing = self._say("joined").join(self._say(f"fact-{name}") for name in _names(values["names"]))
        ways = list(dict.fromkeys(self._way(way) for way in _ways(values["fits"])))
        if not ways:
            return self._say("note-facts", names=missing)
        return self._say("note-facts-fits", names=missing, ways=" / ".join(ways[:4]))

    def _way(self, way: tuple[tuple[str, object], ...]) -> str:
        return " ".join(self.word(str(value)) for _, value in way if value is not None)

    def verdict(self, checked: Verification) -> str:
        """The verdict in one line."""
        return self._say(checked.verdict)

    def verdict_note(self, checked: Verification) -> str:
        """What is behind the verdict."""
        count = sum(found.severity != "info" for found in checked.findings)
        return self._say(f"{checked.verdict}-note", count=count)

    def fault(self, file: str, fault: ReceiptFault) -> str:
        """One line: file, line where known, field, what is wrong and what to do."""
        values = {name: str(value)[:_LONGEST] for name, value in fault.values}
        message = self._say(f"fault-{fault.code}", **values)
        form = {(True, True): "line", (False, True): "no-line", (True, False): "line-only"}.get(
            (fault.line is not None, bool(fault.field)), "file-only"
        )
        return self._say(f"fault-{form}", file=file, line=fault.line, field=fault.field, message=message)

    def _say(self, key: str, **values: object) -> str:
        return self.wording.say("receipt", key, **values)


def _names(value: object) -> tuple[str, ...]:
    return tuple(str(name) for name in value) if isinstance(value, tuple) else ()


def _ways(value: object) -> Iterator[tuple[tuple[str, object], ...]]:
    yield from value if isinstance(value, tuple) else ()


def lines(checked: Verification, title: str, teller: Teller) -> Iterator[str]:
    """The whole report as plain text, for a terminal or a letter."""
    yield f"{MARKS[checked.verdict]} {title}: {teller.verdict(checked)}"
    yield f"  {teller.verdict_note(checked)}"
    for found in checked.findings:
        clauses = " ".join(f"[{clause}]" for clause in clauses_of(found))
        yield f"{SEVERITY_MARKS[found.severity]} {teller.message(found)}"
        said = teller.explanation(found)
        if said or clauses:
            yield f"  {said} {clauses}".rstrip()
    for note in checked.unchecked:
        yield f"· {teller.note(note)}"


def clauses_of(found: Finding) -> tuple[str, ...]:
    """The clauses behind a finding: of its explanation, then of the figure it should be."""
    told = [cause.clause for cause in (*found.causes, *found.also)]
    return tuple(clause for clause in dict.fromkeys((*told[: max(1, len(found.causes))], found.clause)) if clause)
