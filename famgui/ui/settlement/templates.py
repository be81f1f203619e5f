"""Usual bills under a name: three that come with the program, and those kept in the book. QtCore only."""

import tomllib
from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime
from typing import NamedTuple

from PySide6.QtCore import QObject, Signal

from famgui.base.paths import resources
from famgui.ui.settlement.draft import ItemDraft, items_from
from famgui.ui.shell.desk import Desk
from famgui.ui.shell.i18n import tr

_KIND = "template"


class Template(NamedTuple):
    """A usual bill: its name, its lines, its draft in the book (None: it comes with the program)."""

    name: str
    items: tuple[ItemDraft, ...]
    draft_id: int | None = None


class Templates(QObject):
    """The usual bills of a book, by name; names are unique. `changed` when one was kept or dropped."""

    changed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._shipped = _shipped(desk.wording.language)
        self._book, self._own = desk.book, self._load()
        desk.changed.connect(self._follow)

    @property
    def shipped(self) -> tuple[Template, ...]:
        """Those that come with the program."""
        return self._shipped

    @property
    def own(self) -> tuple[Template, ...]:
        """Those kept in the book, by name."""
        return tuple(sorted(self._own, key=lambda template: template.name))

    def why_not(self, name: str) -> str:
        """Why a bill cannot be kept under this name, "" when it can."""
        if not name.strip():
            return tr("Give the template a name.")
        taken = {template.name.casefold() for template in (*self._shipped, *self._own)}
        if name.strip().casefold() in taken:
            return tr("There is a template of this name already; choose another one.")
        return ""

    def keep(self, name: str, items: tuple[ItemDraft, ...], done: Callable[[], object]) -> None:
        """Keep a bill under a name that `why_not` has nothing against; `done` once it is in the book."""
        book, uses, now = self._desk.book, self._desk.services.usecases(), datetime.now().astimezone()
        if book is None:
            return
        body = {"name": name.strip(), "items": [asdict(item) for item in items]}

        def kept(saved: tuple[int, object]) -> None:
            self._own = (*self._own, Template(name.strip(), items, saved[0]))
            self.changed.emit()
            done()

        self._desk.ops.run(tr("Saving the template"), lambda _: uses.save_draft(book, _KIND, body, now=now), kept)

    def drop(self, template: Template, done: Callable[[], object]) -> None:
        """Forget a template of the book's own; `done` once it is gone."""
        book, uses, now = self._desk.book, self._desk.services.usecases(), datetime.now().astimezone()
        if book is None or template.draft_id is None:
            return
        gone = template.draft_id

        def dropped(_: object) -> None:
            self._own = tuple(own for own in self._own if own.draft_id != gone)
            self.changed.emit()
            done()

        self._desk.ops.run(tr("Saving the template"), lambda _: uses.drop_draft(book, gone, now=now), dropped)

    def _follow(self) -> None:
        """Another book has other templates."""
        if self._book is not self._desk.book:
            self._book, self._own = self._desk.book, self._load()
            self.changed.emit()

    def _load(self) -> tuple[Template, ...]:
        if self._desk.book is None:
            return ()
        found = []
        for draft in self._desk.services.usecases().load_drafts(self._desk.book, _KIND):
            name, items = draft.body.get("name"), items_from(draft.body.get("items"))
            if isinstance(name, str) and items:
                found.append(Template(name, items, draft.id))
        return tuple(found)


def _shipped(language: str) -> tuple[Template, ...]:
    text = (resources() / "templates" / "bills.toml").read_text("utf-8")
    tables = tomllib.loads(text)["template"]
    return tuple(Template(table["name"][language], items_from(table["items"]) or ()) for table in tables)
