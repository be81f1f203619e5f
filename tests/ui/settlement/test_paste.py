"""Rows copied from a spreadsheet: read by their header or by their order, or told with row and column."""

import pytest

from famgui.domain.bill import CATEGORIES
from famgui.ui.settlement.draft import ItemDraft
from famgui.ui.settlement.items import ItemsModel
from famgui.ui.settlement.paste import MOST_ROWS, Fault, Known, looks_like_rows, read_rows
from famgui.ui.shell.i18n import use_language


def unknown(_: str) -> None:
    """Nothing was typed before."""


TIDY = (ItemDraft("血常规", "service", "A", 0, 2_000), ItemDraft("阿莫西林", "drug", "B", 1_000, 123_450, 5_000))


@pytest.mark.parametrize(
    "text",
    [
        "项目名称\t类别\t目录\t先行自付\t超限价\t金额\n血常规\t检查费\t甲类\t\t\t20\n阿莫西林\t西药\t乙\t10%\t50\t1,234.50\n",
        "Amount\tName\tCategory\tClass\tUp-front\tOver limit\r\n"
        "¥20.00\t血常规\tService\tA\t—\t\r\n1234.5元\t阿莫西林\tDrug\tB\t0.1\t50\r\n",
        "血常规\t诊疗\t甲\t—\t0.00\t20.00\n阿莫西林\t药品\t乙\t10 %\t50.00\t1234.50",
        "序号\t名称\t类别\t医保等级\t自付比例\t超限价\t数量\t金额\n"
        "1\t血常规\t化验\t甲\t0\t\t1\t２０\n\t\t\t\t\t\t\t\n2\t阿莫西林\t中成药\t乙类\t10\t50\t3\t1234.50\n合计\t\t\t\t\t\t\t1254.50",
        '"名称"\t"类别"\t"目录"\t"先付"\t"超限"\t"费用"\n"血常规"\t"检验"\t"甲"\t""\t""\t"20"\n'
        "阿莫西林\t药品\t乙\t10%\t50\t1234.5000",
    ],
    ids=["chinese header", "english header", "by order", "more columns, blank row, sum", "quoted cells"],
)
def test_rows_are_read_as_they_are_copied(text: str) -> None:
    assert read_rows(text, unknown) == (TIDY, (), 0)


def test_few_columns_are_told_by_what_stands_in_them() -> None:
    assert read_rows("血常规\t20", unknown).items == (ItemDraft("血常规", "drug", "A", 0, 2_000),)
    assert read_rows("血常规\t检查\t20", unknown).items == (ItemDraft("血常规", "service", "A", 0, 2_000),)
    assert read_rows("血常规\t丙\t20", unknown).items == (ItemDraft("血常规", "drug", "C", 0, 2_000),)
    assert read_rows("药\t药品\t乙\t20", unknown).items == (ItemDraft("药", "drug", "B", 0, 2_000),)
    assert read_rows("药\t乙\t10%\t20", unknown).items == (ItemDraft("药", "drug", "B", 1_000, 2_000),)
    assert read_rows("20\n30", unknown).items == (ItemDraft(amount=2_000), ItemDraft(amount=3_000))


def test_what_the_rows_do_not_say_is_remembered_by_name_or_counted_as_a_guess() -> None:
    known = {"阿莫西林": Known("drug", "B", 1_000)}
    pasted = read_rows("阿莫西林\t20\n别的\t30", known.get)
    assert pasted.items == (ItemDraft("阿莫西林", "drug", "B", 1_000, 2_000), ItemDraft("别的", "drug", "A", 0, 3_000))
    assert pasted.guessed == 1
    told = read_rows("名称\t目录\t金额\n阿莫西林\t丙\t20", known.get)
    assert told.items == (ItemDraft("阿莫西林", "drug", "C", 0, 2_000),) and told.guessed == 0
    health = read_rows("名称\t类别\t金额\n蛋白粉\t保健食品\t158", unknown)
    assert health.items[0].category == "health-food" and health.guessed == 0, "the catalogue does not class it"


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("名称\t金额\n甲药\t1\n乙药\tabc", Fault(3, "amount", "not-amount", "abc")),
        ("名称\t金额\n甲药\t-5", Fault(2, "amount", "not-amount", "-5")),
        ("甲药\t1.234", Fault(1, "amount", "not-amount", "1.234")),
        ("名称\t类别\t金额\n甲药\t药品\t", Fault(2, "amount", "amount-missing")),
        ("名称\t类别\t金额\n甲药\t鱼\t1", Fault(2, "category", "not-category", "鱼")),
        ("名称\t目录\t金额\n甲药\t丁\t1", Fault(2, "class", "not-class", "丁")),
        ("名称\t目录\t先付\t金额\n甲药\t乙\t120%\t1", Fault(2, "upfront", "not-share", "120%")),
        ("名称\t目录\t先付\t金额\n甲药\t甲\t10%\t1", Fault(2, "upfront", "share-on-class", "10%")),
        ("名称\t超限价\t金额\n甲药\t2\t1", Fault(2, "over", "over-amount", "2")),
        ("名称\t超限价\t金额\n甲药\tx\t1", Fault(2, "over", "not-amount", "x")),
        ("名称\t类别\n甲药\t药品", Fault(1, "amount", "no-amount-column")),
        ("a\tb\tc\td\te\tf\t7", Fault(1, "", "too-many-columns", "7")),
        ("", Fault(0, "", "nothing")),
        ("药\t1\x00", Fault(1, "amount", "not-amount", "1\x00")),
        ("药" * 140_000, Fault(0, "", "nothing")),
        ("名称\t金额\n合计\t5", Fault(0, "", "nothing")),
        ("药\t1\n" * (MOST_ROWS + 1), Fault(0, "", "too-many-rows", str(MOST_ROWS + 1))),
    ],
)
def test_what_cannot_be_read_is_told_and_nothing_is_taken(text: str, fault: Fault) -> None:
    pasted = read_rows(text, unknown)
    assert pasted.items == () and pasted.faults[0] == fault


def test_names_become_one_line() -> None:
    (item,) = read_rows('名称\t金额\n"复方 甘草\n片\x07"\t3', unknown).items
    assert item.name == "复方 甘草 片"


def test_every_fault_is_counted() -> None:
    assert len(read_rows("药\tx\n药\t1\n药\ty", unknown).faults) == 2


def test_a_single_cell_is_no_rows() -> None:
    assert [looks_like_rows(text) for text in ("12.50", "12.50\n", "a\tb", "1\n2")] == [False, False, True, True]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_the_table_shows_can_be_pasted_back(language: str, qapp: object) -> None:
    use_language(language)  # type: ignore[arg-type]
    items = (*TIDY, ItemDraft("蛋白粉", "health-food", "C", 0, 15_800), ItemDraft("", "daily-goods", "C", 0, 100))
    items += tuple(ItemDraft("x", category, "C", 0, 1) for category in CATEGORIES)
    model = ItemsModel()
    model.set_items(items)
    copied = "\n".join("\t".join(model.texts(line)) for line in range(len(items)))
    back = read_rows(copied, unknown)
    assert [(item.name, item.category, item.amount) for item in back.items] == [
        (item.name, item.category, item.amount) for item in items
    ]
    assert back.items[:2] == TIDY
    use_language("zh")
