"""A workbook tried out: the same figures as a case file gives, faulty bills held back, the rest settled in order."""

from datetime import date

import pytest
from hypothesis import given, settings

from famgui.base.wording import Wording
from famgui.domain.account import Balance
from famgui.domain.household import Household
from famgui.domain.timeline import run
from famgui.files.workbook.form import FaultyWorkbook, RowFault
from famgui.usecase.batch import DryRun, dry_run, write_faulty, write_results
from tests.domain.strategies import households
from tests.files.workbooks import (
    BILLS,
    BINDINGS,
    BOUND,
    FAMILY,
    LI,
    PEOPLE,
    WANG,
    Rows,
    alone,
    bill,
    lines,
    read,
    write,
)
from tests.usecase.workbook_of import as_a_workbook_can_say, asked, workbook_of

ZH = Wording("zh")


@pytest.fixture
def tried(tmp_path, library):
    """Tries bills of 王芳 (120.00) out, with whom 李强 shares 5,010.00."""

    def tried(*rows, headings=BILLS) -> DryRun:
        return dry_run(alone(tmp_path / "bills.xlsx", rows, headings), asked(library.book), None)

    return tried


def grave(done: DryRun) -> list[tuple[str, int, str, str]]:
    return [(fault.sheet, fault.row, fault.column, fault.code) for fault in done.faults if fault.grave]


@settings(max_examples=60, deadline=None)
@given(made=households())
def test_a_workbook_gives_what_a_case_file_gives(made: Household, library, tmp_path_factory):
    household = as_a_workbook_can_say(made)
    path = workbook_of(tmp_path_factory.mktemp("books") / "bills.xlsx", household)
    done = dry_run(path, asked(library.book, household.place), None)
    assert done.faults == ()
    timeline = run(household, library.book(household.place))
    outcomes = {outcome.event.id: outcome for outcome in timeline.outcomes}
    assert [result.bill.number for result in done.results] == [event.id for event in household.events]
    for result in done.results:
        outcome = outcomes[result.bill.number]
        wanted = outcome.settlement
        assert wanted is not None and result.status == outcome.status
        names = result.names
        assert [(one.payer, names[one.account], one.draw) for one in result.settlement.payments] == list(
            wanted.payments
        )
        assert [(one.code, names.get(one.subject, one.subject), one.clause) for one in result.settlement.problems] == [
            (one.code, one.subject, one.clause) for one in wanted.problems
        ]
        assert result.settlement._replace(payments=(), problems=(), steps=()) == wanted._replace(
            payments=(), problems=(), steps=()
        )
        assert set(result.clauses) == {step.clause for step in wanted.steps} - {""}
    held = {account.person.name: account.after for account in done.accounts}
    assert held == dict(timeline.balances)


def test_bills_are_settled_by_date_and_told_in_their_order(tried):
    done = tried(bill("B1", day="2025-06-01", 金额=200), bill("B2", day="2025-05-01", 金额=200))
    assert [result.bill.number for result in done.results] == ["B1", "B2"]
    late, early = (result.settlement for result in done.results)
    assert (early.pool, early.own, early.shared) == (60_00, 120_00, 20_00)
    assert (late.pool, late.own, late.shared, late.cash) == (60_00, 0, 140_00, 0)
    assert [(account.person.name, account.before.total, account.after) for account in done.accounts] == [
        ("王芳", 120_00, Balance()),
        ("李强", 5010_00, Balance(5000_00 - 150_00, 0)),
    ]
    assert (done.rows, done.people, done.faulty, done.in_book) == (2, 1, False, False)
    assert done.whole == done.sums["outpatient"] == (2, 400_00, 120_00, 120_00, 160_00, 0)


def test_a_bill_with_a_faulty_row_is_held_back_whole_and_the_others_go_on(tried):
    done = tried(
        bill("B1", 金额=10),
        bill("B2"),
        bill("B2", None, None, 类型=None, 机构级别=None, 金额="x"),
        bill("B3", person=LI, 金额=20),
    )
    assert [result.bill.number for result in done.results] == ["B1", "B3"]
    assert grave(done) == [("费用", 4, "金额", "cell-amount")]
    assert [number for number, _ in done.bad.rows] == [3, 4] and done.rows == 4 and done.faulty


