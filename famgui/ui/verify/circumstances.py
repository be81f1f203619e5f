"""Whose receipt it is and under which circumstances: from the receipt, the ledger or the household, or told here."""

from PySide6.QtCore import QDate
from PySide6.QtWidgets import QGridLayout, QWidget

from famgui.domain.benefit import BENEFITS, LEVELS
from famgui.domain.money import format_amount, grouped
from famgui.domain.receipt.stated import Facts
from famgui.domain.settlement import DISEASES
from famgui.ui.shell.i18n import tr
from famgui.ui.shell.page import Shell
from famgui.ui.theme.metrics import GRID, margins
from famgui.ui.verify.viewmodel import VerifyVM
from famgui.ui.widgets.basic import label, row
from famgui.ui.widgets.day import DayEdit
from famgui.ui.widgets.fields import Choice, MoneyEdit
from famgui.ui.widgets.placelist import place_entries
from famgui.usecase.verify import rules_at
from famgui.usecase.verify_book import Recorded

_INSURED = {
    "active": ("employee", "active"),
    "retired": ("employee", "retired"),
    "flexible": ("employee", "flexible"),
    "resident": ("resident",),
}
_DESIGNATED = {"yes": True, "no": False}
_LEAST = 9
"""So many letters of a choice are always seen."""
_NO_DAY = QDate(1990, 1, 1)
"""Shown as "not told"."""


