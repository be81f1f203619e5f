"""Both languages say the same things, and say everything that the program can mean."""

import ast
import re
import tomllib
from collections.abc import Iterator
from string import Formatter
from typing import get_args

import pytest

from famgui.base.wording import Wording, system_language
from famgui.domain.benefit import BENEFITS, LEVELS
from famgui.domain.household import RefundFault
from famgui.domain.identity import RELATIONS
from famgui.domain.problem import Code
from famgui.domain.settlement import FACILITY_TYPES
from famgui.domain.trace import StepName
from tests.files.program import REPOSITORY

KINDS = ("string", "amount", "ratio", "bool", "integer", "date", "datetime", "table", "array")
FORMS = {"line", "no-line", "line-only", "file-only"}
CODE_ARGUMENT = {"Fault": 1, "fault": 1, "_Wrong": 0, "_checked": 1}


def sentences(language: str) -> dict[tuple[str, str], str]:
    """Every sentence of a language by section and key."""
    table = tomllib.loads((REPOSITORY / "resources" / "i18n" / f"{language}.toml").read_text("utf-8"))
    return {(section, key): text for section, inner in table.items() for key, text in inner.items()}


def holes(text: str) -> set[str]:
    """The names in braces; a format or conversion would be a mistake."""
    found = [part for part in Formatter().parse(text) if part[1] is not None]
    assert all(name and not form and not conversion for _, name, form, conversion in found), text
    return {str(part[1]) for part in found}


ZH, EN = sentences("zh"), sentences("en")


def test_both_languages_have_the_same_keys() -> None:
    assert list(ZH) == list(EN)


@pytest.mark.parametrize("key", ZH, ids=".".join)
def test_both_languages_fill_in_the_same_names(key: tuple[str, str]) -> None:
    assert holes(ZH[key]) == holes(EN.get(key, ""))
    assert ZH[key].strip() and EN[key].strip()


def test_english_has_no_chinese() -> None:
    assert [key for key, text in EN.items() if re.search("[\u3000-\u9fff\uff00-\uffef]", text)] == []


def test_every_problem_has_a_sentence_and_every_sentence_a_problem() -> None:
    assert {key for section, key in ZH if section == "problem"} == set(get_args(Code))
    assert all(holes(ZH["problem", code]) <= {"subject"} for code in get_args(Code))


def test_every_step_has_a_sentence() -> None:
    steps = {key for section, key in ZH if section == "step"}
    assert set(get_args(StepName)) <= steps
    assert {"deductible-none", "shared-limited"} <= steps


def test_every_word_that_a_report_shows_is_there() -> None:
    words = {key for section, key in ZH if section == "word"}
    assert {*BENEFITS, *LEVELS, *RELATIONS, *FACILITY_TYPES} <= words
    assert {key for section, key in ZH if section == "grade"} == set("ABCDSK")


def test_every_type_has_a_name() -> None:
    types = {key for section, key in ZH if section == "type"}
    assert {"bool", "string", "number", "date", "datetime", "table", "array"} <= types


def calls() -> Iterator[tuple[str, ast.Call]]:
    """Every call in what reads and tells case files and packs, with the plain name of what is called."""
    source = REPOSITORY / "famgui"
    folders = [source / name for name in ("base", "files", "policy")]
    for path in sorted([source / "cli.py", *(path for folder in folders for path in folder.rglob("*.py"))]):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call):
                name = getattr(node.func, "attr", getattr(node.func, "id", ""))
                yield name, node


def constants(node: ast.expr) -> set[str]:
    """The texts that an argument can be: a constant, or one of the two of a condition."""
    if isinstance(node, ast.IfExp):
        return constants(node.body) | constants(node.orelse)
    return {node.value} if isinstance(node, ast.Constant) and isinstance(node.value, str) else set()


def used_codes() -> set[str]:
    """Every fault code that the source names, with the families `want-...` and `refund-...` spelled out."""
    found = {f"want-{kind}" for kind in KINDS} | {f"refund-{code}" for code in get_args(RefundFault)}
    for name, call in calls():
        place = CODE_ARGUMENT.get(name)
        if place is not None and len(call.args) > place:
            found |= constants(call.args[place])
    return found


def test_every_fault_has_a_sentence_and_every_sentence_a_fault() -> None:
    used = used_codes()
    assert {"syntax", "unknown-key", "empty-text", "amount", "money-without-account", "unknown-clause"} <= used
    assert {key for section, key in ZH if section == "fault"} == used | FORMS


def given(call: ast.Call) -> set[str]:
    """The names of the values that a call hands to its sentence: keywords, or pairs in a tuple."""
    names = {str(keyword.arg) for keyword in call.keywords}
    for argument in call.args[2:]:
        for node in ast.walk(argument):
            if isinstance(node, ast.Tuple) and len(node.elts) == 2:
                names |= constants(node.elts[0])
    return names


def test_every_fault_fills_in_what_its_sentence_names() -> None:
    for name, call in calls():
        place = CODE_ARGUMENT.get(name)
        if place is None or name == "_checked" or len(call.args) <= place:
            continue
        for code in constants(call.args[place]):
            assert holes(ZH["fault", code]) <= given(call), f"{code} at line {call.lineno}"


def test_every_sentence_that_the_source_asks_for_is_there() -> None:
    asked = set()
    for name, call in calls():
        if name in ("say", "word") and len(call.args) >= 2:
            asked |= {(s, k) for s in constants(call.args[0]) for k in constants(call.args[1])}
    assert len(asked) > 20
    assert asked <= set(ZH)


def test_sentences_are_filled_in() -> None:
    assert Wording("en").say("fault", "duplicate-id", id="{x}") == 'the id "{x}" is used twice'
    assert "{x}" in Wording("zh").say("fault", "duplicate-id", id="{x}")
    with pytest.raises(KeyError):
        Wording("zh").say("fault", "no-such-sentence")


@pytest.mark.parametrize(
    ("variables", "language"),
    [
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "en_US.UTF-8"}, "en"),
        ({"LANG": "EN"}, "en"),
        ({"LANG": "C.UTF-8"}, "zh"),
        ({"LANG": "de_DE.UTF-8"}, "zh"),
        ({"LANG": "zh_CN.UTF-8", "LC_MESSAGES": "en_GB.UTF-8"}, "en"),
        ({"LANG": "en_US.UTF-8", "LC_ALL": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "en_US.UTF-8", "LC_ALL": ""}, "en"),
    ],
    ids=str,
)
def test_language_of_the_system(monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], language: str) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert system_language() == language


@pytest.mark.parametrize(("spoken", "language"), [("en_US", "en"), ("zh_CN", "zh"), (None, "zh")])
def test_language_of_a_system_without_variables(
    monkeypatch: pytest.MonkeyPatch, spoken: str | None, language: str
) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("locale.getlocale", lambda *_: (spoken, "UTF-8"))
    assert system_language() == language
