"""What is to be told of a row, as a sentence."""

from collections.abc import Iterable

from famgui.base.wording import Wording
from famgui.files.roster.form import title_of
from famgui.files.roster.rows import Remark
from famgui.files.workbook.form import FaultyWorkbook, RowFault
from famgui.files.workbook.results import row_sentence

_OF_THE_LIST = frozenset(
    {
        "list-empty",
        "not-a-list",
        "not-text",
        "name-needed",
        "id-needed",
        "insurance-needed",
        "user-needed",
        "relation-needed",
        "relation-doubtful",
        "facts-differ",
        "book-differs",
        "money-known",
        "person-doubt",
        "person-in-several",
        "person-twice",
        "join-needed",
        "register-differs",
        "bound-later",
        "unbound-later",
        "unbound-early",
        "in-law-hint",
        "example-row",
        "foot-row",
        "relation-sex",
        "row-twice",
        "place-missing",
        "ID_NEEDED",
        "PHONE_NEEDED",
        "DATES_NEEDED",
        "PROOF_NEEDED",
        "CHANGE_LIMIT",
        "AGES",
        "SPOUSE_SEX",
        "SECOND_SPOUSE",
        "THIRD_PARENT",
        "SAME_GRANDPARENT",
        "SPOUSE_AGE",
    }
)
"""Codes whose sentences stand under `roster`; all others are the form's, the workbooks' and the domain's."""
_OF_THE_FORM = frozenset(
    {
        "id-old",
        "name-long",
        "name-digit",
        "name-character",
        "name-dot",
        "name-private",
        "phone-form",
        "born-future",
        "born-unlike",
        "single-pool-only-employee",
        "tier-form",
    }
)
"""Codes that the form of a person has too: `draft`."""


def remark_sentence(remark: Remark, wording: Wording) -> str:
    """What there is to tell of a row, without where."""
    if remark.code in _OF_THE_LIST:
        return wording.say("roster", remark.code, **dict(remark.values))
    if remark.code in _OF_THE_FORM:
        return wording.say("draft", remark.code, **dict(remark.values))
    if remark.code == "refused":
        return wording.say("roster", "refused", why=_refusal(dict(remark.values), wording))
    return row_sentence(RowFault("", remark.row, "", remark.code, remark.values), wording)


def column_title(remark: Remark, wording: Wording) -> str:
    """The column that a remark is about, "" for the whole row."""
    return title_of(remark.column, wording.language) if remark.column else ""


def all_in_one(remarks: Iterable[Remark], wording: Wording) -> str:
    """Several remarks of a row in one text, each with its column and its clause, as the faulty rows carry it."""
    return "; ".join(_whole(remark, wording) for remark in remarks)


def _whole(remark: Remark, wording: Wording) -> str:
    column, said = column_title(remark, wording), remark_sentence(remark, wording)
    clause = f" [{remark.clause}]" if remark.clause else ""
    return f"{column}: {said}{clause}" if column else f"{said}{clause}"


def _refusal(values: dict[str, object], wording: Wording) -> str:
    """Why the book does not take an event, by the code of the refusal or of a fault of case files."""
    code = str(values.pop("code"))
    shown = {name: ", ".join(map(str, value)) if isinstance(value, tuple) else value for name, value in values.items()}
    return wording.say("refusal" if code.isupper() else "fault", code, **shown)


def file_sentence(error: FaultyWorkbook, name: str, wording: Wording) -> str:
    """Why a file cannot be taken at all."""
    said = (remark_sentence(Remark(0, "", fault.code, fault.values), wording) for fault in error.faults)
    return "\n".join(f"{name}: {one}" for one in said)
