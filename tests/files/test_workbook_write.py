"""Workbooks out: the template, texts that stay texts, sentences for everything that can be wrong."""

import ast
import tomllib
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from famgui.base.paths import resources
from famgui.base.wording import Language, Wording
from famgui.files.workbook.answer import batch_answer
from famgui.files.workbook.form import FORMS, PROBLEM, RowFault
from famgui.files.workbook.opening import OpenWorkbook
from famgui.files.workbook.results import _CASE_FILE_FAULTS, _COLUMNS, Sums, fault_line, row_sentence, where
from famgui.files.workbook.write import SheetOut, write_template, write_workbook, yuan
from tests.files.program import REPOSITORY
from tests.files.workbooks import read


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_template_is_a_workbook_of_ours(tmp_path: Path, language: Language) -> None:
    path = tmp_path / "template.xlsx"
    write_template(path, Wording(language))
    opened = OpenWorkbook(path, language)
    assert opened.faults == [] and list(opened.sheets) == ["bills"], "the other sheets are empty"
    for form in FORMS:
        headings, *rows = read(path)[form.title(language)]
        assert headings == [column.title(language) for column in form.columns if column is not PROBLEM]
        assert len(rows) == (2 if form.key == "bills" else 0)
    assert [number for number, _ in opened.bills.rows()] == [2, 3]


def test_the_template_offers_choices_and_explains_its_columns(tmp_path: Path) -> None:
    path = tmp_path / "template.xlsx"
    write_template(path, Wording("zh"))
    with zipfile.ZipFile(path) as parts:
        first = parts.read("xl/worksheets/sheet1.xml").decode()
        notes = "".join(parts.read(name).decode() for name in parts.namelist() if "comments" in name)
    assert "门诊,慢特病,两病,药店,住院" in first and 'sqref="D2:D203"' in first
    assert 'state="frozen"' in first
    for form in FORMS:
        for column in form.columns:
            if column is not PROBLEM:
                assert Wording("zh").say("batch", f"column-{form.key}-{column.key}") in notes


def test_texts_stay_texts(tmp_path: Path) -> None:
    evil = ["=1+1", "+1", "-1", "@SUM(1)", '=HYPERLINK("http://x")', "\t=1"]
    path = tmp_path / "out.xlsx"
    write_workbook(path, [SheetOut("甲", ("文", "数"), [{"文": text, "数": yuan(5)} for text in evil])])
    assert read(path)["甲"] == [["文", "数"], *([text, 0.05] for text in evil)]
    with zipfile.ZipFile(path) as parts:
        assert b"<f>" not in parts.read("xl/worksheets/sheet1.xml")


def test_rows_come_as_they_are_made_and_all_columns_stand(tmp_path: Path) -> None:
    rows = iter([{"b": 1}, {"a": "x"}])
    write_workbook(tmp_path / "a.xlsx", [SheetOut("s", ("a", "b"), rows), SheetOut("none", ("c", "d"), [])])
    assert read(tmp_path / "a.xlsx") == {"s": [["a", "b"], ["", 1.0], ["x", ""]], "none": [["c", "d"]]}


def test_nothing_half_written(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"old")

    def rows() -> Iterator[dict[str, object]]:
        yield {"a": 1}
        raise RuntimeError("in the middle")

    with pytest.raises(RuntimeError):
        write_workbook(path, [SheetOut("s", ("a",), rows())])
    assert path.read_bytes() == b"old" and list(tmp_path.iterdir()) == [path]
    with pytest.raises(OSError):
        write_workbook(tmp_path / "a.xlsx" / "b.xlsx", [SheetOut("s", ("a",), [])])
    write_workbook(tmp_path / "new" / "b.xlsx", [SheetOut("s", ("a",), [])])
    assert [one.name for one in (tmp_path / "new").iterdir()] == ["b.xlsx"]


SOURCES = (
    *sorted((REPOSITORY / "famgui" / "files" / "workbook").glob("*.py")),
    *sorted((REPOSITORY / "famgui" / "usecase").glob("batch*.py")),
)
CALLS = {"Refused": 0, "note": 2, "RowFault": 3, "_bad": 3, "_lost": 1, "unreadable": 0, "hold_back": 1, "_first": -1}


def codes() -> set[str]:
    """Every code that the source names where something is told of a row."""
    found = {"missing-column", "column-twice", "unknown-column", "place-ambiguous", "place-unknown"}
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call):
                name = getattr(node.func, "attr", getattr(node.func, "id", ""))
                given = [*node.args, *(keyword.value for keyword in node.keywords if keyword.arg == "code")]
                place = CALLS.get(name)
                found |= set() if place is None else _texts(given[place:] if place < 0 else given[place : place + 1])
                if name == "note" and len(node.args) > 1:
                    found |= _texts(node.args[1:2])
    return {code for code in found if code not in ("blank", "")}


def _texts(nodes: list[ast.expr]) -> set[str]:
    found: set[str] = set()
    for node in nodes:
        parts = (node.body, node.orelse) if isinstance(node, ast.IfExp) else (node,)
        found |= {str(part.value) for part in parts if isinstance(part, ast.Constant) and isinstance(part.value, str)}
    return found


def test_everything_that_can_be_wrong_has_a_sentence() -> None:
    tables = tomllib.loads((resources() / "i18n" / "zh.toml").read_text("utf-8"))
    keys = {column.key for form in FORMS for column in form.columns}
    told = (codes() | {"bill-late", "bill-drift"}) - keys
    assert {"cell-amount", "differs", "person-unknown", "bill-recorded", "family-doubt", "not-a-workbook"} <= told
    for code in sorted(told):
        section = "fault" if code in _CASE_FILE_FAULTS else "book" if code.startswith("book-") else "batch"
        assert code in tables[section], code
    assert set(tables["fault"]) >= _CASE_FILE_FAULTS
    assert {f"result-{column.key}" for column in _COLUMNS} <= set(tables["batch"])


def test_sentences_say_where_and_what() -> None:
    zh, en = Wording("zh"), Wording("en")
    cell = RowFault("费用", 7, "金额", "cell-amount", (("value", "x"),))
    assert fault_line(cell, "a.xlsx", zh) == (
        "a.xlsx: 费用 第 7 行 金额: “x”不是金额；要 0.00 到 9999999.99 元，最多两位小数"
    )
    assert where(cell, en) == "费用 row 7 金额"
    assert where(RowFault("费用", 7, "", "sum-row"), zh) == "费用 第 7 行"
    assert fault_line(RowFault("费用", 0, "", "unknown-sheet"), "a.xlsx", en) == (
        "a.xlsx: 费用: unknown sheet, not read"
    )
    assert fault_line(RowFault("", 0, "", "password"), "a.xlsx", en).startswith("a.xlsx: the workbook has a password")
    assert "王" in row_sentence(RowFault("人员", 2, "", "ID_CHECKSUM", (("subject", "王"),)), zh)
    assert row_sentence(RowFault("费用", 2, "金额", "missing-key", (("name", "金额"),)), zh) == "缺少 金额"


def test_the_answer_of_nothing() -> None:
    answer = batch_answer((), Sums(), (), (), Wording("zh"))
    assert answer["totals"] == {
        "bills": 0,
        "total": "0.00",
        "pool": "0.00",
        "own": "0.00",
        "shared": "0.00",
        "cash": "0.00",
    }
