"""Packs and differences in words, as the page shows them."""

from collections.abc import Sequence
from typing import NamedTuple

from famgui.base.wording import Wording
from famgui.policy.pack import BrokenPack, row_from
from famgui.ui.shell.i18n import language, tr
from famgui.ui.widgets.policy_keys import key_words
from famgui.ui.widgets.policy_words import condition_words, period, topic_words, value_words
from famgui.usecase.packdiff import Change, Table
from famgui.usecase.packs import PackLine
from famgui.usecase.packtext import fault_lines, plain, signature_words


class ChangeRow(NamedTuple):
    """One difference: whether it comes, goes or becomes different, what it is, as it is now and as it would be."""

    kind: str
    title: str
    now: str
    then: str


def name_of(line: PackLine) -> str:
    """What a pack's place is called; a file that cannot be read by its own name."""
    return line.name_zh if language() == "zh" else line.name_en


def source_words(line: PackLine, wording: Wording) -> str:
    """Where a pack comes from, and who signed it."""
    signed = signature_words(line.signature, wording)
    return tr("◆ your own · {signed}", signed=signed) if line.own else signed


def state_words(line: PackLine) -> str:
    """How a pack stands: mark and words."""
    if line.faults:
        return tr("! last good version") if line.kept else tr("✗ faulty")
    if line.doubts:
        named = line.doubts[0].code == "wrong-name"
        return tr("! wrong name") if named else tr("! checked on a day to come")
    if line.stale:
        return tr("! stale")
    return tr("in use now")


def summary_words(lines: Sequence[PackLine]) -> str:
    """How many packs there are, and how many of them need a look."""
    stale, faulty = sum(line.stale for line in lines), sum(bool(line.faults) for line in lines)
    parts = [tr("{count} packs", count=len(lines))]
    parts += [tr("{count} stale", count=stale)] if stale else []
    parts += [tr("{count} faulty", count=faulty)] if faulty else []
    return tr(", ").join(parts)


def faults_of(line: PackLine, wording: Wording) -> tuple[str, ...]:
    """What is wrong with a pack's file, a sentence each."""
    return fault_lines(BrokenPack(str(line.file), line.faults), wording, line.file.name)


def doubts_of(line: PackLine, wording: Wording) -> tuple[str, ...]:
    """What is odd about a pack in use, a sentence each."""
    return fault_lines(BrokenPack(str(line.file), line.doubts), wording, line.file.name)


def change_row(change: Change, wording: Wording) -> ChangeRow:
    """A difference as a row of the table."""
    kinds = {"added": tr("+ new"), "changed": tr("~ changed"), "removed": tr("− gone")}
    sides = [_side(change, table, wording) for table in (change.old, change.new)]
    return ChangeRow(kinds[change.kind], _title(change, wording), *sides)


def _title(change: Change, wording: Wording) -> str:
    table = change.table
    if change.what == "clause":
        return tr("{title}: {said}", title=table["id"], said=topic_words(str(table["topic"])))
    if change.what == "unconfirmed":
        return tr("{title}: {said}", title=tr("not confirmed"), said=topic_words(str(table["topic"])))
    row = row_from(table)
    condition = condition_words(row.when, row.ages, row.above, wording)
    return " · ".join(part for part in (key_words(row.key), condition) if part)


def _side(change: Change, table: Table | None, wording: Wording) -> str:
    if table is None:
        return "—"
    if change.what == "value":
        row = row_from(table)
        since = period(row.first, row.last) if row.first or row.last else ""
        doubt = tr("doubted: {why}", why=table["doubt"]) if "doubt" in table else ""
        early = tr("begins early: {why}", why=table["earlier"]) if "earlier" in table else ""
        parts = (value_words(row.key, row.value, wording), since, row.clause, *row.beside, doubt, early)
        return " · ".join(part for part in parts if part)
    main = "statement" if change.what == "clause" else "question"
    fields = [main] if change.kind != "changed" else list(change.fields)
    said = [plain(table.get(field)) or "—" for field in fields if field == main]
    said += [tr("{title}: {said}", title=field_words(f), said=plain(table.get(f)) or "—") for f in fields if f != main]
    return " · ".join(said)


def field_words(field: str) -> str:
    """A field of a clause in words; the field itself where there are none."""
    return {
        "topic": tr("Topic"),
        "grade": tr("Grade"),
        "value": tr("Value"),
        "unit": tr("Unit"),
        "from": tr("First day"),
        "until": tr("Last day"),
        "conflicts": tr("Conflicts"),
        "note": tr("Note"),
        "source": tr("Source"),
        "place": tr("Place"),
        "place_name": tr("Place"),
        "known": tr("Known"),
    }.get(field, field)