def test_a_family_in_doubt_is_held_back(tmp_path, library):
    people = (*FAMILY, ("孙七", None, "职工", "x", None, None))
    bindings = (*BOUND, ("孙七", "王芳", "朋友", "2025-01-01"))
    sheets = {
        "费用": (BILLS, (bill("B1"), bill("B2", "孙七"), bill("B3", "李强"))),
        "人员": (PEOPLE, people),
        "绑定": (BINDINGS, bindings),
    }
    done = dry_run(write(tmp_path / "a.xlsx", sheets), asked(library.book), None)
    assert done.results == ()
    assert grave(done) == [
        ("人员", 4, "本年余额", "cell-amount"),
        ("绑定", 3, "关系", "choice"),
        ("费用", 2, "就诊人", "family-doubt"),
        ("费用", 3, "就诊人", "family-doubt"),
        ("费用", 4, "就诊人", "family-doubt"),
    ]
    assert done.faults[2].values == (("sheet", "绑定"), ("row", 3))


def test_odd_id_numbers_are_told_and_hold_nothing_back(tmp_path, library):
    people = (
        ("王芳", WANG[:-1] + "1", "职工", 5, None, None),
        ("小明", "999999202001010018", "居民", None, None, None),
    )
    path = write(tmp_path / "a.xlsx", {"费用": (BILLS, [bill()]), "人员": (PEOPLE, people)})
    done = dry_run(path, asked(library.book), None)
    assert len(done.results) == 1 and not done.faulty
    assert {(fault.row, fault.code) for fault in done.faults} == {
        (2, "ID_CHECKSUM"),
        (3, "ID_CHECKSUM"),
        (3, "ID_REGION_UNKNOWN"),
    }


def test_places_by_name_and_families_of_other_places(tmp_path, library):
    people = (("王芳", None, "职工", 500, None, "株洲"), ("陈一", None, "职工", 5, None, "厦门市"))
    rows = (bill("B1"), bill("B2", "陈一"), bill("B3", "王芳", 就医地="x"))
    headings = (*BILLS, "就医地")
    sheets = {
        "费用": (headings, ([*rows[0], "长沙市"], [*rows[1], None], [*rows[2], "城关区"])),
        "人员": (PEOPLE, people),
    }
    done = dry_run(write(tmp_path / "a.xlsx", sheets), asked(library.book, ""), None)
    assert grave(done) == [("费用", 4, "就医地", "place-ambiguous")]
    zhuzhou, xiamen = done.results
    assert zhuzhou.bill.visit.facility.place == "430100" and zhuzhou.settlement.pool == 0
    assert xiamen.bill.visit.facility.place == "350200" == xiamen.patient.insured_place
    assert any(clause.startswith("FJ") for clause in xiamen.clauses) or xiamen.settlement.pool == 0


def test_without_people_and_without_a_book(tmp_path, library):
    sheets = {"费用": (BILLS, [bill()]), "绑定": (BINDINGS, BOUND)}
    with pytest.raises(FaultyWorkbook) as faulty:
        dry_run(write(tmp_path / "a.xlsx", sheets), asked(library.book), None)
    assert faulty.value.faults == [RowFault("", 0, "", "no-people")]


def test_progress_is_told_to_the_end_and_may_stop(tmp_path, library):
    people = [(f"p{number}", None, "居民", None, None, None) for number in range(3_000)]
    rows = [bill(f"B{number}", f"p{number}") for number in range(3_000)]
    path = write(tmp_path / "a.xlsx", {"费用": (BILLS, rows), "人员": (PEOPLE, people)})
    told: list[tuple[int, int]] = []
    dry_run(path, asked(library.book), None, lambda done, total: told.append((done, total)))
    assert {total for _, total in told} == {6_002}
    assert [done for done, _ in told] == sorted({done for done, _ in told}) and told[-1][0] > 5_000

    class Stopped(Exception):
        pass

    def stop(done: int, total: int) -> None:
        raise Stopped

    with pytest.raises(Stopped):
        dry_run(path, asked(library.book), None, stop)


