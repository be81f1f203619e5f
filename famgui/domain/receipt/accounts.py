"""Accounts and cash of a receipt: what they should have paid of what the funds left, and why they paid otherwise."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, time
from itertools import permutations
from typing import Any, NamedTuple, TypeAlias

from famgui.domain.account import Balance
from famgui.domain.bill import split
from famgui.domain.binding import NOBODY, Binding, Standing
from famgui.domain.money import Fen
from famgui.domain.receipt.cause import Variant, changed
from famgui.domain.receipt.identity import Clauses
from famgui.domain.receipt.search import Explained, ones, pairs
from famgui.domain.receipt.stated import (
    ACCOUNTS,
    BALANCE,
    CASH,
    FUND_SUM,
    FUNDS,
    OWN,
    SHARED,
    Cause,
    Facts,
    Reading,
    Receipt,
)
from famgui.domain.receipt.trial import Trial, Wallet
from famgui.domain.settlement import Settlement

UNKNOWN = "unknown"
"""The handle of whoever shared where no household is known."""
Figures: TypeAlias = Mapping[str, Fen]


class Split(NamedTuple):
    """What accounts and cash should be, by field, and the settlement that says so."""

    expected: Figures
    done: Settlement

    def clause(self, name: str) -> str:
        """The clause behind a field."""
        steps = {SHARED: ("shared", "own"), CASH: ("cash",)}.get(name, ("own", "shared"))
        found = (step.clause for wanted in steps for step in self.done.steps if step.name == wanted and step.clause)
        return next(found, "")

    def weak(self, name: str) -> bool:
        """Whether a step that decides the field rests on a rule that is not confirmed."""
        return name != BALANCE and any(step.weak for step in self.done.steps if step.name in ("own", "shared"))


def funds_of(receipt: Receipt, reading: Reading) -> Fen:
    """What all funds paid, without what accounts paid."""
    if FUND_SUM not in receipt.amounts:
        return sum(receipt.amount(name) for name in FUNDS)
    beside = receipt.amount("oth_pay") if receipt.mobile else 0
    within = receipt.amount(ACCOUNTS) + (0 if reading.contains else receipt.amount(SHARED))
    return receipt.amount(FUND_SUM) + beside - (within if reading.includes else 0)


def wallet_of(receipt: Receipt, facts: Facts, patient: str, reading: Reading, keep: Fen) -> Wallet | None:
    """The accounts as the receipt itself shows them: the own balance from what is left of it, the shared part as it is
    stated (`keep` is what must stay in whoever shared). None where the receipt does not say what is left."""
    shared, own = receipt.amount(SHARED), _own_part(receipt, reading)
    if facts.day is None or shared < 0:
        return None
    balances = {UNKNOWN: Balance(0, shared + keep)}
    if facts.insurance == "employee":
        if BALANCE not in receipt.amounts or min(own, receipt.amount(BALANCE)) < 0:
            return None
        balances[patient] = Balance(receipt.amount(BALANCE) + own)
    row = Binding(UNKNOWN, patient, "other", facts.day, datetime.combine(facts.day, time()))
    return Wallet(balances, Standing((row,), ()) if shared else NOBODY, invented=True)


def _own_part(receipt: Receipt, reading: Reading) -> Fen:
    if OWN in receipt.amounts:
        return receipt.amount(OWN)
    return receipt.amount(ACCOUNTS) - (receipt.amount(SHARED) if reading.contains else 0)


def split_of(trial: Trial, funds: Fen, reading: Reading) -> Split | None:
    """What accounts and cash should be when the funds pay this much; None where no bill lets the funds pay it."""
    visit = replace(trial.visit, pool_paid=funds)
    paid = replace(trial, visit=visit, bends=(lambda ask, circumstances: None,), twist="")
    done = paid.settled()
    if done.pool != funds:
        return None
    return Split(_figures(paid, done, reading), done)


def _figures(trial: Trial, done: Settlement, reading: Reading) -> Figures:
    found = {OWN: done.own, SHARED: done.shared, CASH: done.cash}
    found[ACCOUNTS] = done.own + (done.shared if reading.contains else 0)
    before = trial.wallet.balances.get(trial.patient.id)
    if before is not None:
        found[BALANCE] = before.total - done.own
    return found


def explain_accounts(
    trial: Trial, receipt: Receipt, usual: Split, funds: Fen, reading: Reading, clauses: Clauses
) -> dict[str, Explained]:
    """Each account field that is off, and why: one cause of the table, two, or another balance."""
    stated = {name: receipt.amounts[name] for name in usual.expected if name in receipt.amounts}
    off = [name for name, amount in stated.items() if amount != usual.expected[name]]

    def fits(tried: Trial) -> bool:
        found = split_of(tried, funds, reading)
        return found is not None and all(found.expected.get(name, amount) == amount for name, amount in stated.items())

    def told(way: Iterator[tuple[Variant, ...]]) -> dict[str, Explained]:
        found = [tuple(_cause(trial, variant, usual, funds, reading, clauses) for variant in chosen) for chosen in way]
        return dict.fromkeys(off, Explained(found[0], tuple(other[0] for other in found[1:3]))) if found else {}

    variants, balances = tuple(_variants(trial)), tuple(_balances(trial, stated))
    return (
        told(ones(trial, variants, fits))
        or _crossed(off, stated, usual.expected)
        or _no_account(trial, off, stated, clauses)
        or told(pairs(trial, variants, fits))
        or told(ones(trial, balances, fits))
        or dict.fromkeys(off, Explained((Cause("only-this", (), usual.clause(off[0])),) if len(off) == 1 else ()))
    )


def _crossed(off: Sequence[str], stated: Figures, right: Figures) -> dict[str, Explained]:
    """Two fields whose amounts stand in each other's place, if that is all that is wrong with the money paid."""
    for one, other in permutations(off, 2):
        if stated[one] == right[other] != right[one] == stated[other]:
            found = {name: Explained() for name in off}
            found[one] = Explained((Cause("swapped", (("other", other),)),))
            found[other] = Explained((Cause("swapped", (("other", one),)),))
            return found
    return {}


