"""A tried list taken over into the book: tried anew under the writer's lock, then written in one transaction."""

from dataclasses import dataclass
from datetime import datetime

from famgui.domain.changes import Changes
from famgui.files.roster.rows import REPORT_EVERY, Report
from famgui.store.book import Book, Writing
from famgui.store.rows import Batch
from famgui.usecase.batch_people import Asked
from famgui.usecase.garbage import out_of_the_collectors_sight
from famgui.usecase.household import compute, write_down
from famgui.usecase.newcomer import join
from famgui.usecase.roster.check import Founding, Joining
from famgui.usecase.roster.plan import Plan
from famgui.usecase.roster.trial import MANY, STAGES, try_list


class ListChanged(Exception):
    """The book has changed since the list was tried: other rows of it would be taken over than were shown."""


@dataclass(frozen=True, slots=True)
class TakenOver:
    """What is in the book now: rows of the list, new households, newcomers, bindings entered as they stand and applied
    for today."""

    rows: int
    households: tuple[int, ...]
    newcomers: int
    standing: int
    applications: int
    changes: Changes


def take_over(
    book: Book, plan: Plan, asked: Asked, *, now: datetime, report: Report = lambda done, total: None
) -> TakenOver:
    """Take over every row of a plan that nothing is wrong with: all of them or, where the process ends or anything
    fails in between, none.

    `report` may raise to stop: then nothing is written either. Raises `ListChanged`, `BookTrouble`."""
    height = plan.read.grid.height
    book.keep_copy("import", now)
    with out_of_the_collectors_sight(height, MANY), book.write("import list", now) as tx:
        fresh = try_list(plan.read, asked, book, tx.connection, lambda done, total: report(done, 2 * total))
        if fresh.states != plan.states:
            raise ListChanged(str(plan.path))
        households: list[int] = []
        changed: set[int] = set()
        waiting: tuple[Founding | Joining, ...] = (*fresh.foundings, *fresh.joinings)
        for count, one in enumerate(waiting, 1):
            if isinstance(one, Founding):
                households.append(_found(tx, one, asked, now))
            else:
                _join(tx, book, one, asked, now)
                changed.add(one.household)
            if not count % REPORT_EVERY:
                report(STAGES * (height + height * count // len(waiting)), 2 * STAGES * height)
        if waiting:
            tx.several.append((households[0] if households else min(changed), _detail(fresh)))
    changes = Changes(households=frozenset(changed | set(households)), postings=True)
    return TakenOver(
        fresh.count("new"), tuple(households), fresh.newcomers, fresh.standing, fresh.applications, changes
    )


def _detail(plan: Plan) -> str:
    """What the audit entry says of the whole list."""
    return f"{plan.path.name}: {plan.count('new')}"


def _found(tx: Writing, one: Founding, asked: Asked, now: datetime) -> int:
    """A new household with all that it brings; its id."""
    computed = compute(one.household, asked.rules_of(one.household.place), now)
    if any(outcome.status == "refused" for outcome in computed.outcomes):
        raise ListChanged(one.title)
    batch = Batch(tx.connection)
    household_id, _, _ = write_down(batch, computed, one.title, now)
    batch.write()
    tx.several.append((household_id, one.title))
    return household_id


def _join(tx: Writing, book: Book, one: Joining, asked: Asked, now: datetime) -> None:
    done = join(tx, book, asked.rules_of, one.household, one.newcomers, day=asked.today, now=now, events=one.events)
    if not done.recorded:
        raise ListChanged(one.household)
