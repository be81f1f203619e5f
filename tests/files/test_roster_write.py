"""The list on its way out: template, export, faulty rows; as workbook and as text."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from famgui.base.wording import Wording
from famgui.files.roster.form import COLUMNS, FURTHER, ROSTER, recognise, title_of, unread
from famgui.files.roster.rows import Remark
from famgui.files.roster.source import open_list
from famgui.files.roster.write import export, faulty, template, write_list
from famgui.files.workbook.write import TEXT
from tests.files.rosters import line, number, text, workbook
from tests.files.workbooks import lines, read


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_template_is_read_again_as_an_empty_list(tmp_path: Path, language: str) -> None:
    wording = Wording(language)  # type: ignore[arg-type]
    write_list(tmp_path / "t.xlsx", template(wording))
    grid = open_list(tmp_path / "t.xlsx")
    mapped = recognise(grid.titles)
    assert [key for key in COLUMNS if mapped[key] < 0] == list(FURTHER)
    assert len(list(grid.rows())) == 1
    assert grid.sheet == ROSTER.title(language)


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_an_export_is_read_again_cell_by_cell(tmp_path: Path, ending: str) -> None:
    row = {
        "authorizer.name": "=甲",
        "authorizer.id_number": number(1),
        "authorizer.current": 12.5,
        "authorizer.phone": "+8613800000000",
        "starts": date(2025, 3, 1),
        "bound_at": "2025-03-01 09:30:00",
        "priority": 2,
    }
    write_list(tmp_path / f"e.{ending}", export([row], "zh"))
    grid = open_list(tmp_path / f"e.{ending}")
    mapped = recognise(grid.titles)
    assert all(place >= 0 for place in mapped.values())
    assert ending == "xlsx" or ",'+8613800000000," in (tmp_path / "e.csv").read_text("utf-8-sig")
    ((_, cells),) = grid.rows()
    said = {key: str(cells[mapped[key]]) for key in row}
    assert said["authorizer.name"] == "=甲" and said["authorizer.id_number"] == number(1)
    assert float(said["authorizer.current"]) == 12.5 and said["authorizer.phone"] == "+8613800000000"
    assert said["starts"] == "2025-03-01" and said["bound_at"] == "2025-03-01 09:30:00" and float(said["priority"]) == 2


def test_an_empty_export_has_its_headings(tmp_path: Path) -> None:
    write_list(tmp_path / "e.csv", export([], "en"))
    assert (tmp_path / "e.csv").read_text("utf-8-sig").startswith("Authorizer,Authorizer ID number")


def test_faulty_rows_as_they_stood_with_what_is_wrong_at_the_end(tmp_path: Path) -> None:
    headings = ("姓名", "身份证号", "姓名", "身份证号", "关系", "工号", "", "问题")
    rows = [("甲", number(1), "乙", number(2), "女儿", "007", "x", "old"), ("丙", number(3), "", "", "", "", "", "")]
    path = text(tmp_path / "a.csv", rows, headings)
    grid = open_list(path)
    remarks = {
        2: [
            Remark(2, "relation", "relation-needed"),
            Remark(2, "", "SELF_BINDING", (("subject", "乙"),), clause="N-03"),
        ]
    }
    (sheet,) = faulty(grid, recognise(grid.titles), remarks, Wording("zh"))
    assert list(sheet.headings).count("问题") == 1
    assert (sheet.formats["身份证号"], sheet.formats["使用人身份证号"]) == (TEXT, TEXT)
    write_list(tmp_path / "f.xlsx", [sheet])
    (row,) = lines(tmp_path / "f.xlsx", "名单")
    assert list(row) == ["姓名", "身份证号", "使用人姓名", "使用人身份证号", "关系", "工号", "原行号", "问题"]
    assert row["原行号"] == 2 and (row["姓名"], row["使用人姓名"], row["使用人身份证号"], row["工号"]) == (
        "甲",
        "乙",
        number(2),
        "007",
    )
    assert row["问题"].startswith("关系: 没有写关系") and row["问题"].endswith("[N-03]")
    again = open_list(tmp_path / "f.xlsx")
    assert [recognise(again.titles)[key] for key in ("authorizer.name", "user.name", "relation")] == [0, 2, 4]


def test_days_and_numbers_of_a_faulty_row_stay_what_they_are(tmp_path: Path) -> None:
    grid = open_list(workbook(tmp_path / "a.xlsx", [line(1, 2)]))
    write_list(tmp_path / "f.xlsx", faulty(grid, recognise(grid.titles), {2: []}, Wording("zh")))
    assert read(tmp_path / "f.xlsx")["名单"][1][8] == date(2026, 12, 1)
    write_list(tmp_path / "f.csv", faulty(grid, recognise(grid.titles), {2: []}, Wording("en")))
    assert "2026-12-01" in (tmp_path / "f.csv").read_text("utf-8-sig")


def test_every_column_of_the_template_has_a_note() -> None:
    for language in ("zh", "en"):
        (sheet,) = template(Wording(language))  # type: ignore[arg-type]
        assert set(sheet.notes) == set(sheet.headings) and all(sheet.notes.values())
        assert title_of("relation", language) in sheet.choices


def test_what_was_said_for_all_rows_stands_beside_the_faulty_ones(tmp_path: Path) -> None:
    path = text(tmp_path / "a.csv", [("甲", number(1), "退休")], ("姓名", "身份证号", "参保"))
    grid = replace(open_list(path), fixed={"authorizer.insured_place": "430200", "authorizer.insurance": "居民"})
    write_list(tmp_path / "f.xlsx", faulty(grid, recognise(grid.titles), {2: []}, Wording("zh")))
    (row,) = lines(tmp_path / "f.xlsx", "名单")
    assert (row["授权人参保地"], row["参保"], row["原行号"]) == ("430200", "退休", 2) and "授权人参保" not in row
    again = open_list(tmp_path / "f.xlsx")
    assert unread(again.titles, recognise(again.titles)) == ()
