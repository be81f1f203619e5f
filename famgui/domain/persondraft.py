"""What somebody types about a person, field by field: how it is put right, what is wrong, and the person of it."""

import re
import unicodedata
from collections.abc import Container, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple, TypeAlias

from famgui.domain.identity import birth_date, id_problems, normal_id_number
from famgui.domain.person import Concession, Insurance, Person, Status
from famgui.domain.problem import Severity

NAME_LENGTH = 30
"""Characters of a name; the longest of the civil registers with their middle dots stay within it."""
TIER_LENGTH = 30

DraftField: TypeAlias = Literal[
    "name",
    "id_number",
    "phone",
    "insurance",
    "status",
    "single_pool",
    "insured_place",
    "concession",
    "tier",
    "suspended",
    "born",
]


@dataclass(frozen=True, slots=True)
class PersonDraft:
    """A person as typed: nothing of it need be right yet.

    `single_pool` marks an employee of the single pool (单建统筹), who has no personal account; all else is named as in
    `Person`. Put it right with `tidied` when a field is left.
    """

    name: str = ""
    id_number: str = ""
    phone: str = ""
    insurance: Insurance = "employee"
    status: Status = "active"
    single_pool: bool = False
    insured_place: str = ""
    concession: Concession = "none"
    tier: str = ""
    suspended: date | None = None
    born: date | None = None


class DraftProblem(NamedTuple):
    """One finding: the field it is about, the key of its sentence (section `draft` of the wording) with its values, how
    grave. Only errors keep a draft from being taken."""

    field: DraftField
    code: str
    severity: Severity = "error"
    values: tuple[tuple[str, object], ...] = ()


ASKED: frozenset[DraftField] = frozenset({"name"})
"""What must always be told; a place may ask for the ID number and the phone besides (binding.asks.*)."""

_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
_DOTS = dict.fromkeys(map(ord, "•‧∙⋅・･．●᛫"), "·")
_RARE_PLANES = range(0x20000, 0x40000)
"""Rare Chinese characters; those of the newest blocks are in no table of letters yet."""
_PRIVATE = (range(0xE000, 0xF900), range(0xF0000, 0x10FFFE))
"""Where older fonts keep characters that had no code of their own."""
_MOBILE = re.compile(r"(?:(?:\+|00)?86)?(1[3-9][0-9]{9})")
_LANDLINE = re.compile(r"(?:(?:\+|00)86|0)(10|2[0-9]|[3-9][0-9]{2})-?([2-9][0-9]{6,7})(?:[-x](?P<more>[0-9]{1,6}))?")
_PLACE = re.compile(r"[1-9][0-9]{5}")
_OLD_NUMBER = re.compile(r"[0-9]{15}")


def tidied(draft: PersonDraft) -> PersonDraft:
    """The same draft as it is written down: blanks at the ends gone, dots and digits of one kind, one form of phone."""
    return PersonDraft(
        tidy_name(draft.name),
        tidy_number(draft.id_number),
        normal_phone(draft.phone) or draft.phone.strip(),
        draft.insurance,
        draft.status,
        draft.single_pool,
        draft.insured_place.translate(_FULL_WIDTH).strip(),
        draft.concession,
        draft.tier.strip(),
        draft.suspended,
        draft.born,
    )


def tidy_name(text: str) -> str:
    """A name without blanks at its ends, one blank at most in a row, none between Chinese characters, every middle dot
    written as ·."""
    single = " ".join(text.split()).translate(_DOTS)
    single = re.sub(r" ?· ?", "·", single)
    return re.sub(r"(?<=[^\x00-\u024F]) (?=[^\x00-\u024F])", "", single)


def tidy_number(text: str) -> str:
    """An ID number as typed, with ASCII digits, an upper-case X and without blanks and dashes."""
    return re.sub(r"[\s-]", "", text.translate(_FULL_WIDTH)).upper()


def normal_phone(text: str) -> str | None:
    """A mainland number: 11 digits of a mobile, or area code, dash, number (and dash, extension); None for anything
    else. Blanks, dashes, brackets and +86 are forgiven."""
    typed = re.sub(r"\s*(?:转|ext\.?)\s*", "x", text.translate(_FULL_WIDTH).strip().lower())
    if found := _MOBILE.fullmatch(re.sub(r"[\s()-]", "", typed)):
        return found[1]
    typed = re.sub(r"\s", "", re.sub(r"\)-?", "-", typed.replace("(", "")))
    typed = re.sub(r"^((?:\+|00)86)-", r"\1", typed)
    if found := _LANDLINE.fullmatch(re.sub(r"(?<=^\+86)0|(?<=^0086)0", "", typed)):
        return "-".join(part for part in ("0" + found[1], found[2], found["more"]) if part)
    return None