def test_the_results_as_a_workbook(tried, tmp_path):
    done = tried(
        bill("=B1", 金额=200), bill("B2", day="2025-07-01", 类别="健身", 目录类=None, 金额=30), bill("B3", 金额="x")
    )
    out = tmp_path / "results.xlsx"
    write_results(done, out, ZH)
    assert list(read(out)) == ["结果", "合计", "余额", "有误", "人员", "绑定", "年度累计"]
    first, second = lines(out, "结果")
    assert (first["单据号"], first["就诊人"], first["身份证号"], first["日期"]) == (
        "=B1",
        "王芳",
        "430***********0029",
        date(2025, 5, 10),
    )
    assert (first["总费用"], first["统筹基金"], first["本人账户"], first["共济账户"], first["现金"]) == (
        200,
        60,
        120,
        20,
        0,
    )
    assert (first["统筹比例"], first["起付"], first["共济付款人"], first["状态"]) == (0.6, 100, "李强 20.00", "已结算")
    assert first["待核"] == "待核" and "HN-03" in first["依据条款"]
    assert (second["状态"], second["现金"], second["提示"]) == (
        "部分",
        30,
        "“阿莫西林”属于禁止用个人账户支付的项目，全部付现金。",
    )
    kinds = lines(out, "合计")
    assert [(row["类型"], row["单据数"], row["总费用"]) for row in kinds] == [
        ("门诊", 2, 230),
        ("合计", 2, 230),
        ("有误的行", 1, ""),
    ]
    assert [(row["就诊人"], row["原有余额"], row["本次支付"], row["余额合计"]) for row in lines(out, "余额")] == [
        ("王芳", 120, 120, 0),
        ("李强", 5010, 20, 4990),
    ]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_results_in_either_language(tried, tmp_path, language):
    write_results(tried(bill()), tmp_path / "results.xlsx", Wording(language))
    assert list(read(tmp_path / "results.xlsx")) == (
        ["结果", "合计", "余额"] if language == "zh" else ["Results", "Totals", "Balances"]
    )


def test_faulty_rows_are_mended_and_read_in_again(tried, tmp_path, library):
    """Money is not spent twice: the mended bill meets the balances and the year to date that the others left."""
    good = bill("B1", day="2025-05-01", 金额=200)
    whole = tried(good, bill("B2", 金额=300), bill("B2", 金额=1, 项目="检查", 类别="诊疗", 目录类="丙"))
    done = tried(good, bill("B2", 金额="三百"), bill("B2", 金额=1, 项目="检查", 类别="诊疗", 目录类="丙"))
    path = tmp_path / "faulty.xlsx"
    write_faulty(done, path, ZH)
    assert [row["问题"] for row in lines(path, "费用")] == [
        "金额: “三百”不是金额；要 0.00 到 9999999.99 元，最多两位小数",
        "",
    ]
    sheets = {name: (rows[0], [list(row) for row in rows[1:]]) for name, rows in read(path).items()}
    again = dry_run(path, asked(library.book), None)
    assert grave(again) == [("费用", 2, "金额", "cell-amount")]
    sheets["费用"][1][0][BILLS.index("金额")] = 300
    mended = dry_run(write(tmp_path / "mended.xlsx", sheets), asked(library.book), None)
    assert mended.faults == ()
    (result,) = mended.results
    assert result.settlement._replace(payments=(), problems=()) == whole.results[1].settlement._replace(
        payments=(), problems=()
    )
    assert [account.after.total for account in mended.accounts] == [account.after.total for account in whole.accounts]


def test_results_with_faulty_rows_can_be_read_in_again(tried, tmp_path, library):
    done = tried(bill("B1"), bill("B2", 金额="x"))
    write_results(done, tmp_path / "results.xlsx", ZH)
    again = dry_run(tmp_path / "results.xlsx", asked(library.book), None)
    assert [(fault.sheet, fault.row, fault.code) for fault in again.faults] == [("有误", 2, "cell-amount")]


def test_a_workbook_with_odd_things(tmp_path, library):
    """A merged line above the headings, empty rows, blanks, numbers and dates as text, English headings and names."""
    titles = ("Bill", "Patient", "Date", "Kind", "Level", "Item", "Category", "Class", "Amount (yuan)", "备注")
    rows: Rows = (
        (" B1 ", " Wang ", "2025/5/10", " 门诊 ", "tertiary", "A ", "drug", "a", "１，２００.50", "x"),
        ("", "", "", "", "", "", "", "", "", ""),
        ("B1", None, None, None, None, "B\n1", "药品", "甲类", "¥20", None),
        (2001, "wang2", 20250511, "OUTPATIENT", "三级医院", "C", "service", "C", 3, None),
        ("Total", None, None, None, None, None, None, None, 1223.5, None),
    )
    people = (("Wang", "employee", 100), ("wang2", "resident", None))
    sheets = {"Bills": (titles, rows), "People": (("Name", "Insurance", "This year"), people)}
    path = write(tmp_path / "odd.xlsx", sheets, title="May 2025", first_row=3)
    done = dry_run(path, asked(library.book, language="en"), None)
    assert [(fault.column, fault.code, fault.grave) for fault in done.faults] == [
        ("备注", "unknown-column", False),
        ("Bill", "sum-row", False),
    ]
    first, second = done.results
    assert first.settlement.split.total == 1220_50 and first.bill.rows == (5, 7)
    assert [item.name for item in first.bill.visit.items] == ["A", "B 1"]
    assert (second.bill.number, second.bill.visit.date, second.patient.name) == ("2001", date(2025, 5, 11), "wang2")
