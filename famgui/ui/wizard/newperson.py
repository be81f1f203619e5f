"""The form of somebody new within the wizard: Enter goes from line to line, the ID number fills in what it tells."""

from collections.abc import Container

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from famgui.domain.account import Balance
from famgui.domain.binding_wish import Known, Party
from famgui.domain.identity import normal_id_number
from famgui.domain.person import province
from famgui.domain.persondraft import DraftField, PersonDraft, tidy_number
from famgui.policy.library import NoRuleBook
from famgui.ui.shell.desk import Desk
from famgui.ui.shell.i18n import tr
from famgui.ui.theme.metrics import GRID, margins
from famgui.ui.widgets.basic import Card, button, label, row
from famgui.ui.widgets.fields import Field, MoneyEdit, masked
from famgui.ui.widgets.personform import PersonForm
from famgui.ui.widgets.placechoice import PlaceChoice
from famgui.ui.wizard.rows import Blame

_LINES: tuple[DraftField, ...] = ("name", "id_number", "phone")


class NewPerson(QWidget):
    """A form and, with `money`, what the account holds. `typed(draft)` and `held(balance)` after every change;
    `known_wanted(Known)` when somebody of the book is taken instead."""

    typed = Signal(object)
    held = Signal(object)
    known_wanted = Signal(object)

    def __init__(self, desk: Desk, party: Party, asked: Container[DraftField], *, money: bool, place: str) -> None:
        super().__init__()
        self.setProperty("kind", "plain")
        assert party.draft is not None
        self._desk, self._home, self.handle = desk, place, party.handle
        self._guessing = party.draft.insured_place == place
        self.form = PersonForm(desk, party.draft, asked=asked)
        self._current, self._prior = (MoneyEdit(fen or None) for fen in party.balance)
        self._current.setAccessibleName(tr("Account balance, this year"))
        self._prior.setAccessibleName(tr("Account balance, prior years"))
        words = (label(tr("this year"), "note"), label(tr("prior years"), "note"))
        self.money = Field(tr("Account balance"), row(self._current, words[0], self._prior, words[1]))
        column = QVBoxLayout(self)
        margins(column, spacing=GRID)
        self._known: Known | None = None
        self._known_text = label("", "heading", wrap=True)
        self.take_known = button(tr("Take the one who is there"), "", self._take_known)
        self._known_card = Card()
        self._known_card.setProperty("kind", "amber")
        self._known_card.body.addWidget(self._known_text)
        self._known_card.body.addWidget(row(self.take_known))
        self._known_card.hide()
        column.addWidget(self._known_card)
        column.addWidget(self.form)
        column.addWidget(self.money)
        self._wants_money = money
        self._pointed: tuple[Blame, PersonDraft] | None = None
        self._show_money(party.draft)
        self.form.changed.connect(self._typed)
        for edit in (self._current, self._prior):
            edit.changed.connect(self._held)

    def take_focus(self) -> None:
        """Begin at the first line that is empty."""
        draft = self.form.draft
        empty = next((name for name in _LINES if not getattr(draft, name)), "name")
        self.form.fields[empty].editor.setFocus()

    def enter(self) -> bool:
        """Go to the next line; whether there is one."""
        lines = self._lines()
        focus = QApplication.focusWidget()
        if focus not in lines:
            return False
        at = lines.index(focus)
        if at + 1 == len(lines):
            return False
        lines[at + 1].setFocus()
        lines[at + 1].selectAll()
        return True

    def point(self, blame: Blame) -> bool:
        """Go to the field that is wrong and say why there; False where that has been said of what stands there now."""
        if blame.where == "form":
            self.form.show_problems()
            return True
        name: DraftField = "phone" if blame.where == "phone" else "id_number"
        line = self.form.fields[name].editor
        again = self._pointed == (blame, self.form.draft)
        self._pointed = (blame, self.form.draft)
        self.form.say(name, blame.text)
        line.setFocus()
        return not again

    def show_known(self, known: Known | None) -> None:
        """Say that somebody of the book has this ID number, and offer them; None: nobody has."""
        self._known = known
        if known is not None:
            one = known.person
            self._known_text.setText(
                tr(
                    "{name} ({number}, {title}) is in the book already.",
                    name=one.name,
                    number=masked(one.id_number),
                    title=known.title,
                )
            )
        self._known_card.setVisible(known is not None)

    def _take_known(self) -> None:
        if self._known is not None:
            self.known_wanted.emit(self._known)

    def _lines(self) -> list[QLineEdit]:
        """The lines through which Enter goes."""
        found = [self.form.fields[name].editor for name in _LINES]
        lines = [one if isinstance(one, QLineEdit) else one.focusProxy() for one in found]
        if not self.money.isHidden():
            lines.append(self._current)
        return [line for line in lines if isinstance(line, QLineEdit)]

    def _typed(self) -> None:
        self._guess_place()
        draft = self.form.draft
        self._show_money(draft)
        self.typed.emit(draft)

    def _guess_place(self) -> None:
        """An ID number of this province begins with the place of the household register: where most people are
        insured. A place that was chosen stays."""
        editor = self.form.fields["insured_place"].editor
        if not isinstance(editor, PlaceChoice) or not self._guessing:
            return
        if editor.code != self._home:
            self._guessing = False
            return
        number = normal_id_number(tidy_number(self.form.draft.id_number))
        if number is None or province(number) != province(self._home):
            return
        self._guessing = False
        city = number[:4] + "00"
        if city == self._home[:4] + "00" or not self._has_rules(city):
            return
        editor.set_code(city)
        editor.changed.emit()
        said = tr("Guessed from the ID number: {place}. Look again.", place=self._desk.place_name(city))
        self.form.say("insured_place", said, mild=True)

    def _has_rules(self, city: str) -> bool:
        try:
            self._desk.library.chain(city)
        except NoRuleBook:
            return False
        return True

    def _show_money(self, draft: PersonDraft) -> None:
        self.money.setVisible(self._wants_money and draft.insurance == "employee" and not draft.single_pool)

    def _held(self) -> None:
        wrong = [edit for edit in (self._current, self._prior) if edit.text().strip() and edit.fen is None]
        self.money.say(tr("An amount in yuan, such as 1200.50.") if wrong else "", *wrong)
        self.held.emit(Balance(self._current.fen or 0, self._prior.fen or 0))