class Circumstances(QWidget):
    """Two columns of choices; every one says "not told" where nobody knows."""

    def __init__(self, shell: Shell, vm: VerifyVM) -> None:
        super().__init__()
        self.setProperty("kind", "plain")
        self._desk, self._vm = shell.desk, vm
        self._grid = QGridLayout(self)
        margins(self._grid, spacing=GRID - 2)
        self._grid.setHorizontalSpacing(GRID)
        for column in (1, 3):
            self._grid.setColumnStretch(column, 1)
        self._person, self._record, self._insured, self._place = Choice(), Choice(), Choice(), Choice()
        self._kind, self._level, self._designated, self._disease = Choice(), Choice(), Choice(), Choice()
        self._day = DayEdit(shell.desk.today)
        self._day.setMinimumDate(_NO_DAY)
        self._day.setSpecialValueText(tr("Not told"))
        self._pool, self._met = MoneyEdit(), MoneyEdit()
        self._day.setAccessibleName(tr("Date"))
        self._pool.setAccessibleName(tr("Pool paid before"))
        self._met.setAccessibleName(tr("Deductible met before"))
        self._limit = MoneyEdit()
        self._limit.setAccessibleName(tr("Disease limit left"))
        self._limit.setPlaceholderText(tr("Disease limit left"))
        self._disease.setAccessibleName(tr("Disease"))
        self._designated.setAccessibleName(tr("Designated"))
        self._kind.setAccessibleName(tr("Kind"))
        self._level.setAccessibleName(tr("Level"))
        fields: tuple[tuple[str, QWidget], ...] = (
            (tr("User"), self._person),
            (tr("Visit in the ledger"), self._record),
            (tr("Insurance"), self._insured),
            (tr("Insured place"), self._place),
            (tr("Kind"), row(self._kind, self._disease, self._limit, stretch_last=False)),
            (tr("Level"), row(self._level, self._designated, stretch_last=False)),
            (tr("Date"), row(self._day)),
            (tr("Year before it"), row(self._pool, self._met, stretch_last=False)),
        )
        for at, (title, editor) in enumerate(fields):
            words = label(title, "dim")
            words.setBuddy(editor)
            if not editor.accessibleName():
                editor.setAccessibleName(title)
            self._grid.addWidget(words, at // 2, 2 * (at % 2))
            self._grid.addWidget(editor, at // 2, 2 * (at % 2) + 1)
        choices = (self._person, self._record, self._insured, self._place, self._kind, self._level)
        for choice in (*choices, self._designated, self._disease):
            choice.setSizeAdjustPolicy(Choice.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            choice.setMinimumContentsLength(_LEAST)
        for choice, letters in ((self._kind, 7), (self._disease, 8), (self._level, 4), (self._designated, 6)):
            choice.setMinimumContentsLength(letters)  # two to a line
        self._disease.hide()  # until the kind of visit asks for it: the page is only as wide as it must be
        self._limit.hide()
        self._connect()

    def _connect(self) -> None:
        vm = self._vm
        self._person.picked.connect(vm.set_person)
        self._record.picked.connect(vm.set_record)
        self._insured.picked.connect(self._insured_picked)
        self._place.picked.connect(lambda value: vm.ask(place=value or None))
        self._kind.picked.connect(lambda value: vm.ask(kind=value or None))
        self._level.picked.connect(lambda value: vm.ask(level=value or None))
        self._designated.picked.connect(lambda value: vm.ask(designated=_DESIGNATED.get(str(value))))
        self._disease.picked.connect(lambda value: vm.ask(disease=value or None))
        self._limit.changed.connect(lambda: vm.ask(disease_limit=self._limit.fen))
        self._day.dateChanged.connect(self._day_picked)
        self._pool.changed.connect(lambda: vm.ask(used_pool=self._pool.fen))
        self._met.changed.connect(lambda: vm.ask(used_deductible=self._met.fen))

    def _insured_picked(self, value: object) -> None:
        insurance, *status = _INSURED.get(str(value), (None,))
        self._vm.ask(insurance=insurance, status=status[0] if status else None)

    def _day_picked(self, day: QDate) -> None:
        self._vm.ask(day=None if day == _NO_DAY else self._day.day)

    def show_facts(self) -> None:
        """Bring every control in line with what is known now."""
        vm, facts, word = self._vm, self._vm.facts, self._vm.teller.word
        unknown = ("", tr("Not told"))
        nobody = ("", tr("Not of this household"))
        self._choose(self._person, [nobody, *((p.id, self._desk.names[p.id]) for p in self._desk.persons)], vm.person)
        none = ("", tr("Not recorded"))
        recorded = vm.record.visit.id if vm.record is not None else ""
        self._choose(self._record, [none, *((one.visit.id, self._visit(one)) for one in vm.visits)], recorded)
        insured = [(key, " · ".join(map(word, pair))) for key, pair in _INSURED.items()]
        self._choose(self._insured, [unknown, *insured], _insured(facts) or "")
        self._choose(self._place, [unknown, *self._places(facts.place)], facts.place or "")
        self._choose(self._kind, [unknown, *((kind, word(kind)) for kind in BENEFITS)], facts.kind or "")
        self._choose(self._level, [unknown, *((level, word(level)) for level in LEVELS)], facts.level or "")
        self._level.setEnabled(facts.kind != "pharmacy")
        designated: list[tuple[object, str]] = [
            unknown,
            ("yes", tr("Designated")),
            ("no", tr("Facility not designated")),
        ]
        told = next((word for word, value in _DESIGNATED.items() if value is facts.designated), "")
        self._choose(self._designated, designated, told)
        self._choose(self._disease, [unknown, *((name, word(name)) for name in DISEASES)], facts.disease or "")
        self._disease.setVisible(facts.kind == "two-disease")
        self._limit.setVisible(facts.kind == "chronic")
        if self._limit.fen != facts.disease_limit:
            self._limit.setText("" if facts.disease_limit is None else format_amount(facts.disease_limit))
        self._day.blockSignals(True)
        self._day.setDate(_NO_DAY if facts.day is None else QDate(facts.day.year, facts.day.month, facts.day.day))
        self._day.blockSignals(False)
        used = None if vm.ledger is None else vm.ledger.used
        for edit, fen, known, title in (
            (self._pool, facts.used_pool, used and used.pool, tr("Pool")),
            (self._met, facts.used_deductible, used and used.all_levels, tr("Deductible")),
        ):
            if edit.fen != fen:
                edit.setText("" if fen is None else format_amount(fen))
            edit.setPlaceholderText(f"{title} {'?' if known is None else grouped(known)}")

    @staticmethod
    def _choose(choice: Choice, entries: list[tuple[object, str]], value: object) -> None:
        choice.set_entries(entries)
        choice.set_value(value)

    def _places(self, asked: str | None) -> list[tuple[object, str]]:
        packs = place_entries(self._desk)
        if asked and asked not in dict(packs) and rules_at(self._desk.library, asked) is not None:
            packs.insert(0, (asked, self._place_name(asked)))
        return packs

    def _place_name(self, place: str) -> str:
        """A place's name; of a code that only receipts use (430299), the city's with the code."""
        book = rules_at(self._desk.library, place)
        name = self._desk.place_name(place)
        return name if name != place or book is None else f"{self._desk.place_name(book.place)} {place}"

    def _visit(self, one: Recorded) -> str:
        total = grouped(one.done.split.total)
        name = "" if self._vm.person else f" · {self._desk.names.get(one.visit.patient, '')}"
        return f"{one.visit.date}{name} · {total}"


def _insured(facts: Facts) -> object:
    """The entry for how somebody is insured, None where it is not known whole."""
    return "resident" if facts.insurance == "resident" else facts.status if facts.insurance == "employee" else None
