"""Problems, steps and faults as sentences: the one place where codes and numbers become text."""

from collections.abc import Callable, Mapping

from famgui.base.toml_source import Fault, printable, spell
from famgui.base.wording import Wording
from famgui.domain.money import format_ratio, grouped
from famgui.domain.problem import Problem
from famgui.domain.trace import Step

_LONGEST = 300
_PLAIN_FACTS = ("insured_place", "tier", "suspended")
"""Facts of a person whose value is shown as it is."""


def problem_sentence(problem: Problem, names: Mapping[str, str], wording: Wording) -> str:
    """A problem with its subject's name where the subject is a person (`names`: handle to name)."""
    subject = problem.subject
    if problem.code == "NOT_DESIGNATED":
        subject = wording.say("word", "facility")
    return wording.say("problem", problem.code, subject=names.get(subject, subject))


def problem_speaker(names: Mapping[str, str], wording: Wording) -> Callable[[Problem], str]:
    """`problem_sentence` for one household."""
    return lambda problem: problem_sentence(problem, names, wording)


def fact_words(fact: tuple[str, object], wording: Wording) -> str:
    """A fact of a person that changed, and what it is now."""
    name, value = fact
    if value is None:
        return wording.say("fact", "not-suspended")
    if fact == ("tier", ""):
        return wording.say("fact", "no-tier")
    word = str(value) if name in _PLAIN_FACTS else wording.say("fact-word", str(value).lower())
    return f"{wording.say('fact', name)} {word}"


def fault_sentence(file: str, fault: Fault, wording: Wording) -> str:
    """One line: file, line where known, key, what is wrong and what to do."""
    values = dict(fault.values)
    values = {name: printable(value, _LONGEST) if isinstance(value, str) else value for name, value in values.items()}
    found = values.get("found")
    if fault.code.startswith("want-") and isinstance(found, str):
        values["found"] = wording.say("type", found)
    if fault.code == "syntax":
        values["reason"] = _toml_words(values, wording)
    message = wording.say("fault", fault.code, **values)
    file = printable(file, _LONGEST)
    key = spell(fault.path)
    form = {(True, True): "line", (False, True): "no-line", (True, False): "line-only", (False, False): "file-only"}[
        fault.line is not None, bool(key)
    ]
    return wording.say("fault", form, file=file, line=fault.line, key=key, message=message)


def _toml_words(values: Mapping[str, object], wording: Wording) -> str:
    """What is wrong with a text that is no TOML, and in which column of its line."""
    said = wording.say("toml", str(values["kind"]), reason=values["reason"])
    return wording.say("toml", "at", column=values["column"], said=said) if values["column"] else said


def step_sentence(step: Step, names: Mapping[str, str], wording: Wording) -> str:
    """A step of the trace as a formula in words."""
    values: dict[str, object] = {
        name: format_ratio(number) if name == "ratio" else grouped(number) for name, number in step.inputs
    }
    values["value"] = grouped(step.value)
    values["account"], values["clause"] = names.get(step.account, step.account), step.clause
    key: str = step.name
    if step.name == "deductible":
        limits = [wording.say("step", f"limit-{name}", amount=values[name]) for name, _ in step.inputs]
        values["limits"] = ", ".join(limits)
        key = "deductible" if len(step.inputs) > 1 else "deductible-none"
    elif step.name == "shared" and "payment_limit" in values:
        key = "shared-limited"
    elif step.name == "pool-without" and not step.clause:
        key = "pool-without-any"
    return wording.say("step", key, **values)
