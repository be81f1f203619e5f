"""`famgui settle` with a workbook of bills: tried out, told, and with -o written as another workbook."""

import argparse
import json
import sys
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path

from famgui.app import App
from famgui.domain.money import grouped
from famgui.files.workbook.answer import batch_answer
from famgui.files.workbook.form import FaultyWorkbook
from famgui.files.workbook.results import fault_line
from famgui.files.workbook.write import write_template
from famgui.usecase.batch import DryRun, dry_run, write_results
from famgui.usecase.batch_people import Asked, Source

OK, FAULTY = 0, 2


def settle_workbook(app: App, asked: argparse.Namespace, workbooks: list[str]) -> int:
    """Write the template, or try a workbook out; 0 all settled, 2 a row or the file is faulty."""
    complaint = _complaint(asked, workbooks)
    if complaint:
        print(app.wording.say("batch", complaint), file=sys.stderr)
        return FAULTY
    if asked.template:
        write_template(Path(asked.template), app.wording)
        print(app.wording.say("batch", "template-written", path=asked.template))
        return OK
    path = Path(workbooks[0])
    try:
        with ExitStack() as opened:
            done = _tried(app, path, asked.place or "", opened)
    except FaultyWorkbook as error:
        for fault in error.faults:
            print(fault_line(fault, Path(error.path).name, app.wording), file=sys.stderr)
        return FAULTY
    for fault in done.faults:
        print(fault_line(fault, path.name, app.wording), file=sys.stderr)
    if asked.output:
        write_results(done, Path(asked.output), app.wording)
    if asked.json:
        answer = batch_answer(done.results, done.whole, done.accounts, done.faults, app.wording)
        print(json.dumps(answer, ensure_ascii=False, indent=1))
    else:
        _print_summary(app, done, asked.output)
    return FAULTY if done.faulty else OK


def _complaint(asked: argparse.Namespace, workbooks: list[str]) -> str:
    """What is wrong with the arguments together, as a key of the wording; "" for nothing."""
    if asked.template:
        return "template-alone" if asked.cases or asked.output or asked.place else ""
    if not asked.cases:
        return "nothing-to-settle"
    if not workbooks:
        return "only-with-workbook"
    if len(asked.cases) > 1:
        return "one-workbook"
    if not asked.output:
        return ""
    if Path(asked.output).suffix.lower() != ".xlsx":
        return "results-not-xlsx"
    return "results-over-bills" if _same(Path(asked.output), Path(workbooks[0])) else ""


def _same(one: Path, other: Path) -> bool:
    """Whether two names lead to one file."""
    return one.resolve() == other.resolve()


def _tried(app: App, path: Path, place: str, opened: ExitStack) -> DryRun:
    book = app.home.root / "book.sqlite"

    def source() -> Source:
        from famgui.usecase.batch_book import InBook, open_to_try  # start-up seam: SQLAlchemy, wanted for a book only

        found = open_to_try(book)
        opened.callback(found.close)
        return InBook(found, app.library.book)

    today = datetime.now().astimezone().date()
    asked = Asked(app.library.book, app.regions, place, today, app.language)
    return dry_run(path, asked, source if book.is_file() else None)


def _print_summary(app: App, done: DryRun, output: str | None) -> None:
    whole = done.whole
    amounts = {name: grouped(fen) for name, fen in zip(whole._fields[1:], whole[1:], strict=True)}
    print(app.wording.say("batch", "summary", bills=whole.bills, people=done.people, **amounts))
    if done.bad.rows:
        print(app.wording.say("batch", "held-back", rows=len(done.bad.rows)))
    if output:
        print(app.wording.say("batch", "results-written", path=output))
