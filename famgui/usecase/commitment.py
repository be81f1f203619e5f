"""What a commitment and a confirmation of bindings say, as data: the parties, each sentence's clauses and how far they
are confirmed, what the place demands, which limits are used and what was checked."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple, TypeAlias

from famgui.domain.binding import Binding, Limit, limits, never_allowed
from famgui.domain.person import Person
from famgui.domain.problem import Code
from famgui.domain.rule import Value
from famgui.domain.rulebook import Rules

Sentence: TypeAlias = Literal[
    "true", "spend", "prohibited", "credential", "no-cash", "misuse", "credit", "push", "begins", "ends"
]
Asked: TypeAlias = Literal["commitment", "id-number", "phone", "dates", "proof"]


class Line(NamedTuple):
    """One user of an authorizer, and the row that binds them."""

    user: Person
    binding: Binding


class Statement(NamedTuple):
    """One sentence of a commitment, by its key, with the clauses behind it; `weak`: not confirmed. `values` are what
    the rules fill in: `premium` with `spend` where premiums may be paid, categories with `prohibited`, the effect with
    `begins`, the months to wait with `ends`."""

    key: Sentence
    clauses: tuple[str, ...]
    weak: bool = False
    values: tuple[str, ...] = ()


class Demand(NamedTuple):
    """Something that an application must bring here, with its clauses; `missing` are the users (or the authorizer) for
    whom it is not there yet."""

    key: Asked
    clauses: tuple[str, ...]
    weak: bool
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Commitment:
    """One authorizer's commitment for all of the users named."""

    authorizer: Person
    lines: tuple[Line, ...]
    demands: tuple[Demand, ...]
    statements: tuple[Statement, ...]


class Finding(NamedTuple):
    """One rule looked at for a recorded row, by the code of its refusal: whether it holds, of whom it speaks, its
    clause; with a limit the places taken (this row counted) and the number allowed (None: any)."""

    code: Code
    holds: bool
    subject: str
    clause: str
    weak: bool = False
    taken: int = 0
    limit: int | None = None


@dataclass(frozen=True, slots=True)
class Confirmation:
    """What the register holds of one authorizer's users: the rows, the limits they use, and what was checked."""

    authorizer: Person
    lines: tuple[Line, ...]
    limits: tuple[Finding, ...]
    checks: tuple[Finding, ...]


def commitments(bindings: Sequence[Binding], persons: Mapping[str, Person], rules: Rules) -> tuple[Commitment, ...]:
    """One commitment for each authorizer of these rows, recorded or not, in their order; `rules` are those of the day
    of the paper."""
    found = []
    for authorizer, lines in _by_authorizer(bindings, persons):
        demands = tuple(_demands(authorizer, lines, rules))
        found.append(Commitment(authorizer, lines, demands, tuple(_statements(rules))))
    return tuple(found)


def confirmations(
    bindings: Sequence[Binding], register: Sequence[Binding], persons: Mapping[str, Person], rules: Rules, day: date
) -> tuple[Confirmation, ...]:
    """One confirmation for each authorizer of these rows of a `register`; limits and checks as they stand on `day`,
    whose rules are given."""
    found = []
    for authorizer, lines in _by_authorizer(bindings, persons):
        used = tuple(_limit(one) for one in limits(lines[0].binding, register, rules, day)[:2])
        checks = tuple(finding for line in lines for finding in _checks(authorizer, line, register, rules, day))
        found.append(Confirmation(authorizer, lines, used, checks))
    return tuple(found)


def clauses_of(papers: Iterable[Commitment | Confirmation]) -> dict[str, bool]:
    """Every clause that these papers name, once, in the order in which they come up; whether it is unconfirmed."""
    weak: dict[str, bool] = {}
    for paper in papers:
        if isinstance(paper, Commitment):
            said: tuple[Statement | Demand, ...] = (*paper.statements, *paper.demands)
            named = [(clause, one.weak) for one in said for clause in one.clauses]
        else:
            named = [(finding.clause, finding.weak) for finding in (*paper.limits, *paper.checks)]
        for clause, doubtful in named:
            weak[clause] = weak.get(clause, False) or doubtful
    weak.pop("", None)
    return weak


def _by_authorizer(
    bindings: Iterable[Binding], persons: Mapping[str, Person]
) -> Iterator[tuple[Person, tuple[Line, ...]]]:
    rows: dict[str, list[Line]] = {}
    for row in bindings:
        rows.setdefault(row.authorizer, []).append(Line(persons[row.user], row))
    return ((persons[who], tuple(lines)) for who, lines in rows.items())


