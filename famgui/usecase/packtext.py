"""Packs in sentences, for window and terminal alike: faults, marks, signatures, troubles; differences as lines."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from famgui.base.toml_source import Fault, printable
from famgui.base.wording import Wording
from famgui.files.sentence import fault_sentence
from famgui.policy.pack import BrokenPack
from famgui.policy.signature import KeyTrouble, Signature
from famgui.usecase.packdiff import Change, Table
from famgui.usecase.packpreview import Mark
from famgui.usecase.packs import PackTrouble

_LONGEST = 120
_SHOWN = {"value": ("value", "from", "until", "clause"), "clause": ("statement",), "unconfirmed": ("question",)}
"""The fields that tell what an entry says, in order."""

_REFUSALS: dict[type[OSError], str] = {
    FileExistsError: "exists",
    FileNotFoundError: "no-such-file",
    PermissionError: "may-not-use",
    IsADirectoryError: "is-folder",
    NotADirectoryError: "no-such-file",
}
"""What the system refuses, as sentences of `pack-trouble`."""


def fault_lines(error: BrokenPack, wording: Wording, name: str = "") -> tuple[str, ...]:
    """Every fault of a pack with file, line and key; `name` in place of the file's path."""
    return tuple(fault_sentence(name or error.file, fault, wording) for fault in error.faults)


def mark_sentence(mark: Mark, name: str, wording: Wording) -> str:
    """Something to know before a pack is taken; `name` is the file's."""
    if mark.line is not None or mark.key:
        return fault_sentence(name, Fault((), mark.code, tuple(mark.values.items()), mark.line), wording)
    values = {key: printable(value) if isinstance(value, str) else value for key, value in mark.values.items()}
    if wording.language == "en" and "name_en" in values:
        values["name"] = values["name_en"]
    return wording.say("pack-mark", mark.code, **values)


def signature_words(signature: Signature, wording: Wording) -> str:
    """Who stands behind a pack, in a few words."""
    return wording.say("signature", signature.state, name=printable(signature.name), key=signature.key)


def trouble_sentence(error: BaseException, wording: Wording) -> str | None:
    """Why something cannot be done with a pack; None for a bug."""
    if isinstance(error, PackTrouble):
        return wording.say("pack-trouble", error.code, **error.values)
    if isinstance(error, BrokenPack):
        return "\n".join(fault_lines(error, wording, Path(error.file).name))
    if isinstance(error, KeyTrouble):
        return wording.say("pack-trouble", error.args[0], file=printable(str(error.args[1]), 300))
    code = next((code for kind, code in _REFUSALS.items() if isinstance(error, kind)), "")
    if code and isinstance(error, OSError) and error.filename:
        return wording.say("pack-trouble", code, file=printable(str(error.filename), 300))
    if isinstance(error, OSError):
        return wording.say("book", "os-error", reason=error.strerror or str(error))
    return None


def change_line(change: Change, wording: Wording) -> str:
    """A difference in the words of the file: "+ pool.ratio {...}: 0.60 -> 0.65"."""
    sign = {"added": "+", "removed": "-", "changed": "~"}[change.kind]
    title = entry_title(change)
    if change.old is None or change.new is None:
        return f"{sign} {title}: {_said(change.what, change.table)}"
    fields = change.fields
    parts = []
    for field in fields:
        before, after = (plain(table.get(field)) or wording.say("pack", "none") for table in (change.old, change.new))
        name = "" if fields == ("value",) and change.what == "value" else f"{field} "
        parts.append(f"{name}{before} -> {after}")
    return f"{sign} {title}: {'; '.join(parts)}"


def entry_title(change: Change) -> str:
    """What an entry is called in the file: a rule key with its conditions, a clause's id, a topic."""
    table = change.table
    if change.what != "value":
        return str(table["id"] if change.what == "clause" else table["topic"])
    conditions = [f"{name}={plain(words)}" for name, words in table.get("when", {}).items()]
    conditions += [f"{name}={plain(table[name])}" for name in ("ages", "above") if name in table]
    return f"{table['key']} [{', '.join(conditions)}]" if conditions else str(table["key"])


def _said(what: str, table: Table) -> str:
    return " · ".join(text for name in _SHOWN[what] if (text := plain(table.get(name))))


def plain(value: Any) -> str:
    """A value of a pack on one line, cut where it is long."""
    if isinstance(value, Mapping):
        value = next((value[name] for name in ("zh",) if name in value), None) or _pairs(value)
    elif isinstance(value, list | tuple):
        value = ", ".join(plain(inner) for inner in value)
    elif isinstance(value, bool):
        value = str(value).lower()
    return printable("" if value is None else str(value), _LONGEST)


def _pairs(value: Mapping[str, Any]) -> str:
    return ", ".join(f"{name} {plain(inner)}" for name, inner in value.items())
