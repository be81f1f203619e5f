"""One recorded visit read in full: who paid, the bill, why, what was taken back where, and who did what when."""

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout, QWidget

from famgui.domain.household import Refund
from famgui.domain.money import grouped
from famgui.ui.records.moves import refund_moves, went_back
from famgui.ui.records.parts import amount, moves_grid, problem_line, scrolling, step_line
from famgui.ui.records.rows import state_words
from famgui.ui.records.viewmodel import RecordsVM
from famgui.ui.shell.i18n import tr
from famgui.ui.shell.page import Shell
from famgui.ui.theme.metrics import GAP, GRID, margins
from famgui.ui.widgets.basic import Card, ChipKind, EmptyState, chip, clear, figure, label, rule, set_chip
from famgui.ui.widgets.payers import Dot, Part, PayersBar
from famgui.ui.widgets.visit_words import class_of, facility_words, kind_words, payer_word
from famgui.usecase.recorded import AuditLine, VisitRecord
from famgui.usecase.sheet import payers

_STATE_KINDS: dict[str, ChipKind] = {"settled": "accent", "partly": "warning", "part-back": "warning", "back": "plain"}


class Detail(Card):
    """The visit that is looked at."""

    def __init__(self, shell: Shell, vm: RecordsVM) -> None:
        super().__init__()
        self._shell, self._vm = shell, vm
        self._title = label("", "heading", wrap=True)
        self._state = chip("")
        self.head.addWidget(self._title, 1)
        self.head.addWidget(self._state, alignment=Qt.AlignmentFlag.AlignTop)
        self._facts = label("", "note", wrap=True)
        self.body.addWidget(self._facts)
        inside = QWidget()
        self._column = QVBoxLayout(inside)
        margins(self._column, spacing=GRID)
        self._area = scrolling(inside, tr("Recorded visit"))
        self.body.addWidget(self._area, 1)

    def show_record(self) -> None:
        """Show the visit that is looked at now."""
        clear(self._column)
        record = self._vm.record
        self._state.setVisible(record is not None)
        self._facts.setVisible(record is not None)
        if record is None:
            self._title.setText("")
            self._column.addWidget(EmptyState(tr("Choose a visit at the left to read it here.")))
            return
        desk, visit = self._shell.desk, record.visit
        name = desk.names.get(visit.patient, visit.patient)
        self._title.setText(f"{name} · {visit.date.isoformat()} · {kind_words(visit, desk.wording)}")
        set_chip(self._state, state_words(record.state), _STATE_KINDS[record.state])
        facts = (facility_words(visit.facility, desk.wording), tr("No. {id}", id=visit.id))
        self._facts.setText(" · ".join(facts))
        if record.other_rules:
            self._column.addWidget(self._other_rules())
        self._add_payers(record)
        self._add_section(tr("Bill"), self._bill(record))
        if record.refunds:
            self._add_section(tr("Taken back"), self._refunds(record))
        self._add_why(record)
        self._add_section(tr("What was done"), self._trail())
        self._column.addStretch(1)
        self._area.verticalScrollBar().setValue(0)

    def _other_rules(self) -> QFrame:
        frame = QFrame()
        frame.setProperty("kind", "amber")
        column = QVBoxLayout(frame)
        margins(column, horizontal=GRID, vertical=GRID)
        column.addWidget(label(tr("! Recorded under other rules"), "heading"))
        words = tr(
            "The packs at hand no longer give these figures, which stand as they were recorded. "
            "Refunds and new records wait until the packs of that time are back."
        )
        column.addWidget(label(words, "warning", wrap=True))
        return frame

    def _add_section(self, title: str, content: QWidget | QGridLayout | QVBoxLayout) -> None:
        self._column.addWidget(rule())
        self._column.addWidget(label(title, "heading"))
        if isinstance(content, QWidget):
            self._column.addWidget(content)
        else:
            self._column.addLayout(content)

    def _add_payers(self, record: VisitRecord) -> None:
        """Who pays as picture and figures; after a whole refund who had paid."""
        desk = self._shell.desk
        lines = payers(record.shown)
        named = [(line, payer_word(line.role, desk.names.get(line.account, line.account))) for line in lines]
        bar = PayersBar(self._shell.theme)
        spoken = ", ".join(f"{name} {grouped(line.amount)}" for line, name in named)
        bar.show_parts([Part(line.role, name, line.amount) for line, name in named], spoken)
        grid = QGridLayout()
        margins(grid, spacing=GRID // 2)
        grid.setHorizontalSpacing(GAP)
        grid.setColumnStretch(1, 1)
        for number, (line, name) in enumerate(named):
            grid.addWidget(Dot(self._shell.theme, line.role), number, 0)
            grid.addWidget(label(name, wrap=True), number, 1)
            grid.addWidget(figure(grouped(line.amount)), number, 2)
            left = "" if line.left is None else tr("left {amount}", amount=grouped(line.left))
            grid.addWidget(amount(left, "note"), number, 3)
        if record.state == "back":
            self._column.addWidget(label(tr("Taken back whole; this is what had been paid:"), "note", wrap=True))
        self._column.addWidget(bar)
        self._column.addLayout(grid)

    def _bill(self, record: VisitRecord) -> QGridLayout:
        grid = QGridLayout()
        margins(grid, spacing=GRID // 2)
        grid.setHorizontalSpacing(GAP)
        grid.setColumnStretch(0, 1)
        bill = record.as_it_stands.items
        for number, item in enumerate(bill):
            grid.addWidget(label(item.name, wrap=True), number, 0)
            grid.addWidget(label(class_of(item), "dim"), number, 1)
            grid.addWidget(amount(grouped(item.amount)), number, 2)
        grid.addWidget(label(tr("Total"), "heading"), len(bill), 0)
        grid.addWidget(amount(grouped(record.shown.split.total), "heading"), len(bill), 2)
        return grid

    def _refunds(self, record: VisitRecord) -> QVBoxLayout:
        """Every refund: when, why, and each amount back where it came from."""
        column = QVBoxLayout()
        margins(column, spacing=GRID // 2)
        names = self._shell.desk.names
        for number, outcome in enumerate(record.refunds):
            refund = outcome.event
            assert isinstance(refund, Refund) and outcome.reversed is not None
            reason = refund.reason or tr("no reason given")
            column.addWidget(label(f"{refund.date.isoformat()} · {refund.id} · {reason}", wrap=True))
            column.addLayout(moves_grid(refund_moves(outcome), self._shell.desk, self._shell.theme))
            for role, account, into in went_back(record, number):
                buckets = ((tr("This year"), into.current), (tr("Prior years"), into.prior_years))
                parts = tr(", ").join(f"{bucket} {grouped(fen)}" for bucket, fen in buckets if fen)
                words = payer_word(role, names.get(account, account))
                column.addWidget(label(tr("Back to {payer}: {parts}", payer=words, parts=parts), "note", wrap=True))
            if outcome.settlement is not None:
                words = tr("Then what was left of the bill was settled anew in its place.")
                column.addWidget(label(words, "note", wrap=True))
        return column

    def _add_why(self, record: VisitRecord) -> None:
        column = QVBoxLayout()
        margins(column, spacing=2)
        desk = self._shell.desk
        for number, step in enumerate(record.shown.steps, 1):
            column.addWidget(step_line(number, step, desk))
        for problem in record.shown.problems:
            column.addWidget(problem_line(problem, desk))
        self._add_section(tr("Why"), column)

    def _trail(self) -> QVBoxLayout:
        column = QVBoxLayout()
        margins(column, spacing=2)
        for words in self._trail_words(self._vm.trail):
            column.addWidget(label(words, "note", wrap=True))
        return column

    def _trail_words(self, lines: tuple[AuditLine, ...]) -> Iterator[str]:
        if not any(line.action.endswith("visit") for line in lines):
            yield tr("Came with the household when it was imported.")
        done = {
            "record visit": tr("Visit recorded"),
            "record refund": tr("Refund recorded"),
            "undo refund": tr("Taken back by undo"),
            "undo visit": tr("Recorded again by undo"),
            "correct refund": tr("Taken back to be corrected"),
        }
        for line in lines:
            moment = line.at.astimezone().strftime("%Y-%m-%d %H:%M")
            yield f"{moment} · {done.get(line.action, line.action)} · {line.detail}"
