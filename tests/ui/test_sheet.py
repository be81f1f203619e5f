"""The settlement sheet in words: facts, capitals, the why with its clauses, and what it never says."""

from dataclasses import replace
from datetime import date

import pytest

from famgui.domain.bill import Item
from famgui.domain.settlement import Settlement, Visit
from famgui.ui.paper import Block, Sheet
from famgui.ui.sheet import file_name, settlement_sheet
from famgui.ui.shell.desk import Desk

MAY = "五月三级医院"


def recorded(desk: Desk, handle: str = MAY) -> tuple[Visit, Settlement]:
    assert desk.live is not None
    outcome = next(outcome for outcome in desk.live.outcomes if outcome.event.id == handle)
    assert isinstance(outcome.event, Visit) and outcome.settlement is not None
    return outcome.event, outcome.settlement


def block(sheet: Sheet, title: str) -> Block:
    return next(found for found in sheet.blocks if found.title == title)


def cells(sheet: Sheet) -> list[str]:
    return [cell for found in sheet.blocks for line in (found.head, *found.rows) for cell in line]


def test_facts_are_masked_and_say_what_the_record_says(desk: Desk) -> None:
    sheet = settlement_sheet(*recorded(desk), desk)
    assert dict(sheet.facts) == {
        "使用人": "王芳",
        "证件号码": "430•••••••••••0029",
        "参保地": "株洲市 430200",
        "日期": "2025-05-10",
        "机构": "三级医院",
        "类型": "普通门诊",
        "编号": MAY,
        "状态": "已结算",
    }
    numbers = {person.id_number for person in desk.persons}
    everything = " ".join([*cells(sheet), *(value for _, value in sheet.facts), sheet.foot, sheet.file_name])
    assert not any(number in everything for number in numbers)


def test_a_trial_is_called_one(desk: Desk) -> None:
    visit, settlement = recorded(desk)
    sheet = settlement_sheet(replace(visit, id="preview"), settlement, desk)
    facts = dict(sheet.facts)
    assert (facts["编号"], facts["状态"]) == ("—", "试算，未记录")
    assert "preview" not in sheet.foot and sheet.file_name == "结算单-2025-05-10"


def test_the_bill_is_split_item_by_item(desk: Desk) -> None:
    bill = block(settlement_sheet(*recorded(desk), desk), "费用")
    assert bill.rows[1] == ("2", "乙类药", "药品", "乙 10 %", "200.00", "—", "—", "20.00", "180.00")
    assert bill.rows[-1] == ("", "合计", "", "", "680.00", "30.00", "—", "20.00", "630.00")
    assert bill.total and bill.numbers == frozenset(range(4, 9))


def test_who_pays_and_what_is_left_with_thousands_commas_and_capitals(desk: Desk) -> None:
    sheet = settlement_sheet(*recorded(desk), desk)
    assert list(block(sheet, "谁来付").rows) == [
        ("统筹基金", "348.00", "—"),
        ("本人账户 · 王芳", "320.90", "0.00"),
        ("共济账户 · 李强", "11.10", "4,181.52"),
        ("现金", "0.00", "—"),
        ("合计", "680.00", ""),
    ]
    assert list(block(sheet, "").rows) == [
        ("总费用（大写）", "陆佰捌拾元整", "680.00"),
        ("现金（大写）", "零元整", "0.00"),
    ]


def test_every_step_stands_in_the_appendix_with_its_clauses_statement_and_source(desk: Desk) -> None:
    visit, settlement = recorded(desk)
    sheet = settlement_sheet(visit, settlement, desk)
    why, clauses = block(sheet, "附：计算依据"), block(sheet, "条款原文")
    assert why.new_page and len(why.rows) == len(settlement.steps)
    assert why.rows[2][1] == "统筹 348.00 = (630.00 − 50.00) × 0.60" and why.rows[2][2].startswith("HN-03")
    assert [row for row in why.rows if "待核" in row[2]], "unconfirmed steps are marked"
    said = {row[0]: row for row in clauses.rows}
    named = {clause for step in settlement.steps for clause in (step.clause, *step.beside) if clause}
    assert named <= set(said)
    library = desk.library.clauses
    for clause in named:
        assert said[clause][1] == library[clause].statement
        assert library[clause].source_title in said[clause][2]
    assert "2023-06-01 起" in said["HN-03"][2] and said["HN-03"][3] == "官方转述"
    assert said["HN-34"][3] == "来源较弱 · 待核"
    assert sheet.options == {"国家平台字段": False, "附：依据": True}


def test_national_fields_are_there_on_demand(desk: Desk) -> None:
    assert block(settlement_sheet(*recorded(desk), desk, fields=True), "国家平台字段").shown
    fields = block(settlement_sheet(*recorded(desk), desk), "国家平台字段")
    assert not fields.shown
    pairs = {line[at]: line[at + 1] for line in fields.rows for at in (0, 2) if line[at]}
    assert pairs["medfee_sumamt"] == "680.00" and pairs["hifp_pay"] == "348.00" and len(pairs) == 12
    assert "0.60" in fields.note


def test_reminders_have_their_clauses(desk: Desk) -> None:
    rows = list(block(settlement_sheet(*recorded(desk), desk), "提示").rows)
    assert [clause for _, clause in rows] == ["N-10", "S2-14", "HN-29", "S1-07 待核", "N-09"]
    assert "不能提现" in rows[4][0] and "本人的医保凭证" in rows[0][0]


def test_problems_are_said_with_their_clause(desk: Desk) -> None:
    assert desk.live is not None
    visit = recorded(desk)[0]
    items = (Item("蛋白粉", "health-food", 1_234_567),)
    trial = replace(visit, id="preview", date=date(2025, 11, 20), items=items)
    done = desk.live.running.fork().apply(trial).settlement
    assert done is not None
    sheet = settlement_sheet(trial, done, desk)
    words = [words for words, _ in block(sheet, "须知").rows]
    assert "! “蛋白粉”不在个人账户可付的范围内。" in words
    assert "壹万贰仟叁佰肆拾伍元陆角柒分" in cells(sheet) and "12,345.67" in cells(sheet)


@pytest.mark.parametrize(
    ("handle", "name"),
    [
        ("v1", "结算单-2025-05-10-v1"),
        ("a/b:c*d", "结算单-2025-05-10-abcd"),
        ("王芳五月", "结算单-2025-05-10"),
        ("430202190001010029", "结算单-2025-05-10"),
        ("单430202190001010029号", "结算单-2025-05-10-单号"),
        ("43020319000303002X", "结算单-2025-05-10"),
    ],
)
def test_file_names_tell_nobody(desk: Desk, handle: str, name: str) -> None:
    visit = replace(recorded(desk)[0], id=handle)
    assert file_name(visit, ["王芳", "李强", ""], recorded=True) == name
    assert file_name(visit, ["王芳"], recorded=False) == "结算单-2025-05-10"
