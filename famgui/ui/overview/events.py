"""An event in two short lines: what about whom, and who paid what."""

from collections.abc import Mapping

from famgui.base.wording import Wording
from famgui.domain.household import Amend, Bind, Deposit, Premium, Refund, Reorder, Unbind
from famgui.domain.money import grouped
from famgui.domain.settlement import Settlement, Visit
from famgui.domain.timeline import Outcome
from famgui.files.sentence import fact_words, problem_sentence
from famgui.ui.overview.rows import ChipKind, EventRow
from famgui.ui.shell.i18n import tr

_KINDS: dict[str, ChipKind] = {"settled": "accent", "partly": "warning", "refused": "danger"}


def event_row(outcome: Outcome, visits: Mapping[str, Visit], names: Mapping[str, str], wording: Wording) -> EventRow:
    """One outcome; `visits` by id, for refunds that speak of them."""
    event = outcome.event
    status: str = outcome.status
    if status == "settled" and isinstance(event, Bind | Unbind | Deposit | Amend | Reorder):
        status = "done"
    detail = _detail(outcome, names, wording)
    if outcome.status == "refused" and outcome.problems:
        detail = problem_sentence(outcome.problems[0], names, wording)
    kind = _KINDS[outcome.status]
    return EventRow(
        event.date.isoformat(), _title(outcome, visits, names, wording), detail, wording.say("report", status), kind
    )


def _title(outcome: Outcome, visits: Mapping[str, Visit], names: Mapping[str, str], wording: Wording) -> str:
    match outcome.event:
        case Visit(patient=patient, kind=kind, facility=facility):
            parts = [names[patient], wording.say("word", kind)]
            if facility.level:
                parts.append(wording.say("word", facility.level))
            return " · ".join(parts)
        case Refund(of=of):
            visit = visits.get(of)
            if visit is None:
                return wording.say("report", "event-refund")
            return tr("{name} · refund of {day}", name=names[visit.patient], day=visit.date.isoformat())
        case Deposit(account=account):
            return f"{names[account]} · {wording.say('report', 'event-deposit')}"
        case Premium(payer=payer, persons=persons):
            for_whom = tr(", ").join(names[person] for person in persons)
            return f"{names[payer]} → {for_whom} · {wording.say('report', 'event-premium')}"
        case Bind(binding=row):
            return f"{names[row.authorizer]} → {names[row.user]} · {wording.say('report', 'event-bind')}"
        case Unbind(authorizer=authorizer, user=user):
            return f"{names[authorizer]} → {names[user]} · {wording.say('report', 'event-unbind')}"
        case Amend(person=person):
            return f"{names[person]} · {wording.say('report', 'event-amend')}"
        case Reorder(user=user):
            return f"{names[user]} · {wording.say('report', 'event-reorder')}"


def _detail(outcome: Outcome, names: Mapping[str, str], wording: Wording) -> str:
    match outcome.event:
        case Visit():
            return "" if outcome.settlement is None else _payers(outcome.settlement, names, wording)
        case Refund():
            back = 0 if outcome.reversed is None else outcome.reversed.split.total
            left = 0 if outcome.settlement is None else outcome.settlement.split.total
            return tr("back {amount}, left {left}", amount=grouped(back - left), left=grouped(left))
        case Deposit(amount=amount):
            return f"+{grouped(amount)}"
        case Premium(payer=payer):
            paid = sum(line.paid for line in outcome.premiums)
            return f"{names[payer]} {grouped(paid)}"
        case Bind(binding=row):
            ends = row.ends.isoformat() if row.ends else wording.say("word", "unlimited")
            return f"{wording.say('word', row.relation)} · {row.starts.isoformat()} — {ends}"
        case Unbind(reason=reason):
            return reason
        case Amend(facts=facts):
            return " · ".join(fact_words(fact, wording) for fact in facts)
        case Reorder(authorizers=authorizers):
            return tr(", ").join(names[who] for who in authorizers)


def _payers(settlement: Settlement, names: Mapping[str, str], wording: Wording) -> str:
    parts = [(wording.say("report", "pool"), settlement.pool)]
    parts += [(names[payment.account], payment.draw.total) for payment in settlement.payments]
    parts.append((wording.say("report", "cash"), settlement.cash))
    told = [f"{name} {grouped(amount)}" for name, amount in parts if amount]
    return " · ".join(told) or grouped(0)
