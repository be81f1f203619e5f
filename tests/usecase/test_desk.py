"""What the window asks of a book: opening, files in and out, and every trouble as a sentence."""

import ast
import sqlite3
import tomllib
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from famgui.base.wording import Wording
from famgui.domain.bill import Item
from famgui.domain.settlement import Facility, Visit
from famgui.files.casefile import FaultyFile, read_case
from famgui.policy.library import Library, NoRuleBook
from famgui.store.trouble import NewerBook, NotABook
from famgui.usecase import desk

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "resources" / "samples" / "family-year.famgui.toml"
ZH = Wording("zh")


def test_a_new_sample_book_holds_the_sample_once(tmp_path: Path, library: Library) -> None:
    path = tmp_path / "sample.sqlite"
    for _ in range(2):
        book = desk.open_book(path, SAMPLE, "示例家庭", library.book, now=NOW)
        assert [summary.title for summary in desk.summaries(book)] == ["示例家庭"]
        assert book.info.is_sample
        book.close()


def test_files_come_in_and_go_out(tmp_path: Path, library: Library) -> None:
    book = desk.open_book(tmp_path / "book.sqlite", None, "", library.book, now=NOW)
    assert desk.summaries(book) == ()
    household, _ = desk.import_file(book, library.book, SAMPLE, now=NOW)
    desk.export_file(book, household, tmp_path / "out.toml")
    assert read_case(tmp_path / "out.toml") == read_case(SAMPLE)
    assert desk.load(book, library.book, household).title == "family-year"
    book.close()


def test_why_an_event_was_not_recorded(tmp_path: Path, library: Library) -> None:
    book = desk.open_book(tmp_path / "sample.sqlite", SAMPLE, "x", library.book, now=NOW)
    (summary,) = desk.summaries(book)
    facility = Facility("hospital", "430200", "tertiary")
    early = Visit("v9", date(2025, 1, 2), "li", "outpatient", facility, (Item("x", "drug", 50_000, "A"),))
    done = desk.record_event(book, library.book, summary.id, early, now=NOW)
    (said,) = desk.why_not(done, {}, ZH)
    assert said.startswith("该日期之后已有记录")
    again = Visit("一月社区", date(2025, 12, 2), "li", "outpatient", facility, (Item("x", "drug", 1, "A"),))
    (said,) = desk.why_not(desk.record_event(book, library.book, summary.id, again, now=NOW), {}, ZH)
    assert "一月社区" in said
    (said,) = desk.why_not(desk.undo(book, library.book, summary.id, "nothing", now=NOW), {}, ZH)
    assert "nothing" in said
    book.close()


def test_troubles_are_sentences_and_bugs_are_not(tmp_path: Path) -> None:
    path = tmp_path / "x.sqlite"
    assert "9" in (desk.explain(NewerBook(path, "9", "1"), ZH) or "")
    assert "x.sqlite" in (desk.explain(NotABook(path), ZH) or "")
    assert "110000" in (desk.explain(NoRuleBook("110000"), ZH) or "")
    assert "no room" in (desk.explain(OSError(28, "no room"), ZH) or "")
    with pytest.raises(FaultyFile) as faulty:
        read_case(tmp_path / "none.toml")
    assert "none.toml" in (desk.explain(faulty.value, ZH) or "")
    assert desk.explain(ZeroDivisionError(), ZH) is None


def test_a_book_is_examined_in_sentences(tmp_path: Path, library: Library) -> None:
    path = tmp_path / "sample.sqlite"
    desk.open_book(path, SAMPLE, "x", library.book, now=NOW).close()
    assert desk.examine_file(path, library.book, ZH) == []
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE account SET current = current + 100 WHERE person_id = 2")
    connection.close()
    said = desk.examine_file(path, library.book, ZH)
    assert said[0] == "li 的 当年 余额 2113.00 与分录合计 2112.00 不符"
    assert desk.examine_file(tmp_path / "none", library.book, ZH) == [f"没有账本 {tmp_path / 'none'}。"]
    (tmp_path / "empty").write_bytes(b"")
    assert "空的" in desk.examine_file(tmp_path / "empty", library.book, ZH)[0]
    assert (tmp_path / "empty").stat().st_size == 0, "examining writes nothing"
    (tmp_path / "text").write_text("hello", "utf-8")
    assert "不是" in desk.examine_file(tmp_path / "text", library.book, ZH)[0]


def _codes(file: str, call: str) -> set[str]:
    """Every code given first to a call in a source file, or assigned to `code` in a class."""
    found: set[str] = set()
    for node in ast.walk(ast.parse((ROOT / "famgui" / file).read_text("utf-8"))):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == call and node.args:
            first = node.args[0]
            found |= {str(n.value) for n in ast.walk(first) if isinstance(n, ast.Constant) and isinstance(n.value, str)}
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "code":
            found.add(str(getattr(node.value, "value", "")))
    return found


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_trouble_and_finding_has_a_sentence(language: str) -> None:
    table = tomllib.loads((ROOT / "resources" / "i18n" / f"{language}.toml").read_text("utf-8"))
    assert _codes("store/trouble.py", "-") <= set(table["book"])
    assert len(_codes("store/trouble.py", "-")) >= 8
    assert _codes("usecase/doctor.py", "Finding") | {"damaged", "orphan"} <= set(table["finding"])
    sources = ("record", "trial", "retract", "undo")
    refusals = {code for name in sources for code in _codes(f"usecase/{name}.py", "Refusal") if code.isupper()}
    assert refusals <= set(table["refusal"]) and "BACKDATED" in refusals
