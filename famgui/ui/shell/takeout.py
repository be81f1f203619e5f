"""A household out of the book again: an import taken back while nothing has followed, a household deleted whole."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from PySide6 import QtWidgets
from PySide6.QtCore import Qt

from famgui.ui.shell.desk import Desk
from famgui.ui.shell.i18n import tr
from famgui.ui.shell.toasts import Toasts

_NAMED = 6
"""So many persons or records are named; the rest is counted."""


def ask(
    window: QtWidgets.QWidget, text: str, more: str, stay: str, way: tuple[str, Callable[[], object]]
) -> QtWidgets.QMessageBox:
    """A question with two verbs: to let it be, which Enter and Esc take, and the other `way`."""
    box = QtWidgets.QMessageBox(QtWidgets.QMessageBox.Icon.Question, tr("famgui"), text, parent=window)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setInformativeText(more)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    left = box.addButton(stay, QtWidgets.QMessageBox.ButtonRole.RejectRole)
    go = box.addButton(way[0], QtWidgets.QMessageBox.ButtonRole.ActionRole)
    box.setDefaultButton(left)
    box.setEscapeButton(left)
    go.clicked.connect(lambda: way[1]())
    box.open()
    return box


def listed(names: Sequence[str]) -> str:
    """Names in a row, only so many of them."""
    shown = tr(", ").join(dict.fromkeys(names[:_NAMED]))
    return shown if len(names) <= _NAMED else tr("{names} and {count} more", names=shown, count=len(names) - _NAMED)


class TakeOut:
    """Takes households out of the book; `leave` saves what is half-done on the pages before that, `gone`
    is called once some have gone."""

    def __init__(self, desk: Desk, window: QtWidgets.QWidget, toasts: Toasts, tell: Callable[[str], None]) -> None:
        self._desk, self._window, self._toasts, self._tell = desk, window, toasts, tell
        self.leave: Callable[[], object] = lambda: None
        self.gone: Callable[[], object] = lambda: None

    def take_back(self, households: Sequence[int], before: int | None) -> None:
        """Take an import back; `before` is the household that was at hand before it."""

        def taken(answer: Any) -> None:
            if answer.held:
                self._tell("\n".join(self._why_followed(one) for one in answer.held[:_NAMED]))
                return
            self._gone(answer, before)
            self._toasts.show(tr("The import is taken back"))

        self._run(tr("Taking the import back"), households, taken, untouched=True)

    def ask_delete(self) -> None:
        """Ask whether the household at hand is to go, and say what goes with it, or why it stays."""
        desk, uses = self._desk, self._desk.services.usecases()
        book, live = desk.book, desk.live
        if book is not None and live is not None:
            desk.ops.run(tr("Looking what it would do"), lambda _: uses.leaving_of(book, live.id), self._ask)

    def _ask(self, found: Any) -> None:
        if found.since:
            self._tell(self._why_not(found))
            return
        held = found.contents
        more = [
            tr("{count} persons: {names}", count=held.persons, names=listed(found.names)),
            tr(
                "{bindings} bindings, {events} imported records, {postings} postings, {papers} proof files",
                bindings=held.bindings,
                events=held.events,
                postings=held.postings,
                papers=held.papers,
            ),
            tr("All of it goes. Backups made before still hold it."),
        ]
        title = self._desk.labels.get(found.id, found.title)
        question = tr("Delete the household {title}?", title=title)
        way = (tr("Delete household"), partial(self._delete, found.id))
        ask(self._window, question, "\n".join(more), tr("Do not delete"), way)

    def _delete(self, household: int) -> None:
        def deleted(answer: Any) -> None:
            if answer.held:
                self._tell(self._why_not(answer.held[0]))
                return
            self._gone(answer, None)
            # A proof file is not kept in memory for ten seconds: without one all of it can come back.
            again = [] if answer.gone[0].contents.papers else [(tr("Undo"), partial(self._bring_back, answer.gone))]
            self._toasts.show(tr("Deleted {name}", name=answer.gone[0].title), again)

        self._run(tr("Deleting"), [household], deleted)

    def _run(
        self, label: str, households: Sequence[int], done: Callable[[Any], None], *, untouched: bool = False
    ) -> None:
        uses, book, now = self._desk.services.usecases(), self._desk.book, datetime.now().astimezone()
        if book is not None:
            self.leave()
            self._desk.ops.run(label, lambda _: uses.take_out(book, households, now=now, untouched=untouched), done)

    def _bring_back(self, gone: Sequence[Any]) -> None:
        desk, uses, now = self._desk, self._desk.services.usecases(), datetime.now().astimezone()
        book = desk.book

        def back(answer: tuple[int, Any]) -> None:
            desk.reload(answer[0])
            desk.ops.changed.emit(answer[1], self)
            self._toasts.show(tr("{name} is back", name=gone[-1].title))

        if book is not None:
            work = tr("Bringing it back")
            desk.ops.run(work, lambda _: uses.bring_back(book, desk.library.book, gone, now=now), back)

    def _gone(self, answer: Any, before: int | None) -> None:
        self.gone()  # ids are given again
        self._desk.reload(before)
        self._desk.ops.changed.emit(answer.changes, self)

    def _why_followed(self, found: Any) -> str:
        title = self._desk.labels.get(found.id, found.title)
        if found.since:
            return tr("{title}: {records} came after the import.", title=title, records=self._records(found))
        return tr("{title} has been changed since the import; it can only be deleted.", title=title)

    def _why_not(self, found: Any) -> str:
        said = tr(
            "{title} cannot be deleted: {count} records came after it was imported or founded ({records}). Records"
            " stay, for accounts must add up; a person can be made anonymous on the page of people.",
            title=self._desk.labels.get(found.id, found.title),
            count=len(found.since),
            records=self._records(found),
        )
        bound = all(one.type in ("bind", "unbind", "amend", "reorder") for one in found.since)
        return (
            f"{said}\n{tr('What was just recorded about bindings can be undone in the register.')}" if bound else said
        )

    def _records(self, found: Any) -> str:
        say = self._desk.wording.say
        return listed([f"{say('report', f'event-{one.type}')} {one.day}" for one in found.since])
