"""Commitment and confirmation on paper: words, clauses and marks, numbers masked or full, lines to sign, real PDFs."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QCheckBox, QWidget
from pytestqt.qtbot import QtBot

from famgui.base.wording import Wording
from famgui.domain.binding import Binding
from famgui.domain.identity import check_digit
from famgui.policy.library import Library
from famgui.ui.binding_paper import TO_WRITE_IN, full_numbers
from famgui.ui.commitment import commitment_sheet, sentence, show_commitment
from famgui.ui.confirmation import confirmation_sheet, show_confirmation
from famgui.ui.paper import Block, Sheet, as_pdf, write_pdf
from famgui.ui.paper_layout import pages
from famgui.ui.shell.desk import Desk
from famgui.ui.shell.i18n import tr, use_language
from famgui.ui.shell.page import Shell
from famgui.usecase.commitment import Statement, commitments, confirmations
from tests.domain.building import ARTICLE_C, ZHUZHOU, employee, household, resident, row
from tests.files.pdf_text import text_of
from tests.ui.building import TODAY, close, desk_of, shell_of

LONG = "阿卜杜拉·买买提·艾合麦提江·欧阳诸葛"
WIDTH, HEIGHT = 595 - 2 * 16 / 25.4 * 72, 842 - 2 * 16 / 25.4 * 72 - 24


def number(first17: str) -> str:
    return first17 + check_digit(first17)


def family(place: str = ZHUZHOU):
    people = (
        employee("li", place, name="李强", id_number=number("43020219850101001"), phone="13800000001"),
        employee("wang", place, name="王芳", id_number=number("43020219860202002"), phone="13800000002"),
        resident("zhou", place, name="周秀英", id_number=number("43020219500303002")),
        resident("long", place, name=LONG, id_number=number("43020219480303001"), phone="13800000004"),
        resident("ming", place, name="𠮷小明", phone="13800000005"),
        employee("ge", place, name="李大哥", id_number=number("43020219800303001"), phone="13800000006"),
    )
    rows = [
        bound("wang", "spouse"),
        bound("zhou", "parent", proof="户口本.pdf"),
        bound("long", "parent", ends=None),
        bound("ming", "child"),
        bound("ge", "sibling", unbound_on=date(2026, 6, 1)),
    ]
    return household(*people, rows=rows, place=place)


def bound(user: str, relation: str, **more) -> Binding:
    moment = datetime.combine(date(2025, 12, 30), time(10, 5))
    made = row("li", user, relation, date(2026, 1, 1), bound_at=moment, ends=date(2027, 12, 31))
    return replace(made, **more)


@pytest.fixture
def desk(qapp: QApplication, tmp_path: Path, library: Library, zh: None) -> Iterator[Desk]:
    made = desk_of(tmp_path, library, [family()])
    yield made
    close(made)


def commitment(desk: Desk, *chosen: Binding) -> Sheet:
    assert desk.live is not None
    rules, people = desk.rules(TODAY), desk.live.running.persons
    assert rules is not None
    papers = commitments(chosen or desk.live.running.register, people, rules)
    return commitment_sheet(papers, rules.place, TODAY, desk, people)


def confirmation(desk: Desk) -> Sheet:
    assert desk.live is not None
    rules, register = desk.rules(TODAY), desk.live.running.register
    assert rules is not None
    papers = confirmations(register, register, desk.live.running.persons, rules, TODAY)
    return confirmation_sheet(papers, rules.place, TODAY, desk)


def texts(sheet: Sheet, options: set[str] | None = None) -> str:
    found = pages(sheet, options, WIDTH, HEIGHT)
    return "\n".join("".join(cell.lines) for page in found for _, strip in page for cell in strip.cells)


def block(sheet: Sheet, title: str) -> Block:
    return next(found for found in sheet.blocks if found.title == title)


def full(desk: Desk) -> list[str]:
    return [person.id_number for person in desk.persons if person.id_number]


def test_the_commitment_says_whose_and_what_with_clauses(desk: Desk) -> None:
    sheet = commitment(desk)
    assert dict(sheet.facts) == {"地区": "株洲市 430200", "日期": "2026-11-22"}
    assert "不是官方表格" in texts(sheet) and "以官方平台为准" in texts(sheet)
    said = {line[1]: line[2] for line in block(sheet, "作为授权人，本人知晓并承诺").rows}
    assert said["不用于养生保健、体育健身、公共卫生等个人账户不得支付的项目。"] == "N-08"
    assert said["有欺诈行为的，可能被列入医保信用黑名单。"] == "S2-18 待核"
    assert any("推送到授权人的手机" in text and clause == "S2-17 待核" for text, clause in said.items())
    assert any("2 至 5 倍" in text and clause == "N-32" for text, clause in said.items())
    assert any("自己的医保凭证" in text and clause == "N-10" for text, clause in said.items())
    assert said["我可以随时在官方平台解除共济关系。"] == "HN-31"
    assert list(block(sheet, "本地申请时要求").rows) == [
        ("✓ 授权人本人在平台上勾选承诺", "HN-30"),
        ("! 证件号码：还缺𠮷小明的", "HN-30"),
        ("! 使用人联系电话：还缺周秀英的", "S1-14 待核"),
        (f"! 起止日期：还缺{LONG}的", "HN-30"),
    ]


def test_numbers_are_masked_until_asked_for_and_missing_ones_left_to_write_in(desk: Desk) -> None:
    for sheet in (commitment(desk), confirmation(desk)):
        masked, whole = texts(sheet), texts(sheet, {full_numbers()})
        assert not any(one in masked for one in full(desk)) and all(one in whole for one in full(desk))
        assert "430***********0013" in masked and "430***********0013" not in whole
        assert "138****0001" in masked and "13800000001" in whole
        assert TO_WRITE_IN in masked and TO_WRITE_IN in whole
        assert sheet.options[full_numbers()] is False
        assert not any(one in f"{sheet.foot}{sheet.file_name}" for one in (*full(desk), *desk.names.values()))


def test_five_users_and_a_long_name_keep_the_lines_to_sign_beside_a_promise(desk: Desk) -> None:
    found = pages(commitment(desk), {full_numbers()}, WIDTH, HEIGHT)
    (signed,) = [page for page in found if any(strip.drawn is not None for _, strip in page)]
    before = ["".join(cell.lines) for _, strip in signed if strip.drawn is None for cell in strip.cells]
    assert "我可以随时在官方平台解除共济关系。" in before
    users = block(commitment(desk), "使用人")
    assert [line[0] for line in users.rows] == list("12345")
    assert (users.rows[2][1], users.rows[2][4]) == (LONG, "2026-01-01 至 不限期")
    assert users.rows[4][4] == "2026-01-01 至 2026-06-01", "unbound before the last day"


def test_two_users_are_one_page(desk: Desk) -> None:
    assert desk.live is not None
    chosen = desk.live.running.register[:2]
    assert len(pages(commitment(desk, *chosen), None, WIDTH, HEIGHT)) == 1


def test_every_authorizer_has_a_page(desk: Desk) -> None:
    assert desk.live is not None
    sheet = commitment(desk, desk.live.running.register[0], row("wang", "ming", "child"))
    found = pages(sheet, None, WIDTH, HEIGHT)
    assert len(found) == 2
    assert all(any(strip.drawn is not None for _, strip in page) for page in found)
    assert "".join(found[1][0][1].cells[0].lines) == "授权人"


def test_the_confirmation_is_headed_as_no_official_document(desk: Desk) -> None:
    sheet = confirmation(desk)
    assert sheet.blocks[0].rows[0][0].startswith("这是家庭共济助手登记簿中的记录，不是官方凭证。")
    assert "以官方平台为准" in sheet.blocks[0].rows[0][0]
    recorded = [line[1:] for line in block(sheet, "已记录").rows]
    assert recorded[1] == ("周秀英", "2025-12-30 10:05", "1", "户口本.pdf", "生效")
    assert recorded[4][-1] == "已解绑"
    checks = list(block(sheet, "名额与核对（2026-11-22）").rows)
    assert checks[:3] == [
        ("✓ 同时绑定 4 人，上限 10 人", "HN-21"),
        ("✓ 累计绑定 5 人，上限 20 人", "HN-22"),
        ("✓ 有个人账户：李强", "N-20"),
    ]
    assert ("✓ 关系在本地允许范围内：全部使用人", "N-03") in checks


def test_a_rule_that_does_not_hold_stands_beside_those_that_do(
    qapp: QApplication, tmp_path: Path, library: Library, zh: None
) -> None:
    desk = desk_of(tmp_path, library, [family(ARTICLE_C)])
    checks = list(block(confirmation(desk), "名额与核对（2026-11-22）").rows)
    assert ("! 关系不在本地允许范围内：李大哥", "S2-03 待核") in checks
    assert checks[1] == ("· 累计绑定 5 人，本地无上限", "")
    close(desk)


def test_clauses_stand_there_on_demand(desk: Desk) -> None:
    sheet = commitment(desk)
    appendix = block(sheet, "条款原文")
    assert not appendix.shown and appendix.new_page
    assert {line[0] for line in appendix.rows} >= {"N-32", "S2-18", "S2-17", "N-10", "HN-30"}
    assert next(line for line in appendix.rows if line[0] == "S2-17")[3].endswith("待核")


def test_another_clause_on_misuse_is_told_without_its_fine(zh: None) -> None:
    assert "2 至 5 倍" in sentence(Statement("misuse", ("N-32",)))
    assert "2 至 5 倍" not in sentence(Statement("misuse", ("XX-01",)))


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        (Statement("begins", (), values=("next-day",)), "次日"),
        (Statement("begins", (), values=("next-month",)), "次月 1 日"),
        (Statement("begins", (), values=("approval",)), "审核"),
        (Statement("ends", (), values=("3",)), "满 3 个月"),
        (Statement("spend", ()), "由个人负担的费用。"),
        (Statement("spend", (), values=("premium",)), "居民医保费"),
    ],
)
def test_sentences_follow_the_rules_of_the_place(zh: None, statement: Statement, words: str) -> None:
    assert words in sentence(statement)


def test_english_is_complete(desk: Desk) -> None:
    use_language("en")
    desk.wording = Wording("en")
    for sheet in (commitment(desk), confirmation(desk)):
        words = re.sub("|".join([*desk.names.values(), "户口本"]), "", texts(sheet, {full_numbers()}))
        assert not re.search("[\u4e00-\u9fff]", words.replace("\U00020bb7", ""))
    use_language("zh")


def test_the_pdf_can_be_read_back(desk: Desk, shell: Shell, tmp_path: Path) -> None:
    for name, sheet in (("a", commitment(desk)), ("b", confirmation(desk))):
        for options, shown in ((None, False), ({full_numbers()}, True)):
            write_pdf(sheet, tmp_path / f"{name}.pdf", options)
            said = text_of(tmp_path / f"{name}.pdf")
            assert all((one in said) is shown for one in full(desk))
            assert "0013" in said and "第 1 /" in said and "李强" in said
    data = as_pdf(commitment(desk))
    fonts = re.findall(rb"/FontName /(\S+)", data)
    assert fonts and data.count(b"/FontFile") == len(fonts)


def test_the_preview_shows_numbers_masked_and_switches(desk: Desk, qapp: QApplication, qtbot: QtBot) -> None:
    host = QWidget()
    qtbot.addWidget(host)
    host.resize(1366, 768)
    shell = shell_of(desk, qapp, host)
    assert desk.live is not None
    rows = desk.live.running.register
    for preview in (show_commitment(shell, rows[:2], host), show_confirmation(shell, rows[:2], host)):
        assert preview is not None
        qtbot.waitExposed(preview)
        boxes = {box.text(): box for box in preview.findChildren(QCheckBox)}
        assert {name: box.isChecked() for name, box in boxes.items()} == {
            tr("Full ID and phone numbers"): False,
            tr("Appendix"): False,
        }
        qtbot.mouseClick(boxes[full_numbers()], Qt.MouseButton.LeftButton)
        assert preview.options == {full_numbers()}
        preview.close()
    assert show_commitment(shell, [], host) is None and show_confirmation(shell, [], host) is None


def test_somebody_not_in_the_book_yet_can_be_committed_to(desk: Desk, qapp: QApplication, qtbot: QtBot) -> None:
    host = QWidget()
    qtbot.addWidget(host)
    preview = show_commitment(
        shell_of(desk, qapp, host), [row("li", "new", "child")], host, {"new": resident("new", name="新人")}
    )
    assert preview is not None
    qtbot.waitExposed(preview)
    preview.close()
