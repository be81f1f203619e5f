"""A settled case as a page a person likes to read in a terminal: who paid what, and why."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TextIO

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from famgui.base.wording import Wording
from famgui.domain.household import Amend, Bind, Deposit, Household, Premium, Refund, Reorder, Unbind
from famgui.domain.money import format_amount
from famgui.domain.problem import Problem
from famgui.domain.settlement import Settlement, Visit
from famgui.domain.timeline import Outcome, Timeline
from famgui.domain.trace import Step
from famgui.files.sentence import fact_words, problem_sentence, step_sentence

_WIDTH = 100
_STATUS_STYLE = {"settled": "green", "partly": "yellow", "refused": "red"}
_SEVERITY_STYLE = {"error": "red", "warning": "yellow", "info": "dim"}
_SEVERITY_MARK = {"error": "✗", "warning": "!", "info": "·"}


class _OpenConsole(Console):
    """A console that lets a closed pipe be seen."""

    def on_broken_pipe(self) -> None:
        raise BrokenPipeError


def console_for(stream: TextIO) -> Console:
    """A console on a stream; 100 columns where nobody watches."""
    return _OpenConsole(file=stream, highlight=False, width=None if stream.isatty() else _WIDTH)


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands above a case: the file, the insured place, and the packs whose rules were used (name, checked on)."""

    title: str
    place: str
    packs: tuple[tuple[str, str], ...]


def show_case(
    console: Console,
    heading: Heading,
    household: Household,
    timeline: Timeline,
    persons: tuple[Problem, ...],
    wording: Wording,
) -> None:
    """Print one settled case."""
    names = {person.id: person.name or person.id for person in household.persons}
    _Page(console, names, wording).show(heading, timeline, persons)


