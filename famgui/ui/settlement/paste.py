"""Rows of a bill from Excel or WPS: tab-separated text read into lines, or what cannot be read, with row and column."""

import csv
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from io import StringIO
from typing import Literal, NamedTuple, TypeAlias

from famgui.domain.bill import MEDICAL, CatalogueClass, Category
from famgui.domain.money import Fen, Ratio
from famgui.ui.settlement.draft import ItemDraft, one_line, percent_typed
from famgui.ui.widgets.fields import amount_typed

MOST_ROWS = 500
"""What one paste may bring."""

Field: TypeAlias = Literal["name", "category", "class", "upfront", "over", "amount"]
Why: TypeAlias = Literal[
    "amount-missing",
    "not-amount",
    "not-category",
    "not-class",
    "not-share",
    "share-on-class",
    "over-amount",
    "no-amount-column",
    "too-many-columns",
    "too-many-rows",
    "nothing",
]


class Known(NamedTuple):
    """What was typed beside an item's name before."""

    category: Category
    catalogue_class: CatalogueClass
    upfront_ratio: Ratio


class Fault(NamedTuple):
    """What cannot be read: row (from 1, as it was copied; 0: the whole), column and what stands there."""

    row: int
    field: Field | Literal[""]
    why: Why
    found: str = ""


class Pasted(NamedTuple):
    """The lines read, none when there is a fault; `guessed` of them name no class that could be read or remembered."""

    items: tuple[ItemDraft, ...]
    faults: tuple[Fault, ...] = ()
    guessed: int = 0


_HEADS: Mapping[Field, str] = {
    "name": "名称 项目 项目名称 收费项目 费用名称 明细 药品名称 药品 品名 商品名称 通用名 name item description",
    "category": "类别 费用类别 项目类别 收费类别 分类 category kind type",
    "class": "目录 目录类别 医保类别 医保等级 等级 甲乙丙 甲乙类 自费类别 收费等级 catalogue class",
    "upfront": "先行自付 先行自付比例 先自付比例 先付 先付比例 自付比例 自理比例 up-front upfront upfrontratio",
    "over": "超限价 超限价金额 超限价自费 超限价自费费用 超限 overlimit over-limit",
    "amount": "金额 费用 总价 总金额 费用金额 金额（元） 金额(元) 明细项目费用总额 实收 小计 amount total fee cost",
}
_CATEGORIES: Mapping[Category, str] = {
    "drug": "药品 药 西药 西药费 中成药 中成药费 中药 中药费 中草药 中药饮片 药品费 药费 drug medicine",
    "service": "诊疗 检查 检查费 检验 检验费 化验 化验费 治疗 治疗费 手术 手术费 诊查 诊查费 挂号 挂号费 护理 护理费 "
    "床位 床位费 医疗服务 诊疗项目 服务 service exam",
    "device": "器械 医疗器械 设备 device",
    "consumable": "耗材 医用耗材 材料 材料费 医用材料 卫生材料 consumable material",
    "health-food": "保健食品 保健品 健康食品 health-food healthfood",
    "daily-goods": "日用品 生活用品 daily-goods dailygoods",
    "wellness": "养生保健 养生 保健 保健服务 wellness",
    "fitness": "体育健身 健身 fitness",
    "public-health": "公共卫生 体检 public-health publichealth",
}
_CLASSES: Mapping[CatalogueClass, str] = {
    "A": "甲 甲类 甲级 a classa 1",
    "B": "乙 乙类 乙级 b classb 2",
    "C": "丙 丙类 丙级 丙自费 自费 全自费 目录外 c classc self-paid selfpaid 3",
}
_SUMS = frozenset(("合计", "总计", "小计", "总额", "sum", "total", "subtotal"))
_NONE = frozenset(("", "-", "—", "–", "/", "无"))


def _turned(words: Mapping[str, str]) -> dict[str, str]:
    return {word: value for value, line in words.items() for word in line.split()}


_HEAD_OF, _CATEGORY_OF, _CLASS_OF = _turned(_HEADS), _turned(_CATEGORIES), _turned(_CLASSES)  # type: ignore[arg-type]
_BY_COUNT: Mapping[int, tuple[Field, ...]] = {
    1: ("amount",),
    2: ("name", "amount"),
    5: ("name", "category", "class", "upfront", "amount"),
    6: ("name", "category", "class", "upfront", "over", "amount"),
}
"""Columns without a header row, where their number alone tells; three and four are told by what stands in them."""


def looks_like_rows(text: str) -> bool:
    """Whether a copied text is more than one cell."""
    return "\t" in text or "\n" in text.strip("\r\n")


