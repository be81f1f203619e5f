"""Does it keep books: the oldest one is brought up to date, and what is recorded is there when it is opened again."""

import shutil
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from famgui.domain.money import format_amount, parse_amount
from famgui.domain.settlement import Visit
from famgui.files.casefile import read_case
from famgui.store.copies import copies_of, folder_of
from famgui.store.facts import look
from famgui.store.upgrade import HEAD, revision
from famgui.usecase.household import import_household, summaries
from famgui.usecase.ledger import accounts
from famgui.usecase.record import record_event, undo
from famgui.usecase.selftest.ground import Ground
from famgui.usecase.selftest.settle import expected

_CASE = "case01.toml"


def old_book(ground: Ground) -> None:
    """The oldest book that ever was opens, after a backup, with today's schema, its households, and nothing wrong."""
    oldest = min(ground.shipped.glob("book-*.sqlite"), default=None)
    if oldest is None:
        ground.fail("nothing-there", path=ground.shipped / "book-*.sqlite")
    path = ground.folder("old") / "book.sqlite"
    shutil.copyfile(oldest, path)
    before = revision(path)
    with closing(ground.open_book(path)) as book:
        count = len(summaries(book))
    if revision(path) != HEAD or before == HEAD:
        ground.fail("not-at-head", before=before, after=revision(path), head=HEAD)
    kept = [copy.path for copy in copies_of(path) if copy.reason == "upgrade"]
    if len(kept) != 1 or look(kept[0]).schema != before:
        ground.fail("no-backup", path=folder_of(path))
    if not count:
        ground.fail("no-household")
    _sound(ground, path)


def record_and_undo(ground: Ground) -> None:
    """A settlement is recorded, is there when the book is opened again, and can be taken back."""
    case = ground.shipped / "cases" / _CASE
    household = read_case(case)
    visit = next(event for event in household.events if isinstance(event, Visit))
    path, rules_of = ground.folder("new") / "book.sqlite", ground.library().book
    with closing(ground.open_book(path)) as book:
        home, _ = import_household(book, rules_of, replace(household, events=()), "selftest", now=ground.now)
        given = {line.handle: line.total for line in accounts(book, home)}
        if not record_event(book, rules_of, home, visit, now=ground.now).recorded:
            ground.fail("not-recorded")
    wanted = {who: sum(map(parse_amount, row.values())) for who, row in expected(case)["accounts"].items()}
    with closing(ground.open_book(path)) as book:
        _same(ground, {line.handle: line.total for line in accounts(book, home)}, wanted)
        if not undo(book, rules_of, home, visit.id, now=ground.now).recorded:
            ground.fail("not-undone")
    with closing(ground.open_book(path)) as book:
        _same(ground, {line.handle: line.total for line in accounts(book, home)}, given)
    _sound(ground, path)


def _same(ground: Ground, found: dict[str, int], wanted: dict[str, int]) -> None:
    for who, amount in wanted.items():
        if found.get(who) != amount:
            held = format_amount(found.get(who, 0))
            ground.fail("balance-differs", who=who, found=held, wanted=format_amount(amount))


def _sound(ground: Ground, path: Path) -> None:
    for finding in ground.examine(path):
        ground.fail("book-unsound", finding=finding)
