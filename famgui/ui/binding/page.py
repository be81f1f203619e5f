"""Bindings: the register at the left, a new binding with its checks at the right. Computes nothing."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from famgui.ui.binding.form import BindingForm
from famgui.ui.binding.register import RegisterModel, RegisterTable
from famgui.ui.binding.rows import CheckRow, RegisterRow
from famgui.ui.binding.viewmodel import BindingVM
from famgui.ui.shell.commands import Command
from famgui.ui.shell.i18n import tr
from famgui.ui.shell.page import Page, Shell
from famgui.ui.theme.metrics import GAP, GRID, fix_width, margins
from famgui.ui.widgets.basic import (
    Card,
    EmptyState,
    chip,
    clause_chip,
    clear,
    command_button,
    label,
    row,
    rule,
    set_chip,
)


class BindingPage(Page):
    """Who shares with whom until when; unbind; bind anew while every rule is checked."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell, tr("Binding"), tr("Who shares with whom, and until when"))
        self.vm = BindingVM(shell.desk)
        self.add_command(Command("binding.new", tr("New binding"), "Ctrl+N", self._begin))
        self._model = RegisterModel(shell.theme, self.vm.year)
        self.table = RegisterTable(shell.theme, self._model)
        self.form = BindingForm(self.vm)
        cards = QHBoxLayout()
        margins(cards, spacing=GAP)
        cards.addWidget(self._register_card(), 4)
        cards.addWidget(self._form_card(), 3)
        self.body.addLayout(cards, 1)
        self.vm.changed.connect(self._show_register)
        self.vm.checked.connect(self._show_form)
        self.vm.told.connect(lambda text: self.shell.toasts.show(text))
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._show_selected())
        self._show_register()
        self._show_form()

    def refresh(self) -> None:
        self.vm.reload()

    def _register_card(self) -> Card:
        card = Card(tr("Register"))
        self._whose, self._at_once, self._ever = label("", "dim"), chip(""), chip("")
        card.add_to_head(self._whose, self._at_once, self._ever)
        card.head.addStretch(1)
        card.body.addWidget(self.table, 1)
        self._empty = EmptyState(tr("No binding yet: fill in the form at the right."))
        card.body.addWidget(self._empty, 1)
        unbind = self.shell.commands.add(self.table, Command("binding.unbind", tr("Unbind"), "Del", self._unbind))
        unbind.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        note = label(tr("Ends every open binding of the two, from today."), "note", wrap=True)
        self._foot = row(command_button(unbind, "danger"), note, stretch_last=False)
        card.body.addWidget(self._foot)
        return card

    def _form_card(self) -> Card:
        card = Card(tr("New binding"))
        card.body.addWidget(self.form)
        self._nobody = EmptyState(tr("Nobody here has a personal account, so nothing can be shared."))
        card.body.addWidget(self._nobody, 1)
        card.body.addWidget(rule())
        self._checks_head = label(tr("Checks"), "heading")
        card.body.addWidget(self._checks_head)
        inner = QWidget()
        inner.setProperty("kind", "plain")
        self._checks = QVBoxLayout(inner)
        margins(self._checks, spacing=2)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setAccessibleName(tr("Checks"))
        self._scroll.setWidget(inner)
        card.body.addWidget(self._scroll, 1)
        self._refusals = label("", "problem", wrap=True)
        card.body.addWidget(self._refusals)
        save = self.shell.commands.add(self, Command("binding.save", tr("Save binding"), "Ctrl+Return", self.vm.save))
        self._hint = label("", "note", wrap=True)
        foot = QHBoxLayout()
        margins(foot, spacing=GAP)
        foot.addWidget(self._hint, 1)
        foot.addWidget(command_button(save, "primary"))
        card.body.addLayout(foot)
        return card

    def _begin(self) -> None:
        self.form.take_focus()

    def _unbind(self) -> None:
        chosen = self.table.current
        if isinstance(chosen, RegisterRow):
            self.vm.unbind(chosen)

    def _show_register(self) -> None:
        kept = self.table.current
        self._model.set_year(self.vm.year)
        self._model.set_rows(self.vm.register)
        header = self.table.horizontalHeader()
        self._model.sort(header.sortIndicatorSection(), header.sortIndicatorOrder())
        self.table.fit_columns()
        some = bool(self._model.rows)
        for widget in (self.table, self._foot):
            widget.setVisible(some)
        self._empty.setVisible(not some)
        if some:
            self.table.selectRow(self._place_of(kept))
        self._show_selected()

    def _place_of(self, kept: RegisterRow | None) -> int:
        """Where the row that was current stands now; the first row without one."""
        if kept is None:
            return 0
        pairs = [(one.authorizer_id, one.user_id, one.starts) for one in self._model.rows]
        wanted = (kept.authorizer_id, kept.user_id, kept.starts)
        return pairs.index(wanted) if wanted in pairs else 0

    def _show_selected(self) -> None:
        chosen = self.table.current
        chosen = chosen if isinstance(chosen, RegisterRow) else None
        self.shell.commands.enable("binding.unbind", chosen is not None and chosen.open)
        authorizer = chosen.authorizer_id if chosen else self.vm.draft.authorizer
        self._whose.setText(dict(self.vm.authorizers).get(authorizer, chosen.authorizer if chosen else ""))
        for target, text in zip((self._at_once, self._ever), self.vm.places(authorizer), strict=True):
            set_chip(target, text, "plain")
            target.setVisible(bool(text))

    def _show_form(self) -> None:
        possible = bool(self.vm.authorizers)
        for widget in (self.form, self._checks_head, self._scroll):
            widget.setVisible(possible)
        self._nobody.setVisible(not possible)
        self.form.fill()
        clear(self._checks)
        for check in self.vm.checks if possible else ():
            self._checks.addWidget(self._check_line(check))
        self._checks.addStretch(1)
        self._refusals.setText("\n".join(f"✗ {text}" for text in self.vm.refusals))
        self._refusals.setVisible(bool(self.vm.refusals))
        self._hint.setText(self._why_not())
        self.shell.commands.enable("binding.save", self.vm.can_save)
        self.shell.commands.enable("binding.new", possible)

    def _why_not(self) -> str:
        draft = self.vm.draft
        if not (draft.user and draft.relation):
            return tr("Choose a user and a relation: every rule is then checked here.")
        if not self.vm.can_save:
            return tr("What is marked ✗ must be mended first.")
        return tr("Recorded with today's date; a clause opens at its chip.")

    def _check_line(self, check: CheckRow) -> QWidget:
        made = QWidget()
        made.setProperty("kind", "plain")
        line = QHBoxLayout(made)
        margins(line, spacing=GRID)
        sign = label(check.mark, check.kind)
        sign.setAlignment(Qt.AlignmentFlag.AlignCenter)
        fix_width(sign, GAP)
        line.addWidget(sign)
        words = label(check.text, "note" if check.mark == "·" else "", wrap=True)
        words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        line.addWidget(words, 1)
        if check.weak:
            line.addWidget(chip(tr("Unconfirmed"), "warning"))
        if check.clause:
            line.addWidget(clause_chip(check.clause, self.shell.desk.open_clause))
        return made
