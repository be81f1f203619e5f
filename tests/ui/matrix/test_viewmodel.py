"""What the comparison shows, without a window."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from famgui.files.statement import as_text
from famgui.ui.matrix.lines import Shown
from famgui.ui.matrix.viewmodel import MatrixVM
from famgui.ui.shell.desk import Desk
from famgui.ui.shell.i18n import use_language
from tests.ui.building import close, desk_of, sample
from tests.usecase.small_library import small_library


@pytest.fixture
def small(qapp: QApplication, tmp_path: Path, zh: None) -> Iterator[Desk]:
    """The sample household over a library of invented rules."""
    (tmp_path / "packs").mkdir()
    made = desk_of(tmp_path, small_library(tmp_path / "packs"), [sample()])
    yield made
    close(made)


@pytest.fixture
def vm(small: Desk) -> MatrixVM:
    return MatrixVM(small)


def cell(vm: MatrixVM, title: str, column: str) -> Shown:
    (line,) = [line for line in vm.lines if line.title == title]
    return line.cells[vm.columns.index(column)]


def test_the_matrix_says_values_clauses_and_marks(vm: MatrixVM) -> None:
    assert [line.title for line in vm.lines] == ["全国", "上海市", "湖南省", "株洲市"]
    own = cell(vm, "株洲市", "同时绑定人数")
    assert (own.text, own.clause, own.weak, own.others, own.quiet) == ("7 人", "TB-01", True, (), False)
    province = cell(vm, "湖南省", "同时绑定人数")
    assert (province.text, province.clause, province.weak, province.others) == ("5 人", "TA-02", False, ("TA-09",))
    assert cell(vm, "株洲市", "亲属范围").text == "配偶、父母、子女 · 随全国"
    assert cell(vm, "株洲市", "在职比例").text == "三级 60 % · 随省"
    assert cell(vm, "上海市", "动用门槛").text == "只用历年结余"
    assert cell(vm, "上海市", "同时绑定人数").text == "—"
    assert own.spoken == "7 人、TB-01、来源较弱、待核"
    assert province.spoken == "5 人、TA-02、官方转述、另有 1 条"


def test_the_matrix_of_another_day_is_another_one(vm: MatrixVM) -> None:
    vm.edit(day=date(2023, 6, 1))
    assert cell(vm, "湖南省", "同时绑定人数").text == "3 人"
    assert cell(vm, "株洲市", "同时绑定人数").text == "3 人 · 随省"


@pytest.mark.parametrize("typed", ["株洲", "4302", "zhuzhou", "zz"])
def test_places_are_found_by_name_code_and_pinyin(vm: MatrixVM, typed: str) -> None:
    vm.edit(typed=typed)
    assert [line.title for line in vm.lines] == ["株洲市"]


def test_places_without_rules_of_their_own_can_be_listed(vm: MatrixVM) -> None:
    vm.edit(subject="limits")
    assert [line.title for line in vm.lines] == ["全国", "湖南省", "株洲市"]
    vm.edit(own_only=False)
    assert len(vm.lines) == 4


def test_two_places_stand_side_by_side_with_what_is_apart(vm: MatrixVM) -> None:
    vm.edit(mode="two-places", left="430000", right="310000")
    assert vm.columns == ("湖南省", "上海市", "相差")
    case = "统筹支付比例 · 普通门诊 · 职工医保 · "
    assert [(line.title, *(one.text for one in line.cells)) for line in vm.lines] == [
        (case + "二级 · 在职", "—", "70 %", "仅右边有"),
        (case + "三级 · 在职", "60 %", "70 %", "右边多 10 个百分点"),
        (case + "三级 · 退休", "65 %", "—", "仅左边有"),
        ("只用历年结余", "—", "是", "仅右边有"),
        ("同时绑定人数", "5 人", "—", "仅左边有"),
    ]
    assert vm.summary == "5 项不同，2 项相同"
    vm.edit(changed_only=False)
    assert len(vm.lines) == 7
    vm.swap()
    assert vm.columns[:2] == ("上海市", "湖南省")


def test_two_days_of_a_place_tell_what_changed(vm: MatrixVM) -> None:
    vm.edit(mode="two-days", left="430000", first=date(2023, 6, 1), day=date(2024, 6, 1))
    (line,) = vm.lines
    assert (line.title, [one.text for one in line.cells]) == ("同时绑定人数", ["3 人", "5 人", "右边多 2 人"])
    vm.swap()
    assert [one.text for one in vm.lines[0].cells] == ["5 人", "3 人", "右边少 2 人"]


def test_a_cell_in_full_has_every_clause_with_its_grade(vm: MatrixVM) -> None:
    (line,) = [line for line in vm.lines if line.title == "湖南省"]
    detail = vm.detail(line, vm.columns.index("同时绑定人数"))
    assert detail.title == "湖南省 · 同时绑定人数"
    assert detail.clauses == (
        ("TA-02", "同时最多绑定5人。（官方转述）"),
        ("TA-09", "另有网页称最多绑定8人。（来源较弱）"),
    )


def test_the_table_leaves_with_clauses_and_marks(vm: MatrixVM) -> None:
    vm.edit(subject="limits")
    listing = vm.listing()
    assert [column.title for column in listing.columns][:3] == ["地区", "同时绑定人数", "同时绑定人数：条款"]
    assert len({column.title for column in listing.columns}) == len(listing.columns)
    row = next(row for row in listing.rows if row[0] == "湖南省")
    assert [as_text(one, "text") for one in row[:3]] == ["湖南省", "5 人", "TA-02、官方转述、另有 1 条：TA-09"]
    assert listing.facts == (("有效日期为", "2026-11-22"),)


def test_what_was_asked_comes_back_and_nonsense_does_not(vm: MatrixVM, small: Desk) -> None:
    vm.edit(mode="two-places", left="310000", right="430000", changed_only=False)
    again = MatrixVM(small)
    again.take_up(vm.kept)
    assert (again.mode, again.left, again.right, again.changed_only) == ("two-places", "310000", "430000", False)
    for nonsense in ("{", "[]", '{"mode": 3, "left": "999999", "own_only": "x", "subject": ["a"]}'):
        before = again.kept
        again.take_up(nonsense)
        assert again.kept == before


def test_the_shipped_matrix_holds_hunan(desk: Desk) -> None:
    vm = MatrixVM(desk)
    assert cell(vm, "湖南省", "同时绑定人数").text == "10 人"
    assert cell(vm, "湖南省", "在职比例").text == "70/70/60/60 %"


@pytest.fixture
def shipped(desk: Desk) -> MatrixVM:
    """Over the packs that the program ships."""
    return MatrixVM(desk)


_SAYS = (
    ("deductible", "湖南省", "一级", "不设"),
    ("deductible", "湖南省", "三级", "100 元/次；本级 300 元/年；合计 300 元/年"),
    ("deductible", "湖南省", "条文", "一个自然年度内，各级定点医疗机构的起付金额合计不超过300元"),
    ("deductible", "青海省", "条文", "不设起付标准"),
    ("working", "青海省", "条文", "支付比例为在职职工二级及以下医疗机构60%、三级医疗机构50%"),
    ("retired", "青海省", "条文", "退休人员二级及以下医疗机构70%、三级医疗机构60%"),
    ("overview", "青海省", "起付", "不设"),
    ("overview", "湖南省", "起付", "0/0/50/100 元/次；二级 200、三级 300 元/年；合计 300 元/年"),
    ("overview", "泉州市", "起付", "每年起付600元"),
    ("overview", "泉州市", "年限额（在职）", "年度限额25000元"),
    ("overview", "上海市", "年限额（在职）", "职工医保统筹基金每年最多支付63万元，超过的部分由附加基金支付80%"),
    ("overview", "福建省", "动用门槛", "须留 2,000 元"),
    ("limits", "福建省", "同时绑定人数", "—"),
    ("limits", "河北省", "同时绑定人数", "8 人"),
    ("limits", "天津市", "同时绑定人数", "3、4、6 人，说法不一"),
    ("limits", "运城市", "同时绑定人数", "6 人"),
    ("limits", "安徽省", "同时绑定人数", "6 人"),
    ("overview", "北京市", "在职比例", "90/70/70/70 %；2 万元以上 60 %"),
    ("working", "北京市", "一级", "70 %；2 万元以上 60 %"),
    ("working", "天津市", "二级", "65 %；5,500 元以上 55 %；已签约 70 %"),
    ("working", "天津市", "三级", "55 %；已签约 60 %"),
    ("overview", "大连市", "起付", "本级 200/200/200/400 元/年；特等 三级 600 元/年"),
    ("deductible", "大连市", "三级", "本级 400 元/年；特等 本级 600 元/年"),
    ("overview", "成都市", "年限额（在职）", "2,000 元/年；无个人账户 880 元/年"),
    ("overview", "青海省", "年限额（在职）", "1,200 元/年；4.2%、4.5% 500 元/年；10% 2,000 元/年"),
    ("limits", "十堰市", "一人可有几名授权人", "一名被授权人可以由多人授权"),
    ("limits", "许昌市", "每年变更次数", "—"),
    ("limits", "许昌市", "满几个月可解绑", "绑定不满3个月不能解除"),
    ("channel", "湖南省", "渠道", "6 步：打开“湘医保服务平台”App 或微信小程序，用授权人本人的账号登录"),
)


def test_a_cell_says_what_its_column_asks(shipped: MatrixVM) -> None:
    for subject, place, column, text in _SAYS:
        shipped.edit(subject=subject, own_only=False)
        assert (place, column, cell(shipped, place, column).text) == (place, column, text)


def test_a_threshold_rests_on_the_clause_that_sets_it(shipped: MatrixVM) -> None:
    found = cell(shipped, "福建省", "动用门槛")
    assert (found.clause, found.weak, found.grade) == ("FJ-01", False, "A")


def test_no_threshold_rests_on_the_nearest_clause_about_what_must_stay(shipped: MatrixVM) -> None:
    shipped.edit(own_only=False)
    for place, text, clause in (
        ("全国", "不设", "N-09"),
        ("北京市", "不设 · 随全国", "N-09"),
        ("湖南省", "不设", "HN-23"),
        ("株洲市", "不设 · 随省", "HN-23"),
        ("长沙市", "不设 · 随省", "HN-23"),
        ("上海市", "只用历年结余", "SH-01"),
        ("杭州市", "只用历年结余 · 随省", "ZJ-01"),
    ):
        found = cell(shipped, place, "动用门槛")
        assert (place, found.text, found.clause, found.weak, found.behind) == (place, text, clause, False, ())


def test_the_clause_behind_the_figures_is_told_before_what_else_is_said(shipped: MatrixVM) -> None:
    shipped.edit(subject="working", own_only=False)
    for place, inherited, said in (("株洲市", " · 随省", "ZZ-07"), ("长沙市", " · 随省", "HC-01"), ("湖南省", "", "")):
        words = cell(shipped, place, "条文")
        assert words.text == f"在基层及一级定点医疗机构的普通门诊：政策范围内费用由统筹基金支付70%{inherited}"
        assert (words.clause, words.behind, words.weak) == ("HN-01", ("HN-02", "HN-03"), False)
        assert words.clause == cell(shipped, place, "一级").clause
        assert words.others[:1] == ((said,) if said else words.others[:1])
    shipped.edit(day=date(2022, 12, 1))
    assert cell(shipped, "湖南省", "条文").clause not in ("HN-01", "")


def test_articles_are_no_places(shipped: MatrixVM) -> None:
    assert not [line.title for line in shipped.lines if line.title.startswith("来源文章")]


def test_where_only_clauses_are_they_are_told_and_not_computed(shipped: MatrixVM) -> None:
    for day, later in ((date(2022, 6, 1), "；自 2022-10-01 起"), (date(2022, 12, 1), "")):
        shipped.edit(mode="two-days", left="430200", first=day, day=date(2024, 6, 1))
        (line,) = [one for one in shipped.lines if one.title == "每次起付线 · 普通门诊 · 职工医保 · 三级"]
        read, computed, apart = line.cells
        assert read.text == f"仅供查阅，计算器不用{later}：二级起付200元、三级起付300元，年度累计不超过300元"
        assert (read.clause, read.others, read.quiet) == ("HN-05", ("ZZ-04",), True)
        assert (computed.text, apart.text) == ("100 元 · 随省", "仅右边可算")


def test_equal_sides_say_so(shipped: MatrixVM) -> None:
    shipped.edit(mode="two-days", left="430200", first=date(2024, 6, 1), day=date(2024, 6, 1))
    assert (shipped.lines, shipped.nothing) == ((), f"计算用的 {shipped.unchanged} 项规定两天相同。")
    shipped.edit(mode="two-places", left="430200", right="430200")
    assert shipped.nothing == f"计算用的 {shipped.unchanged} 项规定两地相同。"
    assert shipped.unchanged > 20


def test_what_is_computed_is_never_said_to_be_for_reading_only(shipped: MatrixVM) -> None:
    shipped.edit(mode="two-places", left="430000", right="110000", changed_only=False)
    used = {one.clause for line in shipped.lines for one in line.cells[:2] if not one.text.startswith("仅供查阅")}
    read = {one.clause for line in shipped.lines for one in line.cells[:2] if one.text.startswith("仅供查阅")}
    assert used & read == set()
    assert {"HN-01", "BJ-29"} <= used


def test_last_years_day_says_which_clause_is_not_in_force(shipped: MatrixVM) -> None:
    shipped.edit(mode="two-days", left="430200", first=date(2022, 12, 1), day=date(2025, 7, 1), changed_only=False)
    (line,) = [one for one in shipped.lines if one.title == "可绑定的亲属"]
    then, now, apart = line.cells
    assert (then.text, then.timing, now.timing, apart.text) == (
        now.text,
        "条文自 2024-08-01 起",
        "",
        "算法相同，左边那天条文还没有",
    )
    assert "N-35" in then.clauses
    sentence = "计算器对各日期一律按此算；条文自 2024-08-01 起（N-02）；当日施行的条文（仅供查阅）：N-35 N-04"
    assert shipped.detail(line, 0).remarks == (sentence,)
    assert sentence in shipped.listing().rows[shipped.lines.index(line)][2]  # type: ignore[operator]
    shipped.swap()
    (line,) = [one for one in shipped.lines if one.title == "可绑定的亲属"]
    assert line.cells[2].text == "算法相同，右边那天条文还没有"


def test_what_only_lacks_its_clause_on_a_day_is_not_listed_among_what_differs(shipped: MatrixVM) -> None:
    shipped.edit(mode="two-days", left="430200", first=date(2022, 12, 1), day=date(2026, 11, 22))
    assert shipped.summary == f"计算用的规定 {len(shipped.lines)} 项不同，{shipped.unchanged} 项相同"
    assert not [line for line in shipped.lines if line.same]
    shipped.edit(changed_only=False)
    assert len([line for line in shipped.lines if line.cells[2].text == "算法相同，左边那天条文还没有"]) > 20


def test_the_matrix_marks_a_clause_of_a_later_day_and_tells_bands(shipped: MatrixVM) -> None:
    shipped.edit(day=date(2022, 12, 1))
    for place, timing in (("全国", "2024-08-01"), ("北京市", "2024-12-10"), ("湖南省", "2024-08-01")):
        assert cell(shipped, place, "亲属范围").timing == f"条文自 {timing} 起"
    shipped.edit(day=date(2026, 11, 22))
    assert cell(shipped, "石家庄市", "年限额（在职）").text == "3,500 元/年；45 岁起 4,500 元/年"
    assert cell(shipped, "北京市", "退休比例").text == "90/85/85/85 %；70 岁起 90 %；2 万元以上 80 %"


def test_a_rule_lent_by_another_place_is_for_reference(shipped: MatrixVM) -> None:
    shipped.edit(mode="two-places", left="430200", right="110000")
    (line,) = [one for one in shipped.lines if one.title == "每人保费 · 居民医保 2026"]
    own, lent, apart = line.cells
    assert (own.text, lent.text, apart.text) == ("400 元 · 随省", "—  湖南省口径 400 元，仅供参考", "右边当地未查到")
    exported = shipped.listing().rows[shipped.lines.index(line)]
    assert "湖南口径，当地未查到。" in str(exported[4])
    shipped.edit(left="310000", changed_only=False)
    (line,) = [one for one in shipped.lines if one.title == "每人保费 · 居民医保 2026"]
    assert (line.same, line.cells[2].text) == (True, "两边当地均未查到")


def test_a_file_says_of_which_places_and_days_it_speaks(shipped: MatrixVM) -> None:
    shipped.edit(mode="two-days", left="430200", first=date(2022, 12, 1), day=date(2025, 7, 1))
    listing, between = shipped.listings()
    assert listing.title == "株洲市：2022-12-01 / 2025-07-01"
    assert listing.facts == (("对照地区", "株洲市 430200"), ("有效日期为", "2022-12-01 / 2025-07-01"))
    assert (between.title, len(between.rows)) == ("两日之间施行或失效的条文", len(shipped.turns))
    shipped.edit(mode="two-places", right="110000")
    assert shipped.listings()[0].facts == (("对照地区", "株洲市 430200 / 北京市 110000"), ("有效日期为", "2025-07-01"))


@pytest.mark.parametrize("typed", ["石家庄", "Shijiazhuang", "1301", "sjz"])
def test_an_english_window_finds_places_in_both_languages(desk: Desk, typed: str) -> None:
    use_language("en")
    try:
        vm = MatrixVM(desk)
        vm.edit(typed=typed)
        assert [line.title for line in vm.lines] == ["Shijiazhuang"]
    finally:
        use_language("zh")


def test_no_line_shows_a_raw_key_and_long_titles_stand_in_full_in_files(shipped: MatrixVM) -> None:
    shipped.edit(mode="two-places", left="430200", right="110000", changed_only=False)
    assert not [line for line in shipped.lines if "resident-" in line.title + line.whole]
    (line,) = [one for one in shipped.lines if one.title == "每人保费 · 居民医保 2026 · 低保对象等 3 类"]
    assert line.whole.count("、") == 2
    assert line.whole in [row[0] for row in shipped.listing().rows]