def _no_account(trial: Trial, off: Sequence[str], stated: Figures, clauses: Clauses) -> dict[str, Explained]:
    """Money of an own account where the patient can have none."""
    own = stated.get(OWN, stated.get(ACCOUNTS, 0) - stated.get(SHARED, 0))
    if trial.patient.insurance == "employee" or own <= 0:
        return {}
    return dict.fromkeys(off, Explained((Cause("no-own-account", (), clauses.get("no-own-account", "")),)))


def _variants(trial: Trial) -> Iterator[Variant]:
    wallet, patient = trial.wallet, trial.patient.id
    steps = ("own", "shared")

    def with_wallet(**parts: Any) -> Any:
        return changed(wallet=wallet._replace(**parts))

    first = trial.rules.sharing.own_first if wallet.terms.own_first is None else wallet.terms.own_first
    turned = wallet.terms._replace(own_first=not first)
    yield Variant("own-not-first" if first else "own-first", with_wallet(terms=turned), steps)
    if patient in wallet.balances:
        others = {name: balance for name, balance in wallet.balances.items() if name != patient}
        yield Variant("own-not-used", with_wallet(balances=others), ("own",))
    line = wallet.standing.line
    if line:
        yield Variant("shared-not-used", with_wallet(standing=NOBODY), ("shared",))
    for authorizer in dict.fromkeys(row.authorizer for row in line if len(line) > 1):
        left = tuple(row for row in line if row.authorizer != authorizer)
        without = with_wallet(standing=Standing(left, ()))
        yield Variant("authorizer-left-out", without, ("shared",), (("account", authorizer),))
    for row in wallet.rows:
        if row not in line and row.authorizer in wallet.balances:
            more = with_wallet(standing=Standing((*line, row), ()))
            yield Variant("authorizer-counted", more, ("shared",), (("account", row.authorizer),))
    parts = split(trial.visit.items)
    if parts.self_paid:
        yield Variant("self-paid-in-cash", _in_cash("C"), steps, (("amount", parts.self_paid),))
    if parts.upfront or parts.over_limit:
        outside = parts.total - parts.in_scope
        yield Variant("outside-scope-in-cash", _in_cash("ABC"), steps, (("amount", outside),))


def _in_cash(classes: str) -> Any:
    """Parts outside the scope as goods that no account pays."""

    def change(trial: Trial) -> Trial:
        items = tuple(
            item._replace(category="daily-goods", catalogue_class="", upfront_ratio=0, over_limit=0)
            if item.catalogue_class in classes
            and (item.over_limit or item.upfront_ratio or item.catalogue_class == "C")
            else item
            for item in trial.visit.items
        )
        return replace(trial, visit=replace(trial.visit, items=items))

    return change


def _balances(trial: Trial, stated: Figures) -> Iterator[Variant]:
    """Another balance than the ledger's: what the account paid was all that it had."""
    wallet, patient = trial.wallet, trial.patient.id
    sharers = list(dict.fromkeys(row.authorizer for row in wallet.standing.line))
    if wallet.invented:
        return
    shared = stated.get(SHARED, 0)
    own = stated.get(OWN, stated.get(ACCOUNTS, 0) - shared)
    tried = [(patient, own)] if patient in wallet.balances else []
    tried += [(sharers[0], shared)] if len(sharers) == 1 else []
    for account, held in tried:
        if held >= 0:
            balances = {**wallet.balances, account: Balance(held)}
            values = (("account", account), ("balance", held), ("known", wallet.balances[account].total))
            yield Variant(
                "other-balance", changed(wallet=wallet._replace(balances=balances)), ("own", "shared"), values
            )


def _cause(trial: Trial, variant: Variant, usual: Split, funds: Fen, reading: Reading, clauses: Clauses) -> Cause:
    clause = clauses.get(variant.cause, "")
    for found in (usual, split_of(variant.change(trial), funds, reading)):
        steps = () if found is None or clause else found.done.steps
        clause = clause or next((step.clause for step in steps if step.name in variant.steps and step.clause), "")
    return Cause(variant.cause, variant.values, clause)
