"""`famgui selftest`: a line for each thing that this copy of the program must do, tried in a home of its own."""

import argparse
import gc
import json
import os
import sys
import traceback
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import NamedTuple

import famgui
from famgui.app import App, pages, usecases
from famgui.base.paths import Home, resources
from famgui.base.wording import Wording
from famgui.usecase.selftest.ground import Ground, SelftestFailed

OK, FAILED = 0, 1


class Check(NamedTuple):
    """What is tried (`selftest.what-<name>` of the wording says it) and the function that tries it. Its module is
    loaded with the check, so that what is missing there fails this one only."""

    name: str
    module: str
    function: str


class Verdict(NamedTuple):
    """What became of a check: the sentence that says why it failed ("": it holds), and how long it took."""

    name: str
    what: str
    said: str
    milliseconds: int


CHECKS = (
    Check("packs", "famgui.usecase.selftest.lookup", "rule_packs"),
    Check("cases", "famgui.usecase.selftest.settle", "worked_cases"),
    Check("old-book", "famgui.usecase.selftest.book", "old_book"),
    Check("record", "famgui.usecase.selftest.book", "record_and_undo"),
    Check("search", "famgui.usecase.selftest.lookup", "search"),
    Check("traditional", "famgui.usecase.selftest.lookup", "traditional"),
    Check("pinyin", "famgui.usecase.selftest.lookup", "pinyin"),
    Check("fuzzy", "famgui.usecase.selftest.lookup", "fuzzy"),
    Check("workbook", "famgui.usecase.selftest.workbook", "bills"),
    Check("faulty-line", "famgui.usecase.selftest.papers", "faulty_line"),
    Check("page", "famgui.usecase.selftest.papers", "page"),
    Check("signature", "famgui.usecase.selftest.papers", "signature"),
    Check("calendar", "famgui.usecase.selftest.papers", "calendar"),
    Check("screen", "famgui.ui.selftest", "screen"),
    Check("fonts", "famgui.ui.selftest", "fonts"),
    Check("icons", "famgui.ui.selftest", "icons"),
    Check("translation", "famgui.ui.selftest", "translation"),
    Check("pdf", "famgui.ui.selftest", "pdf"),
    Check("window", "famgui.ui.selftest", "pages"),
    Check("english", "famgui.ui.selftest", "english"),
)
_FACTS = (
    ("python", "platform", "python_version"),
    ("qt", "PySide6.QtCore", "qVersion"),
    ("sqlite", "famgui.store.engine", "database_version"),
    ("system", "platform", "platform"),
)
"""What is told of the surroundings, and the functions that know it."""


def add_selftest(parser: argparse.ArgumentParser, wording: Wording) -> None:
    """The arguments of the command."""
    parser.add_argument("checks", nargs="*", metavar="CHECK", help=_names_help(wording))
    parser.add_argument("--json", action="store_true", help=wording.say("cli", "json-help"))
    parser.add_argument("--verbose", action="store_true", help=wording.say("selftest", "verbose-help"))
    parser.add_argument("--picture", metavar="FILE.png", help=wording.say("selftest", "picture-help"))


def _names_help(wording: Wording) -> str:
    return wording.say("selftest", "checks-help", names=", ".join(check.name for check in CHECKS))


def selftest(app: App, asked: argparse.Namespace) -> int:
    """Try everything and tell; 0 when all holds. Nothing of the user's is looked at or touched."""
    unknown = [name for name in asked.checks if name not in {check.name for check in CHECKS}]
    if unknown:
        print(app.wording.say("selftest", "unknown-check", name=unknown[0]), _names_help(app.wording), file=sys.stderr)
        return 2
    _prepare_screen()
    chosen = [check for check in CHECKS if check.name in asked.checks or not asked.checks]
    facts = _facts()
    if not asked.json:
        _print_facts(facts, app.wording)
    verdicts = []
    for verdict in _verdicts(app, chosen, Path(asked.picture) if asked.picture else None, verbose=asked.verbose):
        verdicts.append(verdict)
        if not asked.json:
            print(_line(verdict), flush=True)
    failed = sum(bool(verdict.said) for verdict in verdicts)
    if asked.json:
        print(json.dumps(_answer(facts, verdicts), ensure_ascii=False, indent=1))
    else:
        print(app.wording.say("selftest", "some-failed" if failed else "all-hold", count=len(verdicts), failed=failed))
    return FAILED if failed else OK


