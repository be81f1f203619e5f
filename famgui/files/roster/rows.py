"""The list's rows as values: each says what it says of an authorizer, of a user and of their binding."""

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, NamedTuple, TypeAlias

from famgui.base.toml_source import printable
from famgui.domain.identity import Relation
from famgui.domain.money import Fen
from famgui.domain.person import Concession, Insurance, Status
from famgui.domain.persondraft import normal_phone, tidy_name
from famgui.domain.problem import Severity
from famgui.files.roster.form import COLUMNS, Mapped
from famgui.files.roster.source import Grid
from famgui.files.roster.words import DOUBTFUL, LISTS, MALE, OPEN_END, meanings, offered
from famgui.files.workbook.cells import (
    Seen,
    SeenAmounts,
    counted_day,
    day,
    id_number,
    is_empty,
    text_of,
    whole_number,
    words,
)
from famgui.files.workbook.form import Cell, Places, Refused, plain

REPORT_EVERY = 256
"""After how many rows the work tells how far it is, and asks whether to go on."""
Report: TypeAlias = Callable[[int, int], None]


class Remark(NamedTuple):
    """One thing to tell about a row: its number as a spreadsheet counts, the column's key ("": the row), a wording key
    or a code of the domain with its values, how grave it is, the clause that says so, and whether that is unconfirmed.
    Errors hold the row back."""

    row: int
    column: str
    code: str
    values: tuple[tuple[str, object], ...] = ()
    severity: Severity = "error"
    clause: str = ""
    weak: bool = False


class Stated(NamedTuple):
    """What a row says of a person; None where it says nothing."""

    name: str | None = None
    id_number: str | None = None
    insurance: Insurance | None = None
    status: Status | None = None
    single_pool: bool | None = None
    insured_place: str | None = None
    phone: str | None = None
    current: Fen | None = None
    prior_years: Fen | None = None
    born: date | None = None
    tier: str | None = None
    concession: Concession | None = None
    suspended: date | None = None


@dataclass(frozen=True, slots=True)
class ListRow:
    """A row: `relation` is what the user is to the authorizer; without a user it speaks of the authorizer only.
    `bound_at` and `unbound_on` are of a binding that has a past; `sound`: every cell could be taken."""

    number: int
    authorizer: Stated
    user: Stated | None
    relation: Relation | None = None
    starts: date | None = None
    ends: date | None = None
    priority: int = 1
    proof: str = ""
    bound_at: datetime | None = None
    unbound_on: date | None = None
    sound: bool = True


def read_rows(
    grid: Grid, mapped: Mapped, places: Places, language: str, report: Report, total: int
) -> tuple[list[ListRow], list[Remark]]:
    """Every row of the file, and what is wrong with its cells; where a column is nowhere, every row says what is fixed
    for all. `report` is told the lines read of `total`."""
    remarks: list[Remark] = []
    columns = [(key, seen, mapped[key]) for key, seen in _columns(places, language).items()]
    fixed = {key: seen[grid.fixed[key]] for key, seen, place in columns if place < 0 and key in grid.fixed}
    found = [_row(number, cells, columns, fixed, remarks) for number, cells in _reported(grid, report, total)]
    return [row for row in found if row is not None], remarks


def _reported(grid: Grid, report: Report, total: int) -> Iterator[tuple[int, list[Cell]]]:
    for count, line in enumerate(grid.rows(), 1):
        if not count % REPORT_EVERY:
            report(count, total)
        yield line


_Columns: TypeAlias = list[tuple[str, Seen, int]]


def _row(
    number: int, cells: list[Cell], columns: _Columns, fixed: Mapping[str, Any], remarks: list[Remark]
) -> ListRow | None:
    values: dict[str, Any] = {}
    told = len(remarks)
    for key, seen, place in columns:
        try:
            values[key] = seen[cells[place]]
        except Refused as refused:
            values[key] = None
            remarks.append(Remark(number, key, refused.code, refused.values))
    no_person = _no_person(values, cells, columns)
    if no_person:
        remarks[told:] = [Remark(number, "", no_person, severity="info")]
        return None
    told_of = _stated("user", values) != _NOTHING or values["relation"] is not None
    for key, value in fixed.items():
        values[key] = value if told_of or not key.startswith("user.") else None
    user = _stated("user", values)
    row = ListRow(
        number,
        _stated("authorizer", values),
        None if user == _NOTHING and values["relation"] is None else user,
        values["relation"],
        values["starts"],
        values["ends"],
        values["priority"] or 1,
        values["proof"] or "",
        values["bound_at"],
        values["unbound_on"],
        sound=len(remarks) == told,
    )
    remarks.extend(_unlike_sex(row, cells, columns))
    return row


_NOTHING = Stated()
_EXAMPLES = ("示例", "example")
_SUMS = tuple(plain(word) for word in ("合计", "总计", "小计", "共计", "累计", "Total", "Sum"))
_FOOT = tuple(
    plain(word)
    for word in (
        *("签字", "签名", "签章", "盖章", "经办人", "制表", "填表", "填报", "审核", "负责人", "联系人"),
        *("以下空白", "备注：", "说明：", "注："),
    )
)
"""What a line says that stands below the people."""
_NUMBERS = ("authorizer.id_number", "user.id_number")
_TOLD = ("relation", "authorizer.insurance", "user.insurance")