class _Page:
    def __init__(self, console: Console, names: Mapping[str, str], wording: Wording) -> None:
        self.console = console
        self.names = names
        self.wording = wording

    def show(self, heading: Heading, timeline: Timeline, persons: tuple[Problem, ...]) -> None:
        say = self.wording.say
        packs = ", ".join(f"{name} ({say('report', 'checked')} {day})" for name, day in heading.packs)
        lines = f"{say('report', 'place')}  {heading.place}\n{say('report', 'rules')}  {packs}"
        self.console.print(Panel(Text(lines), title=Text(heading.title), title_align="left", border_style="cyan"))
        if persons:
            self.console.print(Text(say("report", "problems"), style="bold"))
            self.console.print(Padding(self._problems(persons), (0, 0, 1, 2)))
        for outcome in timeline.outcomes:
            self.console.print(self._event_line(outcome))
            body = Group(*self._body(outcome))
            self.console.print(Padding(body, (0, 0, 1, 2)))
        self.console.print(self._accounts(timeline))
        if timeline.used:
            self.console.print(self._used(timeline))
        self.console.print(Text(say("report", "note"), style="dim"))

    def _event_line(self, outcome: Outcome) -> Text:
        event, say = outcome.event, self.wording.say
        kind = type(event).__name__.lower()
        status = outcome.status
        word = "done" if status == "settled" and kind in ("deposit", "bind", "unbind", "amend", "reorder") else status
        line = Text()
        line.append(f"{event.date}  ", style="dim")
        line.append(f"{say('report', f'event-{kind}')} {event.id}", style="bold")
        line.append(f"  {self._about(outcome)}  ")
        line.append(say("report", word), style=_STATUS_STYLE[status])
        return line

    def _about(self, outcome: Outcome) -> str:
        word = self.wording.say
        match outcome.event:
            case Visit(patient=patient, kind=kind, facility=facility):
                where = word("word", facility.level) if facility.level else ""
                if facility.type != kind:
                    where += ("" if self.wording.language == "zh" else " ") + word("word", facility.type)
                designated = facility.designated and facility.type != "other"
                parts = [self.names[patient], word("word", kind), where.strip()]
                return " · ".join([*(p for p in parts if p), *([] if designated else [word("word", "not-designated")])])
            case Refund(of=of):
                return f"← {of}"
            case Deposit(account=account, amount=amount):
                return f"{self.names[account]} +{format_amount(amount)}"
            case Premium(payer=payer, product=product):
                return f"{self.names[payer]} · {product}"
            case Bind(binding=row):
                ends = str(row.ends) if row.ends else word("word", "unlimited")
                pair = f"{self.names[row.authorizer]} → {self.names[row.user]} ({word('word', row.relation)})"
                return f"{pair} {row.starts} … {ends}"
            case Unbind(authorizer=authorizer, user=user):
                return f"{self.names[authorizer]} → {self.names[user]}"
            case Amend(person=person, facts=facts):
                return " · ".join([self.names[person], *(fact_words(fact, self.wording) for fact in facts)])
            case Reorder(user=user, authorizers=authorizers):
                return f"{self.names[user]} ← {', '.join(self.names[who] for who in authorizers)}"

    def _body(self, outcome: Outcome) -> Iterator[RenderableType]:
        say = self.wording.say
        if outcome.reversed is not None:
            yield Text(say("report", "reversal"), style="dim")
            yield self._payers(outcome.reversed, -1)
            yield Text(say("report", "nothing-left" if outcome.settlement is None else "resettled"), style="dim")
        if outcome.settlement is not None:
            yield self._payers(outcome.settlement, 1)
            yield self._why(outcome.settlement.steps)
        if outcome.premiums:
            table = _plain_table()
            for heading in ("person", "amount", "paid", "status"):
                table.add_column(say("report", heading), justify="right" if heading in ("amount", "paid") else "left")
            for line in outcome.premiums:
                amounts = format_amount(line.amount), format_amount(line.paid)
                status = Text(say("report", line.status), style=_STATUS_STYLE[line.status])
                table.add_row(Text(self.names[line.person]), *amounts, status)
            yield table
        if outcome.problems:
            yield self._problems(outcome.problems)

    def _payers(self, settlement: Settlement, sign: int) -> Table:
        say = self.wording.say
        table = _plain_table(header=False)
        table.add_column(min_width=26)
        table.add_column(justify="right", min_width=12)
        table.add_row(say("report", "total"), format_amount(sign * settlement.split.total), style="bold")
        table.add_row(Text(say("report", "pool"), style="blue"), format_amount(sign * settlement.pool))
        for payment in settlement.payments:
            style = "cyan" if payment.payer == "own" else "green"
            name = f"{say('report', payment.payer)} · {self.names[payment.account]}"
            table.add_row(Text(name, style=style), format_amount(sign * payment.draw.total))
        table.add_row(Text(say("report", "cash"), style="yellow"), format_amount(sign * settlement.cash))
        return table

    def _why(self, steps: tuple[Step, ...]) -> Table:
        table = _plain_table(header=False)
        table.expand = True
        table.add_column(justify="right", style="dim")
        table.add_column(ratio=1)
        table.add_column(justify="right", style="cyan")
        for number, step in enumerate(steps, 1):
            clauses = ", ".join(clause for clause in (step.clause, *step.beside) if clause)
            chip = Text(f"[{clauses}]" if clauses else "")
            if step.weak:
                chip.append(f" {self.wording.say('report', 'unverified')}", style="yellow")
            table.add_row(str(number), Text(step_sentence(step, self.names, self.wording)), chip)
        return table

    def _problems(self, problems: tuple[Problem, ...]) -> Group:
        lines = []
        for problem in problems:
            clause = f" [{problem.clause}]" if problem.clause else ""
            sentence = problem_sentence(problem, self.names, self.wording)
            mark = _SEVERITY_MARK[problem.severity]
            lines.append(Text(f"{mark} {sentence}{clause}", style=_SEVERITY_STYLE[problem.severity]))
        return Group(*lines)

    def _accounts(self, timeline: Timeline) -> Table:
        say = self.wording.say
        table = Table(
            title=say("report", "accounts"), title_justify="left", title_style="bold", box=None, pad_edge=False
        )
        table.add_column(say("report", "person"))
        for column in ("current", "prior_years"):
            table.add_column(say("report", column), justify="right")
        for account, balance in timeline.balances.items():
            amounts = format_amount(balance.current), format_amount(balance.prior_years)
            table.add_row(Text(self.names[account]), *amounts)
        return table

    def _used(self, timeline: Timeline) -> Table:
        say = self.wording.say
        table = Table(title=say("report", "used"), title_justify="left", title_style="bold", box=None, pad_edge=False)
        table.add_column(say("report", "person"))
        table.add_column("")
        table.add_column("")
        for column in ("deductible-used", "pool-used"):
            table.add_column(say("report", column), justify="right")
        for (person, year, benefit), used in timeline.used.items():
            amounts = format_amount(used.all_levels), format_amount(used.pool)
            table.add_row(Text(self.names[person]), str(year), say("word", benefit), *amounts)
        return table


def _plain_table(*, header: bool = True) -> Table:
    return Table(box=None, show_header=header, pad_edge=False, padding=(0, 2, 0, 0))
