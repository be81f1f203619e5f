"""What the published schema says of a pack, as faults in plain words: loaded only when a pack has changed."""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Any

import jsonschema
from rapidfuzz.distance import OSA
from rapidfuzz.process import extractOne

from famgui.base.paths import resources
from famgui.base.toml_source import Fault, printable, type_name

_LIKE = 0.7
"""So much of a word must be as in another for it to be what was meant: pool.ratoi, employe, plaec."""
_LISTED = 20
"""More words than these are not listed; whoever wants one looks it up."""
_LONGEST_WORD = 60
_TYPES = {"object": "table", "boolean": "bool"}
_SCHEME = re.compile(r"https?://", re.IGNORECASE)


def schema_faults(data: Any) -> Iterator[Fault]:
    """Every fault that the schema finds, by place."""
    errors = _validator().iter_errors(data)
    for error in sorted(errors, key=lambda error: [str(part) for part in error.absolute_path]):
        yield from _as_faults(error)


@cache
def _validator() -> Any:
    schema = json.loads((resources() / "policies" / "pack.schema.json").read_text("utf-8"))
    return jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker(["date"]))


def _as_faults(error: Any) -> Iterator[Fault]:
    path = tuple(error.absolute_path)
    wanted, found = error.validator_value, error.instance
    match error.validator:
        case "required":
            for name in wanted:
                if name not in found:
                    yield Fault(path, "missing-key", (("name", name),))
        case "additionalProperties":
            known = error.schema.get("properties", {})
            yield from (_unknown((*path, name), name, known) for name in found if name not in known)
        case "enum":
            yield _not_among(path, found, wanted)
        case "const":
            yield Fault(path, "choice", (("value", printable(str(found))), ("words", str(wanted))))
        case "oneOf":
            for inner in _of_its_form(error):
                yield from _as_faults(inner)
        case "type":
            yield Fault(path, f"want-{_TYPES.get(wanted, wanted)}", (("found", type_name(found)),))
        case "format":
            yield Fault(path, "not-a-date", (("value", printable(str(found))),))
        case "uniqueItems":
            yield Fault(path, "item-twice")
        case "minimum" | "maximum":
            low, high = error.schema["minimum"], error.schema["maximum"]
            yield Fault(path, "number-range", (("value", found), ("low", low), ("high", high)))
        case "minLength":
            yield Fault(path, "empty-text")
        case "maxLength":
            yield Fault(path, "text-too-long", (("count", len(found)), ("limit", wanted)))
        case "minItems":
            yield Fault(path, "empty-array")
        case "maxItems":
            yield Fault(path, "too-many", (("count", len(found)), ("limit", wanted)))
        case "minProperties":
            yield Fault(path, "empty-table")
        case "pattern" if path[-1:] == ("url",):
            yield _no_address(path, found)
        case _:
            yield Fault(path, "not-in-form", (("value", printable(str(found))), ("rule", _rule(error))))


def _no_address(path: tuple[str | int, ...], written: str) -> Fault:
    """What keeps a text from being an address: nothing in it, how it begins, a blank, no site behind the beginning."""
    shown = printable(written)
    if not written.strip():
        return Fault(path, "empty-text")
    if not _SCHEME.match(written):
        return Fault(path, "address-start", (("value", shown),))
    blank = any(map(str.isspace, written))
    return Fault(path, "address-blank" if blank else "address-without-site", (("value", shown),))


def _of_its_form(error: Any) -> Iterable[Any]:
    """What is wrong with a word or a list of words: said of the one that it is, a list as a list."""
    is_list = isinstance(error.instance, list)
    forms = [form.get("type") == "array" for form in error.validator_value]
    return [inner for inner in error.context if forms[inner.schema_path[0]] == is_list]


def _unknown(path: tuple[str | int, ...], name: str, known: Iterable[str]) -> Fault:
    near = _nearest(name, known)
    return Fault(path, "unknown-key-near", (("near", near),)) if near else Fault(path, "unknown-key")


def _not_among(path: tuple[str | int, ...], found: Any, words: Sequence[Any]) -> Fault:
    """A word that is none of those there are: the one that is meant, if it is like one, and all of them, if few."""
    shown, known = printable(str(found)), [str(word) for word in words]
    near, all_of_them, count = _nearest(found, known), " | ".join(known), len(known)
    if count <= _LISTED:
        if near:
            return Fault(path, "choice-near", (("value", shown), ("near", near), ("words", all_of_them)))
        return Fault(path, "choice", (("value", shown), ("words", all_of_them)))
    if near:
        return Fault(path, "choice-near-many", (("value", shown), ("near", near), ("count", count)))
    return Fault(path, "choice-many", (("value", shown), ("count", count)))


def _nearest(written: object, known: Iterable[str]) -> str:
    """The word that is most like what is written, "" where none is."""
    if not isinstance(written, str) or len(written) > _LONGEST_WORD:
        return ""
    best = extractOne(written.lower(), list(known), scorer=OSA.normalized_similarity, score_cutoff=_LIKE)
    return "" if best is None else str(best[0])


def _rule(error: Any) -> str:
    """What would be right: an example where the schema has one, else the schema's own word."""
    examples = error.schema.get("examples")
    return str(examples[0]) if error.validator == "pattern" and examples else str(error.validator)