def _no_person(values: Mapping[str, Any], cells: list[Cell], columns: _Columns) -> str:
    """What a line without an ID number is that names nobody: an example, a sum, a line below the list; else ""."""
    if not values["authorizer.id_number"] and plain(values["authorizer.name"] or "").startswith(_EXAMPLES):
        return "example-row"
    said = [plain(text_of(cell)) for cell in cells if not is_empty(cell)]
    if any(values[key] for key in (*_NUMBERS, *_TOLD)):
        return ""
    if said[0].startswith(_SUMS) or any(text in _SUMS for text in said):
        return "sum-row"
    numbers = (text_of(cells[place]) for key, _, place in columns if key in _NUMBERS)
    foot = any(word in text for text in said for word in _FOOT)
    return "foot-row" if foot and not any(sign.isdigit() for number in numbers for sign in number) else ""


def _unlike_sex(row: ListRow, cells: list[Cell], columns: _Columns) -> Iterator[Remark]:
    """A word for a man beside a woman's ID number, or the other way round."""
    place = next(place for key, _, place in columns if key == "relation")
    number = None if row.user is None else row.user.id_number
    word = text_of(cells[place])
    said = MALE.get(word.casefold())
    if number is not None and said is not None and said is not (int(number[_SEX]) % 2 == 1):
        who = (row.user.name if row.user else None) or ""
        yield Remark(row.number, "relation", "relation-sex", (("word", word), ("who", who)), "warning")


_SEX = 16
"""The digit of an ID number that is odd for men."""


def _stated(side: str, values: Mapping[str, Any]) -> Stated:
    found = {name: values.get(f"{side}.{name}") for name in Stated._fields if name not in ("insurance", "status")}
    insurance, status = values[f"{side}.insurance"] or (None, None)
    return Stated(**found, insurance=insurance, status=status)


def _columns(places: Places, language: str) -> dict[str, Seen]:
    """How the cells of every column are read."""

    def place(cell: Cell) -> str:
        return places.code(text_of(cell))

    def name_of(cell: Cell) -> str:
        return tidy_name(words(cell))

    name, number, phone, where = Seen(name_of, None), Seen(id_number, None), Seen(_phone, None), Seen(place, None)
    on, some = Seen(_day, None), Seen(words, None)
    plain_columns = {
        "name": name,
        "id_number": number,
        "phone": phone,
        "insured_place": where,
        "current": SeenAmounts(None),
        "prior_years": SeenAmounts(None),
        "born": on,
        "suspended": on,
        "tier": some,
    }
    found = {
        "starts": on,
        "ends": Seen(_last_day, None),
        "unbound_on": on,
        "bound_at": Seen(_moment, None),
        "priority": Seen(whole_number(1, 9999), None),
        "proof": some,
        "note": Seen(text_of, None),
        **{key: Seen(_choice(key, language), None) for key in LISTS},
    }
    return {key: found[key] if key in found else plain_columns[key.partition(".")[2]] for key in COLUMNS}


def _choice(column: str, language: str) -> Callable[[Cell], Any]:
    """One of a column's words; what may mean two of them is asked for."""

    def chosen(cell: Cell) -> Any:
        known, text = meanings(column), text_of(cell)
        for spelled in (_joined(text), plain(text)):
            if spelled in known:
                return known[spelled]
        if column == "relation" and plain(text) in DOUBTFUL:
            raise Refused("relation-doubtful", value=printable(text))
        raise Refused("choice", value=printable(text), words=" | ".join(offered(column, language)))

    return chosen


def _joined(text: str) -> str:
    """A word with what stands in brackets as a part of it: 职工（退休） is 职工退休."""
    return "".join(_BETWEEN.split(unicodedata.normalize("NFKC", text).casefold()))


_BETWEEN = re.compile(r"[\s()·/、]+")
_PHONE_SIGNS = re.compile(r"[\s\-()]+")


def _narrow(text: str) -> str:
    """Text with narrow digits and signs."""
    return unicodedata.normalize("NFKC", text).strip()


def _phone(cell: Cell) -> str:
    """A phone number in its one form; what is none, as its digits, a leading + kept."""
    typed = _narrow(words(cell))
    return normal_phone(typed) or _PHONE_SIGNS.sub("", typed)


def _day(cell: Cell) -> date:
    return counted_day(cell) or day(cell) if isinstance(cell, float) else day(cell)


def _last_day(cell: Cell) -> date | None:
    return None if isinstance(cell, str) and plain(cell) in OPEN_END else _day(cell)


def _moment(cell: Cell) -> datetime:
    """A moment without a zone; a day alone is its beginning."""
    if isinstance(cell, datetime):
        return cell.replace(tzinfo=None)
    if isinstance(cell, str):
        try:
            return datetime.fromisoformat(_narrow(cell)).replace(tzinfo=None)
        except ValueError:
            pass
    return datetime.combine(_day(cell), time())
