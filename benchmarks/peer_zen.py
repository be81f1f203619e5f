"""The rule as a decision graph for zen-engine: one expression node, its trace asked for.

Asked through an engine that knows its graphs from the start and compiles them once: a decision made of the same graph
and asked by itself takes five times as long."""

from typing import Any

import zen

from benchmarks.bills import Bill, Paid, Rule

_TRACED = {"trace": True}


def _by_level(rule: Rule, name: str) -> str:
    text = "0"
    for level, values in rule.levels.items():
        text = f"level == '{level}' ? {getattr(values, name)} : ({text})"
    return text


def _expressions(rule: Rule) -> dict[str, str]:
    return {
        "total": "sum(map(items, #.amount))",
        "self_paid": "sum(map(filter(items, #.class == 'C'), #.amount))",
        "over_limit": "sum(map(filter(items, #.class != 'C'), #.over))",
        "upfront": "sum(map(filter(items, #.class == 'B'), "
        "floor((2 * (#.amount - #.over) * #.ratio + 10000) / 20000)))",
        "in_scope": "$.total - $.self_paid - $.over_limit - $.upfront",
        "per_visit": _by_level(rule, "per_visit"),
        "level_year": _by_level(rule, "level_year"),
        "ratio": _by_level(rule, "ratio"),
        "deductible": f"max([0, min([$.per_visit, $.level_year - met_level, {rule.year} - met_all, $.in_scope])])",
        "full": "floor((2 * ($.in_scope - $.deductible) * $.ratio + 10000) / 20000)",
        "pool": f"min([$.full, max([0, {rule.cap} - used_pool])])",
        "own": "min([$.total - $.pool, own_account])",
        "shared": "min([$.total - $.pool - $.own, shared_account])",
        "cash": "$.total - $.pool - $.own - $.shared",
    }


def _graph(rule: Rule) -> dict[str, Any]:
    expressions = [{"id": key, "key": key, "value": value} for key, value in _expressions(rule).items()]
    content = {
        "expressions": expressions,
        "passThrough": False,
        "inputField": None,
        "outputPath": None,
        "executionMode": "single",
    }
    kinds = {"request": "inputNode", "settle": "expressionNode", "response": "outputNode"}
    nodes = [{"id": name, "name": name, "type": kind, "position": {"x": 0, "y": 0}} for name, kind in kinds.items()]
    nodes[1]["content"] = content
    edges = [
        {"id": f"{source}-{target}", "type": "edge", "sourceId": source, "targetId": target}
        for source, target in (("request", "settle"), ("settle", "response"))
    ]
    return {"nodes": nodes, "edges": edges}


class Zen:
    """The graph, ready to be asked."""

    def __init__(self, rule: Rule) -> None:
        self._engine = zen.ZenEngine({"loader": {"type": "static", "content": {"rule": _graph(rule)}}})

    @staticmethod
    def question(bill: Bill) -> dict[str, Any]:
        """A bill as the graph is asked."""
        return {
            "items": [
                {"amount": one.amount, "class": one.catalogue_class, "ratio": one.upfront_ratio, "over": one.over_limit}
                for one in bill.items
            ],
            "level": bill.level,
            "used_pool": bill.used_pool,
            "met_level": bill.met_level,
            "met_all": bill.met_all,
            "own_account": bill.own,
            "shared_account": bill.shared,
        }

    def answer(self, question: dict[str, Any]) -> dict[str, Any]:
        """The answer with its trace."""
        return self._engine.evaluate("rule", question, _TRACED)

    def paid(self, bill: Bill) -> Paid:
        """The figures; the trace must be there."""
        found = self.answer(self.question(bill))
        assert found["trace"]["settle"]["traceData"]
        return Paid._make(int(found["result"][name]) for name in Paid._fields)
