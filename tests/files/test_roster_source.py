"""A list as a file: workbooks and tables of text in the usual encodings, and where the headings stand."""

from pathlib import Path

import pytest

from famgui.base.wording import Wording
from famgui.files.roster import source
from famgui.files.roster.form import COLUMNS, is_doubtful, missing, recognise, unread
from famgui.files.roster.source import Grid, open_list
from famgui.files.roster.told import file_sentence
from famgui.files.workbook.form import FaultyWorkbook
from tests.files.rosters import HEADINGS, line, number, text
from tests.files.workbooks import write


def code_of(path: Path) -> str:
    with pytest.raises(FaultyWorkbook) as faulty:
        open_list(path)
    assert file_sentence(faulty.value, path.name, Wording("zh")).startswith(f"{path.name}: ")
    return faulty.value.faults[0].code


def names(grid: Grid) -> list[object]:
    place = recognise(grid.titles)["authorizer.name"]
    return [cells[place] for _, cells in grid.rows()]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_a_table_of_text_in_any_usual_encoding(tmp_path: Path, encoding: str, delimiter: str) -> None:
    grid = open_list(text(tmp_path / "a.csv", [line(1, 2), line(3, None)], encoding=encoding, delimiter=delimiter))
    assert grid.titles == HEADINGS and grid.sheet == "" and grid.heading_row == 1
    assert names(grid) == ["甲一", "甲三"]


def test_a_workbook_and_the_line_numbers_of_a_spreadsheet(tmp_path: Path) -> None:
    path = write(tmp_path / "a.xlsx", {"名单": (HEADINGS, [line(1, 2), line(3, 4)])}, title="花名册", first_row=2)
    grid = open_list(path)
    assert (grid.sheet, grid.heading_row) == ("名单", 3)
    assert [number for number, _ in grid.rows()] == [4, 5] and names(grid) == ["甲一", "甲三"]


def test_the_sheet_that_is_called_a_list_is_taken_else_the_one_whose_headings_say_most(tmp_path: Path) -> None:
    sheets = {"说明": (("姓名", "身份证号"), [("x", "y")]), "第二页": (HEADINGS, [line(1, 2)])}
    assert open_list(write(tmp_path / "a.xlsx", sheets)).sheet == "第二页"
    assert open_list(write(tmp_path / "b.xlsx", {**sheets, "花名册": (("姓名",), [("x",)])})).sheet == "花名册"


def test_empty_lines_are_left_out_and_short_ones_filled_up(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f"姓名,身份证号,电话\n\n甲,{number(1)}\n ,,\n", "utf-8")
    assert list(open_list(path).rows()) == [(3, ["甲", number(1), "", ""])]


def test_what_keeps_a_spreadsheet_from_a_formula_is_taken_off_again(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("姓名,身份证号,电话\n'=1+1,'+x,'普通\n", "utf-8")
    assert [cells[:3] for _, cells in open_list(path).rows()] == [["=1+1", "+x", "'普通"]]


def test_files_that_cannot_be_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "empty.csv").write_bytes(b"")
    (tmp_path / "blank.csv").write_text(" ,,\n\n", "utf-8")
    (tmp_path / "bytes.csv").write_bytes(b"\x00\x01\x02\x00")
    (tmp_path / "wrong.csv").write_bytes(b"\x81\x20\xff\xff")
    (tmp_path / "no.xlsx").write_text("no", "utf-8")
    (tmp_path / "folder.xlsx").mkdir()
    assert code_of(tmp_path / "empty.csv") == code_of(tmp_path / "blank.csv") == "list-empty"
    assert code_of(tmp_path / "bytes.csv") == code_of(tmp_path / "wrong.csv") == "not-text"
    assert code_of(tmp_path / "no.xlsx") == "not-a-list"
    assert code_of(tmp_path / "folder.xlsx") == "workbook-is-folder"
    assert code_of(tmp_path / "nowhere.csv") == "unreadable"
    monkeypatch.setattr(source, "MAX_BYTES", 1)
    assert code_of(tmp_path / "no.xlsx") == "too-large"


def test_every_columns_own_name_and_other_names_are_known() -> None:
    own = tuple(source.ROSTER.column(key).zh for key in COLUMNS)
    assert recognise(own) == {key: place for place, key in enumerate(COLUMNS)}
    english = tuple(source.ROSTER.column(key).en.upper() for key in COLUMNS)
    assert list(recognise(english).values()) == list(range(len(COLUMNS)))


def test_a_heading_that_stands_twice_is_the_authorizers_first_and_then_the_users() -> None:
    mapped = recognise(("序号", "姓名", "身份证号码", "与职工关系", "姓名", "身份证号码", "手机"))
    assert (mapped["authorizer.name"], mapped["authorizer.id_number"]) == (1, 2)
    assert (mapped["user.name"], mapped["user.id_number"], mapped["relation"]) == (4, 5, 3)
    assert mapped["authorizer.phone"] == 6 and mapped["user.phone"] == -1


def test_an_own_name_goes_before_another_name() -> None:
    mapped = recognise(("姓名", "授权人姓名", "身份证号", "授权人身份证号（必填）"))
    assert (mapped["authorizer.name"], mapped["user.name"]) == (1, 0)
    assert (mapped["authorizer.id_number"], mapped["user.id_number"]) == (3, 2)


def test_what_a_list_cannot_do_without() -> None:
    people = recognise(("职工姓名", "职工身份证号", "工号"))
    assert missing(people) == ()
    assert unread(("职工姓名", "职工身份证号", "工号", "问题"), people) == ("工号",)
    assert is_doubtful(("职工姓名", "职工身份证号", "工号"), people)
    assert not is_doubtful(("职工姓名", "职工身份证号"), recognise(("职工姓名", "职工身份证号")))
    half = recognise(("职工姓名", "亲属姓名"))
    assert missing(half) == ("authorizer.id_number", "user.id_number", "relation")


def test_a_file_without_headings_that_are_known(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("\n甲乙,丙丁\nx,y\n", "utf-8")
    grid = open_list(path)
    assert (grid.heading_row, grid.titles, [n for n, _ in grid.rows()]) == (2, ("甲乙", "丙丁"), [3])
    assert is_doubtful(grid.titles, recognise(grid.titles))
