"""Full comparison of two answers, the program's and the reference's.

Left out: steps, severities, clauses, messages, `UNVERIFIED_RULE` and `ID_REGION_UNKNOWN`, `cost` of `used`, payments of
0.00 and rows of `used` in which everything else is 0.00, which an answer may leave out.
"""

_LEFT_OUT = {"UNVERIFIED_RULE", "ID_REGION_UNKNOWN"}


def disagreements(got, reference):
    """Where the two answers differ, one line a difference."""
    return list(_walk(_normal(got), _normal(reference), ""))


def _walk(got, reference, path):
    if isinstance(got, dict) and isinstance(reference, dict):
        for key in sorted({*got, *reference}):
            yield from _walk(got.get(key), reference.get(key), f"{path}.{key}")
    elif got != reference:
        yield f"{path}: {got!r}, reference {reference!r}"


def _normal(answer):
    return {
        "format": answer["format"],
        "order": [event["id"] for event in answer["events"]],
        "events": {event["id"]: _event(event) for event in answer["events"]},
        "accounts": answer["accounts"],
        "used": {f"{row['person']} {row['year']} {row['benefit']}": _used(row) for row in answer["used"] if _any(row)},
        "problems": _problems(answer["problems"]),
    }


def _event(event):
    found = {key: value for key, value in event.items() if key != "steps"}
    if "problems" in event:
        found["problems"] = _problems(event["problems"])
    if "payments" in event:
        paid = [(row["payer"], row.get("account", ""), row["amount"]) for row in event["payments"]]
        found["payments"] = sorted(row for row in paid if row[2] != "0.00")
    if event.get("resettled"):
        found["resettled"] = _event(event["resettled"])
    return found


def _problems(problems):
    return sorted({(row["code"], row["subject"]) for row in problems if row["code"] not in _LEFT_OUT})


def _used(row):
    met = {level: amount for level, amount in row["deductible"].items() if amount != "0.00"}
    return {"pool": row["pool"], "deductible": met}


def _any(row):
    return row["pool"] != "0.00" or any(amount != "0.00" for amount in row["deductible"].values())