def read_rows(text: str, known: Callable[[str], Known | None]) -> Pasted:
    """The lines in a text copied from a spreadsheet; nothing is taken when anything cannot be read.

    Columns are found by a header row in Chinese or English, else by their order: name, category, class, up-front share,
    (over limit,) amount. Blank rows and sums are passed over. `known` tells what was typed beside a name before.
    """
    try:
        rows = [[cell.strip() for cell in row] for row in csv.reader(StringIO(text), delimiter="\t")]
    except csv.Error:  # a NUL, or one cell of 128 KiB: no bill
        return Pasted((), (Fault(0, "", "nothing"),))
    if len(rows) > MOST_ROWS:
        return Pasted((), (Fault(0, "", "too-many-rows", str(len(rows))),))
    numbered = [(number, row) for number, row in enumerate(rows, 1) if any(row)]
    if not numbered:
        return Pasted((), (Fault(0, "", "nothing"),))
    columns = _header(numbered[0][1])
    if columns is not None:
        numbered = numbered[1:]
        if "amount" not in columns.values():
            return Pasted((), (Fault(1, "amount", "no-amount-column"),))
    lines = [_line(number, row, columns, known) for number, row in numbered if not _is_sum(row)]
    faults = [line for line in lines if isinstance(line, Fault)]
    if faults or not lines:
        return Pasted((), tuple(faults) or (Fault(0, "", "nothing"),))
    good = [line for line in lines if not isinstance(line, Fault)]
    return Pasted(tuple(item for item, _ in good), (), sum(guessed for _, guessed in good))


def _header(row: Sequence[str]) -> dict[int, Field] | None:
    """The columns that a header row names, None when the row is no header."""
    found: dict[int, Field] = {}
    for position, cell in enumerate(row):
        field = _HEAD_OF.get(_plain(cell))
        if field is not None and field not in found.values():
            found[position] = field  # type: ignore[assignment]
    names_two = len(found) >= min(2, sum(map(bool, row)))
    return found if found and names_two and not any(amount_typed(cell) is not None for cell in row if cell) else None


def _plain(cell: str) -> str:
    return re.sub(r"\s+", "", cell).casefold().rstrip("：:")


def _is_sum(row: Iterable[str]) -> bool:
    return next((_plain(cell) for cell in row if cell), "") in _SUMS


def _columns(row: Sequence[str]) -> tuple[Field, ...] | None:
    """The columns of a row without header: by their number, and where that leaves a choice by what stands there."""
    if len(row) in _BY_COUNT:
        return _BY_COUNT[len(row)]
    if len(row) not in (3, 4):
        return None
    second: Field = "class" if _plain(row[1]) in _CLASS_OF and _plain(row[1]) not in _CATEGORY_OF else "category"
    if len(row) == 3:
        return ("name", second, "amount")
    return ("name", "class", "upfront", "amount") if second == "class" else ("name", "category", "class", "amount")


def _line(
    number: int, row: Sequence[str], columns: Mapping[int, Field] | None, known: Callable[[str], Known | None]
) -> tuple[ItemDraft, bool] | Fault:
    """One row as a line of the bill and whether its class is a guess, or what cannot be read in it."""
    if columns is None:
        while len(row) > 1 and not row[-1]:
            row = row[:-1]
        order = _columns(row)
        if order is None:
            return Fault(number, "", "too-many-columns", str(len(row)))
        columns = dict(enumerate(order))
    cells: dict[Field, str] = {field: row[at] for at, field in columns.items() if at < len(row)}
    read = _read(cells, known(cells.get("name", "")))
    return Fault(number, *read) if isinstance(read[0], str) else read


def _read(
    cells: Mapping[Field, str], remembered: Known | None
) -> tuple[ItemDraft, bool] | tuple[Field, Why] | tuple[Field, Why, str]:
    told = {field: cell for field, cell in cells.items() if _plain(cell) not in _NONE}
    amount = _amount(told.get("amount", ""))
    if amount is None:
        return ("amount", "not-amount", told["amount"]) if "amount" in told else ("amount", "amount-missing")
    category = _CATEGORY_OF.get(_plain(told.get("category", "")), remembered.category if remembered else "drug")
    if "category" in told and _plain(told["category"]) not in _CATEGORY_OF:
        return "category", "not-category", told["category"]
    if "class" in told and _plain(told["class"]) not in _CLASS_OF:
        return "class", "not-class", told["class"]
    ratio = _share(told["upfront"]) if "upfront" in told else None
    if "upfront" in told and ratio is None:
        return "upfront", "not-share", told["upfront"]
    over = _amount(told.get("over", "0"))
    if over is None:
        return "over", "not-amount", told["over"]
    if over > amount:
        return "over", "over-amount", told["over"]
    medical = category in MEDICAL
    catalogue_class = _CLASS_OF.get(_plain(told.get("class", "")))
    guessed = medical and catalogue_class is None and not ratio and remembered is None
    if catalogue_class is None:
        catalogue_class = "B" if ratio else remembered.catalogue_class if remembered else "A"
    if ratio and catalogue_class == "A" and medical:
        return "upfront", "share-on-class", told["upfront"]
    if ratio is None and remembered is not None and catalogue_class == remembered.catalogue_class == "B":
        ratio = remembered.upfront_ratio
    share = ratio or 0 if catalogue_class == "B" else 0
    return ItemDraft(one_line(cells.get("name", "")), category, catalogue_class, share, amount, over), guessed  # type: ignore[arg-type]


def _amount(text: str) -> Fen | None:
    """An amount as spreadsheets give it: more than two decimals are fine as long as they are zeros."""
    return amount_typed(re.sub(r"(\.[0-9]{2})0+(?=\s*元?$)", r"\1", text.strip()))


def _share(text: str) -> Ratio | None:
    """A share as spreadsheets give it: "10%", "10", or "0.1" (below 1 and without a sign it is a part of one)."""
    part = re.fullmatch(r"0?\.([0-9]{1,4})0*", text.strip())
    if part is not None:
        return int(part[1].ljust(4, "0"))
    return percent_typed(text)
