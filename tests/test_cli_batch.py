"""`famgui settle` with a workbook, from outside: status, what is printed where, what is written."""

import json
from pathlib import Path
from zipfile import ZipFile

import pytest

from famgui.base.wording import Wording
from famgui.domain.account import Balance
from famgui.files.workbook.write import write_template
from famgui.policy.library import Library
from tests.domain.building import employee, household
from tests.files.program import environment, famgui
from tests.files.workbooks import BILLS, alone, bill, lines, read, write
from tests.store.making import new_book, put


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One home for all runs of this file, with some workbooks."""
    folder = tmp_path_factory.mktemp("home")
    alone(folder / "good.xlsx", [bill("B1", 金额=200), bill("B2", day="2025-06-01")])
    alone(folder / "faulty.XLSX", [bill("B1", 金额=200), bill("B2", 金额="x"), bill("B3", "赵六")])
    write(folder / "lonely.xlsx", {"费用": (BILLS, [bill()])})
    (folder / "text.xlsx").write_text("no workbook", "utf-8")
    with ZipFile(folder / "good.xlsx") as good, ZipFile(folder / "broken.xlsx", "w") as broken:
        for name in good.namelist():
            whole = good.read(name)
            broken.writestr(name, whole[: len(whole) // 2] if name.startswith("xl/worksheets/") else whole)
    return folder


def test_a_good_workbook(home: Path) -> None:
    ran = famgui(home, "settle", "good.xlsx", "-o", "results.xlsx")
    assert (ran.returncode, ran.stderr) == (0, b"")
    assert ran.stdout.decode().splitlines() == [
        "2 张单据，1 人；总费用 300.00，统筹基金 60.00，本人账户 120.00，共济账户 120.00，现金 0.00。",
        "结果已写到 results.xlsx",
    ]
    assert [row["现金"] for row in lines(home / "results.xlsx", "结果")] == [0, 0]
    assert not (home / "famgui" / "book.sqlite").exists()


def test_faulty_rows_are_status_2_and_the_good_bills_are_written(home: Path) -> None:
    ran = famgui(home, "settle", "faulty.XLSX", "-o", "partly.xlsx", "--place", "430200")
    assert ran.returncode == 2
    assert ran.stderr.decode().splitlines() == [
        "faulty.XLSX: 费用 第 3 行 金额: “x”不是金额；要 0.00 到 9999999.99 元，最多两位小数",
        "faulty.XLSX: 费用 第 4 行 就诊人: “人员”表里没有“赵六”；请补上一行，或核对写法",
    ]
    assert "有误 2 行" in ran.stdout.decode()
    assert [row["单据号"] for row in lines(home / "partly.xlsx", "结果")] == ["B1"]
    assert [row["单据号"] for row in lines(home / "partly.xlsx", "有误")] == ["B2", "B3"]


def test_the_answer_as_json(home: Path) -> None:
    ran = famgui(home, "--lang", "en", "settle", "faulty.XLSX", "--json")
    assert ran.returncode == 2
    answer = json.loads(ran.stdout)
    assert list(answer) == ["format", "bills", "totals", "accounts", "faults"]
    (only,) = answer["bills"]
    assert (only["bill"], only["row"], only["person"], only["status"]) == ("B1", 2, "王芳", "settled")
    assert (only["medfee_sumamt"], only["hifp_pay"], only["psn_cash_pay"]) == ("200.00", "60.00", "0.00")
    assert only["payments"] == [
        {"payer": "pool", "amount": "60.00"},
        {"payer": "own", "account": "王芳", "amount": "120.00"},
        {"payer": "shared", "account": "李强", "amount": "20.00"},
        {"payer": "cash", "amount": "0.00"},
    ]
    assert "HN-03" in only["clauses"] and only["problems"][0]["code"] == "UNVERIFIED_RULE"
    assert answer["accounts"][1] == {
        "person": "李强",
        "before": "5010.00",
        "current": "4990.00",
        "prior_years": "0.00",
    }
    assert [(fault["row"], fault["column"], fault["code"]) for fault in answer["faults"]] == [
        (3, "金额", "cell-amount"),
        (4, "就诊人", "person-unknown"),
    ]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["lonely.xlsx"], "没有“人员”表，也没有账本可查"),
        (["text.xlsx"], "text.xlsx: 不是能读的工作簿"),
        (["none.xlsx"], "none.xlsx: 读不了这个文件"),
        (["good.xlsx", "lonely.xlsx"], "工作簿一次算一个"),
        (["case.toml", "-o", "x.xlsx"], "只用于工作簿"),
        ([], "请给出案例文件或工作簿"),
        (["good.xlsx", "--template", "x.xlsx"], "--template 单独使用"),
        (["good.xlsx", "--place", "株洲"], "--place"),
        (["good.xlsx", "-o", "good.xlsx/results.xlsx"], "结果写不出去"),
        (["good.xlsx", "-o", "./good.xlsx"], "不能写到费用工作簿自己身上"),
        (["good.xlsx", "-o", "results.csv"], ".xlsx 结尾的文件名"),
        (["broken.xlsx"], "broken.xlsx: 费用: 不是能读的工作簿"),
    ],
)
def test_what_cannot_be_done_is_status_2(home: Path, arguments: list[str], said: str) -> None:
    ran = famgui(home, "settle", *arguments)
    assert ran.returncode == 2
    assert said in ran.stderr.decode()
    assert not (home / "x.xlsx").exists() and not (home / "famgui" / "logs").exists()


def test_the_template(home: Path) -> None:
    ran = famgui(home, "--lang", "en", "settle", "--template", "template.xlsx")
    assert (ran.returncode, ran.stderr) == (0, b"")
    assert ran.stdout.decode() == "The template is in template.xlsx\n"
    assert list(read(home / "template.xlsx")) == ["Bills", "People", "Bindings", "Year to date"]


def test_without_people_the_book_of_the_home_is_asked(tmp_path: Path, library: Library) -> None:
    (tmp_path / "famgui").mkdir()
    with new_book(tmp_path / "famgui") as book:
        put(book, library.book, household(employee("w", name="王芳"), accounts={"w": Balance(10_00)}))
    write(tmp_path / "bills.xlsx", {"费用": (BILLS, [bill(金额=150)])})
    before = (tmp_path / "famgui" / "book.sqlite").read_bytes()
    ran = famgui(tmp_path, "settle", "bills.xlsx", "--json")
    assert (ran.returncode, ran.stderr) == (0, b"")
    (only,) = json.loads(ran.stdout)["bills"]
    assert (only["hifp_pay"], only["acct_pay"], only["psn_cash_pay"]) == ("30.00", "10.00", "110.00")
    assert (tmp_path / "famgui" / "book.sqlite").read_bytes() == before


def test_a_book_that_cannot_be_used_is_told(tmp_path: Path) -> None:
    (tmp_path / "famgui").mkdir()
    (tmp_path / "famgui" / "book.sqlite").write_bytes(b"")
    write(tmp_path / "bills.xlsx", {"费用": (BILLS, [bill()])})
    ran = famgui(tmp_path, "settle", "bills.xlsx")
    assert ran.returncode == 2 and "旧版本程序" in ran.stderr.decode()
    assert (tmp_path / "famgui" / "book.sqlite").read_bytes() == b""


def test_a_template_as_it_is_names_the_example(tmp_path: Path) -> None:
    write_template(tmp_path / "template.xlsx", Wording("zh"))
    ran = famgui(tmp_path, "settle", "template.xlsx", env=environment(tmp_path, PYTHONIOENCODING="gbk"))
    assert ran.returncode == 2 and "人员" in ran.stderr.decode("utf-8")
