"""The rule as openfisca-core variables over items and bills, in whole fen, widened where they would overflow.

The rule's figures are dated parameters. A bill is a simulation, put together from arrays (no text is read); its answer
is what is left to pay, with the trace as the data that openfisca gives out."""

from typing import Any

import numpy
from openfisca_core.entities import Entity, GroupEntity
from openfisca_core.parameters import ParameterNode
from openfisca_core.periods import DateUnit
from openfisca_core.simulations import Simulation, SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

from benchmarks.bills import Bill, Paid, Rule

PERIOD, SINCE = "2025-05", "2023-06-01"
LEVELS = numpy.array(("community", "primary", "secondary", "tertiary"))
CLASSES = ("A", "B", "C")

_ITEM = Entity("item", "items", "one line of a bill", "")
_BILL = GroupEntity("bill", "bills", "a bill", "", roles=[{"key": "line", "plural": "lines"}])
_OF_ITEM = ("amount", "catalogue_class", "upfront_ratio", "over")
_OF_BILL = ("level", "used_pool", "met_level", "met_all", "own_account", "shared_account")


def _wide(array: Any) -> Any:
    return array.astype(numpy.int64)


def _self_paid(item: Any, period: Any) -> Any:
    return item("amount", period) * (item("catalogue_class", period) == CLASSES.index("C"))


def _over_limit(item: Any, period: Any) -> Any:
    return item("over", period) * (item("catalogue_class", period) != CLASSES.index("C"))


def _upfront(item: Any, period: Any) -> Any:
    left = _wide(item("amount", period) - item("over", period))
    share = (2 * left * item("upfront_ratio", period) + 10_000) // 20_000
    return share * (item("catalogue_class", period) == CLASSES.index("B"))


def _summed(name: str) -> Any:
    return lambda bill, period: bill.sum(bill.members(name, period))


def _in_scope(bill: Any, period: Any) -> Any:
    parts = (bill(f"bill_{name}", period) for name in ("self_paid", "over_limit", "upfront"))
    return bill("total", period) - sum(parts)


def _deductible(bill: Any, period: Any, parameters: Any) -> Any:
    rule, level = parameters(period).outpatient, LEVELS[bill("level", period)]
    found = numpy.minimum(rule.per_visit[level], rule.level_year[level] - bill("met_level", period))
    found = numpy.minimum(found, rule.year - bill("met_all", period))
    return numpy.maximum(0, numpy.minimum(found, bill("in_scope", period)))


def _pool(bill: Any, period: Any, parameters: Any) -> Any:
    rule = parameters(period).outpatient
    ratio = _wide(rule.ratio[LEVELS[bill("level", period)]])
    full = (2 * (bill("in_scope", period) - bill("deductible", period)) * ratio + 10_000) // 20_000
    return numpy.minimum(full, numpy.maximum(0, rule.cap - bill("used_pool", period)))


def _own(bill: Any, period: Any) -> Any:
    return numpy.minimum(bill("total", period) - bill("pool", period), bill("own_account", period))


def _shared(bill: Any, period: Any) -> Any:
    due = bill("total", period) - bill("pool", period) - bill("own", period)
    return numpy.minimum(due, bill("shared_account", period))


def _cash(bill: Any, period: Any) -> Any:
    return bill("total", period) - bill("pool", period) - bill("own", period) - bill("shared", period)


_FORMULAS: dict[str, tuple[Any, Any]] = {
    "self_paid": (_ITEM, _self_paid),
    "over_limit": (_ITEM, _over_limit),
    "upfront": (_ITEM, _upfront),
    "total": (_BILL, _summed("amount")),
    "bill_self_paid": (_BILL, _summed("self_paid")),
    "bill_over_limit": (_BILL, _summed("over_limit")),
    "bill_upfront": (_BILL, _summed("upfront")),
    "in_scope": (_BILL, _in_scope),
    "deductible": (_BILL, _deductible),
    "pool": (_BILL, _pool),
    "own": (_BILL, _own),
    "shared": (_BILL, _shared),
    "cash": (_BILL, _cash),
}
_ANSWERS = {name: f"bill_{name}" if name in ("self_paid", "over_limit", "upfront") else name for name in Paid._fields}


def _variable(name: str, entity: Any, formula: Any = None) -> Any:
    body = {"value_type": int, "entity": entity, "definition_period": DateUnit.MONTH, "label": name}
    return type(name, (Variable,), body | ({"formula": formula} if formula else {}))


def _system(rule: Rule) -> TaxBenefitSystem:
    def dated(value: int) -> dict[str, Any]:
        return {"values": {SINCE: {"value": value}}}

    def by_level(name: str) -> dict[str, Any]:
        return {level: dated(getattr(rule.levels[level], name)) for level in rule.levels}

    outpatient = {name: by_level(name) for name in ("per_visit", "level_year", "ratio")}
    system = TaxBenefitSystem([_ITEM, _BILL])
    system.parameters = ParameterNode(
        "", data={"outpatient": outpatient | {"year": dated(rule.year), "cap": dated(rule.cap)}}
    )
    for names, entity in ((_OF_ITEM, _ITEM), (_OF_BILL, _BILL)):
        for name in names:
            system.add_variable(_variable(name, entity))
    for name, (entity, formula) in _FORMULAS.items():
        system.add_variable(_variable(name, entity, formula))
    return system


class OpenFisca:
    """The system of variables, ready to be asked."""

    def __init__(self, rule: Rule) -> None:
        self._system = _system(rule)

    @staticmethod
    def question(bill: Bill) -> dict[str, Any]:
        """A bill as a simulation is asked: an array for each variable."""
        rows = [(i.amount, CLASSES.index(i.catalogue_class), i.upfront_ratio, i.over_limit) for i in bill.items]
        of_item = dict(zip(_OF_ITEM, numpy.array(rows).T, strict=True))
        level = int(numpy.flatnonzero(bill.level == LEVELS)[0])
        values = (level, bill.used_pool, bill.met_level, bill.met_all, bill.own, bill.shared)
        return of_item | {name: numpy.array([value]) for name, value in zip(_OF_BILL, values, strict=True)}

    def answer(self, question: dict[str, Any]) -> tuple[Simulation, dict[str, Any]]:
        """A simulation in which everything is computed, and its trace."""
        items = len(question["amount"])
        builder = SimulationBuilder()
        builder.create_entities(self._system)
        builder.declare_person_entity("item", [str(number) for number in range(items)])
        bill = builder.declare_entity("bill", ["bill"])
        builder.join_with_persons(bill, ["bill"] * items, roles=["line"] * items)
        simulation = builder.build(self._system)
        simulation.trace = True
        for name, values in question.items():
            simulation.set_input(name, PERIOD, values)
        simulation.calculate("cash", PERIOD)
        return simulation, simulation.tracer.get_flat_trace()

    def paid(self, bill: Bill) -> Paid:
        """The figures; the trace must be there."""
        simulation, trace = self.answer(self.question(bill))
        assert f"pool<{PERIOD}>" in trace
        return Paid._make(int(simulation.calculate(name, PERIOD)[0]) for name in _ANSWERS.values())
