"""Premiums paid from an employee's account for relatives: price by year and concession group, window, once a year."""

from collections.abc import Sequence
from datetime import date
from typing import Literal, NamedTuple

from famgui.domain.binding import Standing
from famgui.domain.money import Fen
from famgui.domain.person import Person, province
from famgui.domain.problem import Code, Problem
from famgui.domain.rule import Value
from famgui.domain.rulebook import Rules


class PremiumLine(NamedTuple):
    """What became of one person's premium: the amount due (fen), the amount paid (the whole or nothing)."""

    person: str
    amount: Fen
    paid: Fen
    status: Literal["settled", "refused"]


class PremiumAnswer(NamedTuple):
    """One line of a premium event with the problems that refused it."""

    line: PremiumLine
    problems: tuple[Problem, ...]


class Price(NamedTuple):
    """What a product costs a person on a day: the value with its clause (None: the place leaves it to be stated), and
    whether the day lies outside the window."""

    due: Value
    outside: bool


def price(product: str, person: Person, day: date, rules: Rules, stated: Fen | None = None) -> Price | None:
    """The price of a product for a person on a day; None: the place has no such product.

    After the window the full late price holds whatever the concession (HN-44, HN-25); before it the window's price. A
    product that the place allows without a price of its own (supplementary insurance) costs what is `stated`.
    """
    window = rules.find("premium.window", product=product)
    if window.value is None:
        allowed = rules.find("premium.stated-price", product=product)
        if not allowed.value:
            return None
        return Price(Value(stated, allowed.clause, allowed.weak), False)
    late = day > window.value.last
    key = "premium.late-price" if late else "premium.price"
    found = rules.find(key, product=product, concession=person.concession)
    return Price(found, late or day < window.value.first)


def yearly(product: str, day: date, rules: Rules) -> int:
    """The calendar year that a product without a window is paid for; 0 for the others, which name their year."""
    return day.year if rules.find("premium.window", product=product).value is None else 0


def insurances(product: str, rules: Rules) -> tuple[str, ...]:
    """Which insured people a product is for: residents, where the place does not say otherwise."""
    return rules.find("premium.insurance", product=product).value or ("resident",)


def pay_premium(
    payer: Person,
    person: Person,
    product: str,
    standing: Standing,
    available: Fen,
    already_paid: bool,
    day: date,
    rules: Rules,
    *,
    stated: Fen | None = None,
) -> PremiumAnswer:
    """Whether `payer`'s account pays one person's premium (case-format, Premium).

    `standing` is the pair's state in the register, `available` what the payer could share now, in fen. An unknown
    product, then a premium already paid, end the checks; an insufficient balance is named only when nothing else fails.
    """

    def refused(amount: Fen, problems: Sequence[Problem]) -> PremiumAnswer:
        return PremiumAnswer(PremiumLine(person.id, amount, 0, "refused"), tuple(problems))

    found = price(product, person, day, rules, stated)
    if found is None:
        return refused(0, [rules.problem("OUT_OF_SCOPE", product, "error")])
    if already_paid:
        once = rules.find("premium.once-a-year", product=product)
        problems = [Problem("ALREADY_PAID", "error", person.id, once.clause)]
        if once.weak:
            problems.append(Problem("UNVERIFIED_RULE", "info", person.id, once.clause))
        return refused(0, problems)
    due, outside = found
    if due.value is None:
        return refused(0, [Problem("PRICE_NEEDED", "error", product, due.clause)])
    amount: Fen = due.value
    problems = _person_problems(payer, person, product, standing, rules)
    if outside:
        problems.append(rules.problem("OUT_OF_WINDOW", person.id, "error"))
    if not problems and amount > available:
        problems.append(rules.problem("INSUFFICIENT", person.id, "error"))
    if problems:
        return refused(amount, problems)
    weak = next((v for v in (due, rules.find("premium.window", product=product)) if v.weak), None)
    notes = (Problem("UNVERIFIED_RULE", "info", person.id, weak.clause),) if weak else ()
    return PremiumAnswer(PremiumLine(person.id, amount, amount, "settled"), notes)


def _person_problems(payer: Person, person: Person, product: str, standing: Standing, rules: Rules) -> list[Problem]:
    codes: dict[str, Problem] = {}

    def name(code: Code) -> None:
        codes.setdefault(code, rules.problem(code, person.id, "error"))

    if not payer.has_account:
        name("NO_ACCOUNT")
    if person.insurance not in insurances(product, rules):
        name("NOT_INSURED")
    if person.insurance != "none" and province(person.insured_place) != province(rules.place):
        name("OTHER_PROVINCE")
    if person.id == payer.id and rules.find("premium.self", product=product).value:
        return list(codes.values())
    for code, _ in standing.absent:
        name(code)
    if not standing.line and not standing.absent:
        name("UNBOUND")
    return list(codes.values())