def _prepare_screen() -> None:
    """Paint where nobody looks, unless a screen was asked for; there Qt on Windows must be told where fonts are."""
    if os.environ.setdefault("QT_QPA_PLATFORM", "offscreen") == "offscreen" and sys.platform == "win32":
        os.environ.setdefault("QT_QPA_FONTDIR", str(Path(os.environ.get("SYSTEMROOT", "C:\\Windows")) / "Fonts"))


def _verdicts(app: App, checks: list[Check], picture: Path | None, *, verbose: bool) -> Iterator[Verdict]:
    """Try one after the other, in a home that is gone afterwards."""
    try:
        folder = TemporaryDirectory(prefix="famgui-selftest-", ignore_cleanup_errors=True)
    except OSError as error:
        yield Verdict("home", app.wording.say("selftest", "what-home"), error.strerror or str(error), 0)
        return
    with folder as root:
        ground = ground_in(Home(Path(root)), app.wording, picture)
        for check in checks:
            yield run_check(ground, check, verbose=verbose)
        del ground
        gc.collect()  # the search index lets its file go, which Windows could not remove otherwise


def ground_in(home: Home, wording: Wording, picture: Path | None = None) -> Ground:
    """What the checks stand on: the program's own parts, at work in this home."""
    app = App(home, wording.language)
    return Ground(
        home=home,
        wording=wording,
        now=datetime.now().astimezone(),
        shipped=resources() / "selftest",
        library=lambda: app.library,
        regions=lambda: app.regions,
        open_book=app.open_book,
        examine=app.examine,
        services=app.services,
        pages=pages,
        picture=picture,
    )


def run_check(ground: Ground, check: Check, *, verbose: bool = False) -> Verdict:
    """Try one thing. Whatever goes wrong becomes a sentence; with `verbose` the way there is shown on stderr."""
    began, said = perf_counter(), ""
    try:
        getattr(import_module(check.module), check.function)(ground)
    except Exception as error:
        said = _told(error, ground.wording)
        if verbose:
            traceback.print_exception(error)
    what = ground.wording.say("selftest", f"what-{check.name}")
    return Verdict(check.name, what, said, round((perf_counter() - began) * 1000))


def _told(error: Exception, wording: Wording) -> str:
    """Why a check failed, on one line."""
    if isinstance(error, SelftestFailed):
        return " ".join(str(error).split("\n"))
    if isinstance(error, ImportError):
        return wording.say("selftest", "cannot-load", name=error.name or "?", reason=error)
    if isinstance(error, FileNotFoundError):
        return wording.say("selftest", "nothing-there", path=error.filename)
    said = None
    with suppress(Exception):  # what explains an error may be missing itself
        said = usecases().explain(error, wording)
    return " ".join((said or wording.say("selftest", "broke", error=repr(error))).split("\n"))


def _facts() -> dict[str, str]:
    found = {"version": famgui.__version__}
    for name, module, function in _FACTS:
        try:
            found[name] = str(getattr(import_module(module), function)())
        except Exception:  # a check will say why
            found[name] = "—"
    return {**found, "resources": str(resources())}


def _print_facts(facts: dict[str, str], wording: Wording) -> None:
    print(wording.say("selftest", "facts", **facts))
    print(wording.say("selftest", "facts-resources", path=facts["resources"]), flush=True)


def _line(verdict: Verdict) -> str:
    return (
        f"FAILED {verdict.what}: {verdict.said}" if verdict.said else f"ok  {verdict.what}  {verdict.milliseconds} ms"
    )


def _answer(facts: dict[str, str], verdicts: list[Verdict]) -> dict[str, object]:
    return {
        "format": 1,
        **facts,
        "ok": not any(verdict.said for verdict in verdicts),
        "checks": [
            {"check": verdict.name, "ok": not verdict.said, "message": verdict.said, "ms": verdict.milliseconds}
            for verdict in verdicts
        ],
    }