def _demands(authorizer: Person, lines: Sequence[Line], rules: Rules) -> Iterator[Demand]:
    missing: dict[Asked, tuple[str, ...]] = {
        "id-number": tuple(one.id for one in (authorizer, *(line.user for line in lines)) if not one.id_number),
        "phone": tuple(line.user.id for line in lines if not line.user.phone),
        "dates": tuple(line.user.id for line in lines if line.binding.ends is None),
        "proof": tuple(line.user.id for line in lines if not line.binding.proof),
        "commitment": (),
    }
    keys: tuple[tuple[Asked, str], ...] = (
        ("id-number", "binding.asks.id-number"),
        ("phone", "binding.asks.phone"),
        ("dates", "binding.asks.dates"),
        ("proof", "binding.proof"),
        ("commitment", "binding.commitment"),
    )
    for asked, key in keys:
        rule = rules.find(key)
        if rule.value:
            yield Demand(asked, (rule.clause,), rule.weak, missing[asked])


def _statements(rules: Rules) -> Iterator[Statement]:
    """The sentences that the rules of the place give, in their order; nothing that no rule says but the first."""
    yield _statement("true", rules.find("binding.relations"), rules.find("binding.commitment"))
    scope, premium = (rules.find("reason", code=code) for code in ("OUT_OF_SCOPE", "OUT_OF_WINDOW"))
    if rules.products():
        yield _statement("spend", scope, premium)._replace(values=("premium",))
    else:
        yield _statement("spend", scope)
    prohibited = rules.find("account.prohibited")
    if prohibited.value:
        yield _statement("prohibited", prohibited)._replace(values=tuple(prohibited.value))
    flags: tuple[tuple[Sentence, str], ...] = (
        ("no-cash", "remind.no-cash"),
        ("credential", "remind.credential"),
        ("misuse", "notice.misuse"),
        ("credit", "notice.credit"),
        ("push", "notice.push"),
    )
    for sentence, key in flags:
        rule = rules.find(key)
        if rule.value:
            yield _statement(sentence, rule)
    begins = rules.find("binding.effective")
    if begins.value:
        yield _statement("begins", begins)._replace(values=(begins.value,))
    yield from _ends(rules)


def _ends(rules: Rules) -> Iterator[Statement]:
    """How a sharing is ended: at any time, or after so many months; where no rule speaks of it nothing is said."""
    months, way = rules.find("binding.minimum-months"), rules.find("platform.unbind")
    if months.value:
        yield _statement("ends", months)._replace(values=(str(months.value),))
    elif way.value:
        yield _statement("ends", way)


def _statement(key: Sentence, *rules: Value) -> Statement:
    clauses = dict.fromkeys(rule.clause for rule in rules if rule.clause)
    return Statement(key, tuple(clauses), any(rule.weak for rule in rules))


_RULE_OF: Mapping[Code, str] = {"RELATION_NOT_ALLOWED": "binding.relations"}
_CHECKED: tuple[Code, ...] = (
    "NO_ACCOUNT",
    "NOT_INSURED",
    "OTHER_PROVINCE",
    "RELATION_NOT_ALLOWED",
    "DUPLICATE_BINDING",
)
"""The rules of a pair that a confirmation names, by the code of their refusal."""


def _checks(authorizer: Person, line: Line, register: Sequence[Binding], rules: Rules, day: date) -> Iterator[Finding]:
    user, row = line
    refused = {code for code, _ in never_allowed(authorizer, user, row.relation, rules)}
    if any(_twice(row, other) for other in register):
        refused.add("DUPLICATE_BINDING")
    for code in _CHECKED:
        rule = rules.find(_RULE_OF[code]) if code in _RULE_OF else rules.find("reason", code=code)
        subject = authorizer.id if code == "NO_ACCOUNT" else user.id
        yield Finding(code, code not in refused, subject, rule.clause, rule.weak)
    givers = _limit(limits(row, register, rules, day)[2])
    if givers.limit is not None:
        yield givers._replace(subject=user.id)


def _twice(row: Binding, other: Binding) -> bool:
    return other != row and (other.authorizer, other.user) == (row.authorizer, row.user) and other.overlaps(row)


def _limit(one: Limit) -> Finding:
    allowed = one.rule.value
    holds = allowed is None or one.taken <= allowed
    return Finding(one.code, holds, "", one.rule.clause, one.rule.weak, one.taken, allowed)