def draft_problems(
    draft: PersonDraft, *, today: date, regions: Container[str], asked: Container[str] = ASKED
) -> Iterator[DraftProblem]:
    """Everything that is wrong with a draft or odd about it, field by field, at most one error a field.

    `regions` holds the county codes that ID numbers may begin with; `asked` are the fields that must be told."""
    draft = tidied(draft)
    for name in ("name", "id_number", "phone", "insured_place"):
        if not getattr(draft, name) and (name in asked or name == "insured_place"):
            yield DraftProblem(name, f"{name}-missing")
    if draft.name:
        yield from _name_problems(draft.name)
    if draft.id_number:
        yield from _number_problems(draft.id_number, today, regions)
    if draft.phone and normal_phone(draft.phone) is None:
        yield DraftProblem("phone", "phone-form")
    if draft.insured_place and not _PLACE.fullmatch(draft.insured_place):
        yield DraftProblem("insured_place", "place-form")
    yield from _born_problems(draft, today)
    yield from _kind_problems(draft)


def _name_problems(name: str) -> Iterator[DraftProblem]:
    if len(name) > NAME_LENGTH:
        yield DraftProblem("name", "name-long", values=(("length", len(name)), ("most", NAME_LENGTH)))
        return
    strange = next((one for one in name if not (one in " ·" or _in_names(one))), None)
    if strange is not None:
        code = "name-digit" if strange.isnumeric() else "name-character"
        shown = strange if strange.isprintable() else f"U+{ord(strange):04X}"
        yield DraftProblem("name", code, values=(("character", shown),))
    elif name[0] == "·" or name[-1] == "·" or "··" in name:
        yield DraftProblem("name", "name-dot")
    elif any(ord(one) in block for one in name for block in _PRIVATE):
        yield DraftProblem("name", "name-private", "warning")


def _in_names(character: str) -> bool:
    """A letter of any script with its marks, what Latin and Tibetan names have between letters, or a rare character."""
    code = ord(character)
    return (
        character.isalpha()
        or unicodedata.category(character).startswith("M")
        or character in "'’-〇་"
        or code in _RARE_PLANES
        or any(code in block for block in _PRIVATE)
    )


def _number_problems(number: str, today: date, regions: Container[str]) -> Iterator[DraftProblem]:
    if _OLD_NUMBER.fullmatch(number):
        yield DraftProblem("id_number", "id-old")
        return
    whole = normal_id_number(number)
    if whole is None:
        yield DraftProblem("id_number", "id-form", values=(("length", len(number)),))
        return
    for code in id_problems(whole, today=today, regions=regions):
        if code == "ID_REGION_UNKNOWN":
            yield DraftProblem("id_number", "id-region", "warning", (("code", whole[:6]),))
        else:
            yield DraftProblem("id_number", {"ID_CHECKSUM": "id-checksum", "ID_DATE": "id-date"}[code])
            return


def _born_problems(draft: PersonDraft, today: date) -> Iterator[DraftProblem]:
    if draft.born is None:
        return
    if draft.born > today:
        yield DraftProblem("born", "born-future")
        return
    whole = normal_id_number(draft.id_number)
    in_number = birth_date(whole) if whole else None
    if in_number is not None and in_number != draft.born:
        yield DraftProblem("born", "born-unlike", "warning", (("day", in_number.isoformat()),))


def _kind_problems(draft: PersonDraft) -> Iterator[DraftProblem]:
    if draft.single_pool and draft.insurance != "employee":
        yield DraftProblem("single_pool", "single-pool-only-employee")
    if len(draft.tier) > TIER_LENGTH or not draft.tier.isprintable():
        yield DraftProblem("tier", "tier-form", values=(("most", TIER_LENGTH),))


def is_sound(draft: PersonDraft, *, today: date, regions: Container[str], asked: Container[str] = ASKED) -> bool:
    """Whether a draft may be taken: nothing but warnings."""
    return not any(p.severity == "error" for p in draft_problems(draft, today=today, regions=regions, asked=asked))


def person_of(draft: PersonDraft, handle: str) -> Person:
    """The person that a sound draft describes."""
    draft = tidied(draft)
    return Person(
        handle,
        draft.insurance,
        draft.insured_place,
        draft.name,
        draft.id_number,
        draft.status,
        draft.insurance == "employee" and not draft.single_pool,
        draft.concession,
        draft.born,
        draft.tier,
        draft.phone,
        draft.suspended,
    )


def draft_of(person: Person) -> PersonDraft:
    """The draft that describes a person; `person_of` gives the person back."""
    return PersonDraft(
        person.name,
        person.id_number,
        person.phone,
        person.insurance,
        person.status,
        person.insurance == "employee" and not person.has_account,
        person.insured_place,
        person.concession,
        person.tier,
        person.suspended,
        person.born,
    )
