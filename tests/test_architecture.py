"""What import-linter cannot see: floats near money, hidden imports, sizes, text that bypasses translation."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SOURCES = sorted((ROOT / "famgui").rglob("*.py"))
MAX_LINES = 300
MAX_PUBLIC_METHODS = 15

START_UP_SEAMS = {
    ("famgui/__main__.py", "famgui.cli"),
    ("famgui/base/crash.py", "traceback"),
    ("famgui/base/pinyin.py", "pypinyin"),
    ("famgui/base/toml_source.py", "tree_sitter_toml"),
    ("famgui/base/toml_source.py", "tree_sitter"),
    ("famgui/policy/pack.py", "famgui.policy.schemafaults"),
    ("famgui/cli.py", "famgui.files.report"),
    ("famgui/cli.py", "famgui.cli_batch"),
    ("famgui/cli.py", "famgui.cli_verify"),
    ("famgui/cli.py", "famgui.cli_pack"),
    ("famgui/cli.py", "famgui.cli_search"),
    ("famgui/cli.py", "famgui.cli_selftest"),
    ("famgui/policy/spelling.py", "opencc"),
    ("famgui/policy/spelling.py", "pypinyin"),
    ("famgui/policy/spelling.py", "pypinyin.constants"),
    ("famgui/policy/signature.py", "cryptography.exceptions"),
    ("famgui/policy/signature.py", "cryptography.hazmat.primitives.asymmetric.ed25519"),
    ("famgui/policy/signature.py", "cryptography.hazmat.primitives.serialization"),
    ("famgui/cli_batch.py", "famgui.usecase.batch_book"),
    ("famgui/usecase/agenda.py", "famgui.files.ics"),
    ("famgui/store/upgrade.py", "famgui.store.migrations.run"),
    ("famgui/ui/paper.py", "famgui.ui.paper_text"),
    ("famgui/ui/policy/page.py", "famgui.ui.policy"),
    ("famgui/app.py", "famgui.policy.library"),
    ("famgui/app.py", "famgui.policy.regions"),
    ("famgui/app.py", "famgui.usecase"),
    ("famgui/app.py", "famgui.ui.shell.desk"),
    ("famgui/app.py", "famgui.ui.launch"),
    ("famgui/app.py", "tempfile"),
    ("famgui/ui/launch.py", "famgui.ui.shell.handover"),
    ("famgui/ui/launch.py", "famgui.ui.shell.occupied"),
    ("famgui/ui/start.py", "famgui.ui.shell.books"),
    ("famgui/usecase/update.py", "famgui.usecase.update_line"),
    ("famgui/app.py", "famgui.ui.tour"),
}
"""Imports inside functions that exist for a fast start; each says its reason where it stands."""


def faults(source: str, where: str) -> Iterator[str]:
    """Every breach of the house rules in one file."""
    tree = ast.parse(source)
    floor = where.split("/")[1]
    if len(source.splitlines()) > MAX_LINES:
        yield f"{where}: more than {MAX_LINES} lines"
    for node in ast.walk(tree):
        line = getattr(node, "lineno", 0)
        if isinstance(node, ast.FunctionDef):
            yield from _hidden_imports(node, where)
        if isinstance(node, ast.ClassDef):
            methods = [n.name for n in node.body if isinstance(n, ast.FunctionDef) and not n.name.startswith("_")]
            if len(methods) > MAX_PUBLIC_METHODS:
                yield f"{where}:{line}: class {node.name} has {len(methods)} public methods"
        if floor == "domain":
            if isinstance(node, ast.Constant) and isinstance(node.value, float):
                yield f"{where}:{line}: a float near money"
            if isinstance(node, ast.Name) and node.id == "float":
                yield f"{where}:{line}: float near money"
            if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div):
                yield f"{where}:{line}: true division makes floats"
            if isinstance(node, ast.Call) and _called(node) in ("today", "now", "utcnow", "open", "print"):
                yield f"{where}:{line}: the domain has no clock, file or screen"
        if isinstance(node, ast.Call) and _called(node) in ("tr", "translate") and _has_f_string(node):
            yield f"{where}:{line}: f-string inside tr()"
        if floor == "ui" and not where.startswith("famgui/ui/theme"):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and _hex_colour(node.value):
                yield f"{where}:{line}: a colour outside ui/theme"
            if isinstance(node, ast.Call) and _called(node) in ("setFixedSize", "setFixedWidth", "setFixedHeight"):
                yield f"{where}:{line}: fixed geometry outside ui/theme"
    if where.endswith("/viewmodel.py"):
        yield from _beyond_core(tree, where)


def _called(node: ast.Call) -> str:
    target = node.func
    return target.attr if isinstance(target, ast.Attribute) else target.id if isinstance(target, ast.Name) else ""


def _has_f_string(node: ast.Call) -> bool:
    return any(isinstance(argument, ast.JoinedStr) for argument in node.args)


def _hex_colour(text: str) -> bool:
    digits = text.removeprefix("#")
    return text.startswith("#") and len(digits) in (3, 6, 8) and all(c in "0123456789abcdefABCDEF" for c in digits)


def _hidden_imports(function: ast.FunctionDef, where: str) -> Iterator[str]:
    for node in ast.walk(function):
        names = (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else []
        )
        for name in names:
            if (where, name) not in START_UP_SEAMS:
                yield f"{where}:{node.lineno}: import of {name} inside a function, not a named start-up seam"


def _beyond_core(tree: ast.Module, where: str) -> Iterator[str]:
    for node in ast.walk(tree):
        module = (node.module or "") if isinstance(node, ast.ImportFrom) else ""
        if module.startswith("PySide6") and module != "PySide6.QtCore":
            yield f"{where}:{getattr(node, 'lineno', 0)}: a view-model knows QtCore only"


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_house_rules(path: Path) -> None:
    assert list(faults(path.read_text("utf-8"), path.relative_to(ROOT).as_posix())) == []


@pytest.mark.parametrize(
    ("where", "source", "said"),
    [
        ("famgui/domain/x.py", "RATE = 0.6\n", "a float near money"),
        ("famgui/domain/x.py", "half = 3 / 2\n", "true division"),
        ("famgui/domain/x.py", "def f(x: float) -> None: ...\n", "float near money"),
        ("famgui/domain/x.py", "from datetime import date\nday = date.today()\n", "no clock"),
        ("famgui/usecase/x.py", "def f():\n    from famgui.domain import money\n", "not a named start-up seam"),
        ("famgui/ui/x.py", "label = self.tr(f'{n} left')\n", "f-string inside tr()"),
        ("famgui/ui/x.py", "colour = '#0F766E'\n", "a colour outside ui/theme"),
        ("famgui/ui/x.py", "widget.setFixedWidth(200)\n", "fixed geometry"),
        ("famgui/ui/a/viewmodel.py", "from PySide6.QtWidgets import QLabel\n", "QtCore only"),
        ("famgui/files/x.py", "x = 1\n" * 301, "more than 300 lines"),
        ("famgui/files/x.py", "class A:\n" + "".join(f"    def m{n}(self): ...\n" for n in range(16)), "16 public"),
    ],
)
def test_each_rule_is_seen_to_fail(where: str, source: str, said: str) -> None:
    assert any(said in fault for fault in faults(source, where))


def test_seams_exist() -> None:
    for where, name in START_UP_SEAMS:
        assert name in (ROOT / where).read_text("utf-8"), f"{where} no longer imports {name}: strike it off the list"


@pytest.mark.parametrize(
    ("where", "line", "contract"),
    [
        ("domain/money.py", "import famgui.files.casefile", "Layers point down"),
        ("files/answer.py", "import famgui.policy.library", "Layers point down"),
        ("usecase/settlement.py", "import PySide6.QtCore", "No Qt below the windows"),
        ("ui/ledger/page.py", "import famgui.ui.policy.page", "Pages are strangers"),
        ("files/answer.py", "import sqlite3", "SQL only in store and policy"),
        ("ui/paper.py", "import sqlalchemy", "SQL only in store and policy"),
        ("domain/money.py", "import time", "The domain is pure"),
    ],
)
def test_each_contract_is_seen_to_fail(tmp_path: Path, where: str, line: str, contract: str) -> None:
    """Break a copy of the house in one place: exactly that contract must break."""
    for path in SOURCES:
        copy = tmp_path / path.relative_to(ROOT)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(path.read_bytes())
    (tmp_path / "pyproject.toml").write_bytes((ROOT / "pyproject.toml").read_bytes())
    broken = tmp_path / "famgui" / where
    broken.write_text(broken.read_text("utf-8") + f"\n{line}\n", "utf-8")
    linter = "import sys; sys.path.insert(0, ''); from importlinter import cli; cli.lint_imports_command()"
    done = subprocess.run(
        [sys.executable, "-P", "-c", linter, "--no-cache"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    said = done.stdout + done.stderr
    assert done.returncode == 1, said
    assert any(contract in text and "BROKEN" in text for text in said.splitlines()), said
