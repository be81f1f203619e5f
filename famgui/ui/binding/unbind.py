"""Before pairs are unbound: what it does, what stays, whether the place lets it go yet, and why it is done."""

from functools import partial

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from famgui.ui.binding.changing import ChangesVM
from famgui.ui.shell.commands import native_keys
from famgui.ui.shell.i18n import tr
from famgui.ui.shell.page import Shell
from famgui.ui.theme.metrics import GRID, margins
from famgui.ui.widgets.basic import button, clause_chip, clear, command_button, foot, label, row
from famgui.ui.widgets.fields import Field
from famgui.ui.widgets.flow import Flow
from famgui.usecase.binding_change import Ending

_LONGEST = 100


def usual_reasons() -> tuple[str, ...]:
    """Why people unbind, the most frequent reason first; none of them is taken for granted."""
    return (
        tr("no longer needed"),
        tr("another authorizer"),
        tr("not family now"),
        tr("insured elsewhere"),
        tr("died"),
        tr("mistake"),
    )


class UnbindPanel(QWidget):
    """Ctrl+Enter unbinds, Esc leaves all as it is."""

    def __init__(self, shell: Shell, vm: ChangesVM, confirm: QAction, drop: QAction) -> None:
        super().__init__()
        self.setProperty("kind", "plain")
        self._shell, self._vm = shell, vm
        self._title = label("", "heading")
        self._effects = QVBoxLayout()
        margins(self._effects, spacing=2)
        self.reason = QLineEdit()
        self.reason.setMaxLength(_LONGEST)
        self.reason.setPlaceholderText(tr("Choose a reason, or write it"))
        self.reason.textEdited.connect(vm.set_reason)
        self._field = Field(tr("Reason"), self.reason)
        usual = QWidget()
        usual.setProperty("kind", "plain")
        flow = Flow(usual, spacing=0)
        for reason in usual_reasons():
            flow.addWidget(button(reason, "link", partial(self._take, reason)))
        self._confirm = button(f"{tr('Unbind')}  {native_keys(confirm.shortcut().toString())}", "primary", vm.confirm)
        self._confirm.setAccessibleName(tr("Unbind"))
        column = QVBoxLayout(self)
        margins(column, spacing=GRID)
        column.addWidget(self._title)
        column.addLayout(self._effects)
        column.addWidget(self._field)
        column.addWidget(usual)
        column.addStretch(1)
        column.addLayout(foot(command_button(drop), self._confirm))

    def show_endings(self) -> None:
        """Show what would be done to each pair."""
        endings = self._vm.endings
        self._title.setText(
            self._pair(endings[0]) if len(endings) == 1 else tr("Unbind {count} bindings", count=len(endings))
        )
        if self.reason.text() != self._vm.reason:
            self.reason.setText(self._vm.reason)
        missing = not self._vm.reason.strip()
        said = missing and self.reason.isModified()
        self._field.say(tr("Say why; the reason is kept in the register.") if said else "")
        self._confirm.setEnabled(self._vm.ready)
        clear(self._effects)
        for found in endings:
            for widget in self._lines(found) if len(endings) == 1 else self._short(found):
                self._effects.addWidget(widget)
        if len(endings) > 1:
            day = endings[0].event.date.isoformat()
            text = tr("At once, from {day}, these accounts pay nothing more for these users.", day=day)
            self._effects.addWidget(label(f"· {text}", "dim", wrap=True))
        if self._vm.others:
            text = tr("{count} more are of other households; unbind those from there.", count=self._vm.others)
            self._effects.addWidget(label(f"· {text}", "note", wrap=True))

    def take_focus(self) -> None:
        """Begin with the reason, which nobody has given yet."""
        self.reason.setModified(False)
        self._field.say("")
        self.reason.setFocus()

    def _pair(self, found: Ending) -> str:
        names = self._shell.desk.names
        authorizer, user = names[found.event.authorizer], names[found.event.user]
        return tr("Unbind {authorizer} → {user}", authorizer=authorizer, user=user)

    def _short(self, found: Ending) -> list[QWidget]:
        """One of several pairs."""
        names = self._shell.desk.names
        who = label(f"{names[found.event.authorizer]} → {names[found.event.user]}")
        return [who] if found.refused is None else [who, *self._refusal(found)]

    def _lines(self, found: Ending) -> list[QWidget]:
        if found.refused is not None:
            return self._refusal(found)
        names = self._shell.desk.names
        authorizer, user = names[found.event.authorizer], names[found.event.user]
        day = found.event.date.isoformat()
        values = {"authorizer": authorizer, "user": user, "day": day}
        said = [
            tr(
                "At once, from {day}: {authorizer}'s account pays no bill and no premium of {user}.",
                **values,
            ),
        ]
        listed = tr(", ").join(self._shell.desk.names[who] for who in found.others)
        others = tr("Nobody shares with {user} afterwards.", user=user)
        if listed:
            others = tr("{names} still pays for {user}.", names=listed, user=user)
        said.append(" ".join((tr("What is recorded stays as it is."), others)))
        return [label(f"· {text}", "dim", wrap=True) for text in said]

    def _refusal(self, found: Ending) -> list[QWidget]:
        assert found.refused is not None
        lines: list[QWidget] = [label(f"✗ {self._shell.desk.why_not(found.refused)}", "problem", wrap=True)]
        if found.free is not None:
            text = label(tr("It may be unbound from {day}.", day=found.free.isoformat()), "dim")
            chips = [clause_chip(found.rule.clause, self._shell.desk.open_clause)] if found.rule.clause else []
            lines.append(row(text, *chips))
        return lines

    def _take(self, reason: str) -> None:
        self._vm.set_reason(reason)
        self._confirm.setFocus()
