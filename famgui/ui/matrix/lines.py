"""Cells and lines of the comparison as they are shown, spoken and written into files."""

from dataclasses import dataclass

from famgui.ui.shell.i18n import tr


@dataclass(frozen=True, slots=True)
class Shown:
    """One cell of a table in words; `clause` "" where none stands behind it, `others` further clauses on the matter,
    `behind` those that its further figures rest on; `grade` that of the clause, `trust` the same in words; `timing`
    when a clause holds that is not in force on the day, `remarks` what is to be said of that and of doubts."""

    text: str
    clause: str = ""
    weak: bool = False
    others: tuple[str, ...] = ()
    quiet: bool = False
    figure: int | None = None
    timing: str = ""
    remarks: tuple[str, ...] = ()
    behind: tuple[str, ...] = ()
    grade: str = ""
    trust: str = ""

    @property
    def clauses(self) -> tuple[str, ...]:
        """Every clause on the matter, the one behind it first."""
        return tuple(dict.fromkeys(id for id in (self.clause, *self.behind, *self.others) if id))

    @property
    def spoken(self) -> str:
        """The cell for a screen reader, and for a file."""
        parts = [self.text, self.timing, self.clause, self.trust, tr("Unconfirmed") if self.weak else ""]
        parts += self.remarks
        if self.others:
            parts.append(tr("{count} more", count=len(self.others)))
        return tr(", ").join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class Line:
    """A row of either table: what stands before it, and its cells; `full` is the title in whole words, "" where it is
    the title."""

    title: str
    cells: tuple[Shown, ...]
    order: int
    same: bool = False
    full: str = ""

    @property
    def whole(self) -> str:
        """The title in whole words."""
        return self.full or self.title


@dataclass(frozen=True, slots=True)
class Detail:
    """A cell in full: whose it is, its words, whether they are unconfirmed, the clauses behind and beside it."""

    title: str
    text: str
    weak: bool
    clauses: tuple[tuple[str, str], ...]
    timing: str = ""
    remarks: tuple[str, ...] = ()


def exported(cell: Shown) -> tuple[str, str]:
    """A cell for a file: its words, and its clauses with every mark and remark."""
    marks = [cell.clause, *cell.behind, cell.timing, cell.trust, tr("Unconfirmed") if cell.weak else "", *cell.remarks]
    if cell.others:
        marks.append(tr("{count} more: {ids}", count=len(cell.others), ids=" ".join(cell.others)))
    return cell.text, tr(", ").join(mark for mark in marks if mark)
