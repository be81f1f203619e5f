"""The words of the plan: the answer in sentences, what is to be known of it, rhythms and premium products."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import NamedTuple

from famgui.domain.money import grouped
from famgui.domain.settlement import Visit
from famgui.domain.trace import NO_POOL_RULE
from famgui.files.sentence import problem_sentence
from famgui.ui.plan.draft import RHYTHMS
from famgui.ui.shell.desk import Desk
from famgui.ui.shell.i18n import tr
from famgui.ui.widgets.orders import order_word
from famgui.usecase.plan import Course, Plan, PoolUse

_PRODUCT = re.compile(r"(?P<name>[a-z-]+?)-(?P<year>[0-9]{4})")
_MARKS = {"error": "✗", "warning": "!", "info": "·"}
_GRAVE = ("✗", "!", "·")


class Note(NamedTuple):
    """Something to know: a mark (✗ ! ·), a sentence, the clause behind it."""

    mark: str
    text: str
    clause: str = ""


def often_word(often: str) -> str:
    """How often a visit is expected, in words."""
    every, unit = RHYTHMS[often]
    if not every:
        return tr("once")
    if every == 1:
        return tr("week") if unit == "week" else tr("month")
    return tr("{n} weeks", n=every) if unit == "week" else tr("{n} months", n=every)


def product_word(product: str) -> str:
    """A premium product as people call it: resident-2026 is the residents' insurance of 2026."""
    found = _PRODUCT.fullmatch(product)
    if found is None:
        return product
    if found["name"] == "resident":
        return tr("residents' insurance {year}", year=found["year"])
    return tr("supplementary insurance {year}", year=found["year"]) if found["name"] == "supplementary" else product


def short_day(day: date, plan: Plan) -> str:
    """A day without its year where the plan lies in one year."""
    return f"{day:%m-%d}" if plan.start.year == plan.end.year else day.isoformat()


def answer(plan: Plan, course: Course, desk: Desk) -> str:
    """The answer on top: when money runs out, what cash will be, and whether another order leaves less."""
    names = desk.names
    told = [
        tr("{name}'s account is used up on {day}", name=names.get(one.account, one.account), day=one.day.isoformat())
        if not one.left
        else tr(
            "What {name} may share is used up on {day}",
            name=names.get(one.account, one.account),
            day=one.day.isoformat(),
        )
        for one in sorted(course.run_out, key=lambda one: one.day)
    ]
    told += [
        tr("{who}: pool full on {day}", who=_pool_name(one, desk), day=one.reached.isoformat())
        for one in course.pools
        if one.reached is not None
    ]
    if not course.run_out:
        told.insert(0, tr("Every account lasts until {day}", day=plan.end.isoformat()))
    told.append(tr("expected cash {amount}", amount=grouped(course.cash)))
    told.append(_advice(plan, course))
    return tr("; ").join(told) + tr(".")


def _advice(plan: Plan, course: Course) -> str:
    saved = course.cash - plan.best.cash
    if saved:
        order = order_word(plan.best.order)
        return tr("with “{order}” {amount} less", order=order, amount=grouped(saved))
    if all(other.cash == course.cash for other in plan.courses):
        return tr("every order leaves the same cash")
    return tr("no other order leaves less")


def used_up(plan: Plan, course: Course, names: Mapping[str, str]) -> str:
    """Every account that runs out under an order, with its day, the first to do so first."""
    found = sorted(course.run_out, key=lambda one: one.day)
    told = [f"{names.get(one.account, one.account)} {short_day(one.day, plan)}" for one in found]
    return " · ".join(told) or tr("Every account lasts until {day}", day=plan.end.isoformat())


def _pool_name(one: PoolUse, desk: Desk) -> str:
    return f"{desk.names.get(one.patient, one.patient)} · {desk.wording.say('word', one.benefit)}"


def notes(plan: Plan, course: Course, desk: Desk) -> list[Note]:
    """What is to be known of a course: problems with their days, kinds without a rule, what was taken for granted."""
    found = [*_findings(plan, course, desk), *_about_pools(course, desk)]
    for one in course.pools:
        who = _pool_name(one, desk) if plan.start.year == plan.end.year else f"{_pool_name(one, desk)} · {one.year}"
        cap = tr("no cap") if one.cap is None else grouped(one.cap)
        found.append(Note("·", tr("{who}: pool {used} / {cap}", who=who, used=grouped(one.used), cap=cap)))
    found.append(Note("·", tr("On one day money arrives first, then premiums are paid, then visits.")))
    found.append(Note("·", tr("Bindings and rules are taken as they stand now.")))
    return sorted(found, key=lambda note: _GRAVE.index(note.mark))


def _findings(plan: Plan, course: Course, desk: Desk) -> Iterator[Note]:
    for found in sorted(course.findings, key=lambda found: (found.problem.code == "UNVERIFIED_RULE", found.first)):
        said = problem_sentence(found.problem, desk.names, desk.wording)
        if found.patient and found.patient != found.problem.subject:
            said = tr("{title}: {said}", title=desk.names.get(found.patient, found.patient), said=said)
        days = tr("from {day}, {count} times", day=short_day(found.first, plan), count=found.times)
        if found.times == 1:
            days = short_day(found.first, plan)
        told = tr("{said} ({days})", said=said.rstrip("。."), days=days)
        yield Note(_MARKS[found.problem.severity], told, found.problem.clause)


def _about_pools(course: Course, desk: Desk) -> Iterator[Note]:
    ruleless: dict[tuple[str, str], str] = {}
    limits: dict[tuple[str, int | None], None] = {}
    for moment in course.moments:
        visit, done = moment.outcome.event, moment.outcome.settlement
        if not isinstance(visit, Visit) or done is None:
            continue
        step = next((step for step in done.steps if step.name in NO_POOL_RULE), None)
        if step is not None:
            ruleless.setdefault((visit.patient, visit.kind), step.clause)
        elif visit.kind == "chronic":
            limits[visit.patient, visit.disease_limit] = None
    for (patient, kind), clause in ruleless.items():
        kind = desk.wording.say("word", kind)
        yield Note(
            "!",
            tr(
                "{name} · {kind}: no pool rule is known, the pool pays nothing here.",
                name=desk.names.get(patient, patient),
                kind=kind,
            ),
            clause,
        )
    for patient, limit in limits:
        name = desk.names.get(patient, patient)
        if limit is None:
            yield Note(
                "!", tr("{name}: chronic visits are planned as if the disease's limit never cut them.", name=name)
            )
        else:
            yield Note(
                "·",
                tr(
                    "{name}: at every chronic visit the disease's limit leaves {amount}.",
                    name=name,
                    amount=grouped(limit),
                ),
            )
