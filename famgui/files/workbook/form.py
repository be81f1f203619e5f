"""The workbook of bills: its sheets, their headings in Chinese and English, and what can be wrong in a row."""

import unicodedata
from typing import Any, NamedTuple, Protocol, TypeAlias

from famgui.domain.settlement import Visit

Cell: TypeAlias = Any
"""What a cell holds: text, a number, yes or no, a day, a moment; "" is an empty one."""


class Heading(NamedTuple):
    """A column: its key, what it is called, other names it is known by, and whether a sheet may do without it."""

    key: str
    zh: str
    en: str
    also: tuple[str, ...] = ()
    needed: bool = False
    width: int = 10

    def title(self, language: str) -> str:
        """What it is called in a language."""
        return self.en if language == "en" else self.zh


class SheetForm(NamedTuple):
    """A sheet: its key, what it is called, other names it is known by, its columns."""

    key: str
    zh: str
    en: str
    also: tuple[str, ...]
    columns: tuple[Heading, ...]

    def title(self, language: str) -> str:
        """What it is called in a language."""
        return self.en if language == "en" else self.zh

    def column(self, key: str) -> Heading:
        """The column of a key."""
        return next(column for column in self.columns if column.key == key)


PROBLEM = Heading("problem", "问题", "Problem", width=60)
"""What the program writes beside a faulty row; read over when the sheet comes in again."""

BILLS = SheetForm(
    "bills",
    "费用",
    "Bills",
    ("费用明细", "明细", "有误", "Faulty rows"),
    (
        Heading("bill", "单据号", "Bill", ("单据", "单据编号", "票据号", "Bill number", "Bill no"), True, 12),
        Heading("person", "就诊人", "Patient", ("患者", "使用人", "姓名", "Person", "Name"), True, 20),
        Heading("date", "日期", "Date", ("就诊日期", "结算日期"), True, 12),
        Heading("kind", "类型", "Kind", ("就诊类型", "医疗类别"), True),
        Heading("level", "机构级别", "Level", ("级别", "医院级别", "Facility level")),
        Heading("designated", "定点", "Designated", ("是否定点", "定点机构"), width=7),
        Heading("place", "就医地", "Place", ("就诊地", "机构所在地", "Facility place"), width=12),
        Heading("item", "项目", "Item", ("项目名称", "名称", "收费项目"), True, 20),
        Heading("category", "类别", "Category", ("项目类别", "费用类别"), True),
        Heading("class", "目录类", "Class", ("目录", "目录类别", "甲乙丙", "Catalogue class"), width=8),
        Heading("amount", "金额", "Amount", ("费用", "项目金额"), True, 12),
        Heading("ratio", "先付比例", "Up-front ratio", ("先行自付比例", "乙类先付比例")),
        Heading("over", "超限额", "Over limit", ("超限价", "超限价金额", "超限价自费")),
        Heading("limit", "病种限额", "Disease limit", ("病种余额", "限额余额"), width=12),
        Heading("paid", "统筹已付", "Pool paid", ("统筹实付", "统筹支付"), width=12),
        Heading("disease", "病种", "Disease", ("两病病种",)),
        Heading("grade", "等次", "Grade", ("医院等次",), width=7),
        Heading("contracted", "签约", "Contracted", ("是否签约",), width=7),
        PROBLEM,
    ),
)
PEOPLE = SheetForm(
    "people",
    "人员",
    "People",
    ("人员信息", "Persons"),
    (
        Heading("person", "就诊人", "Person", ("编号", "人员", "Handle"), width=14),
        Heading("name", "姓名", "Name", width=14),
        Heading("id_number", "身份证号", "ID number", ("身份证", "证件号码", "身份证号码", "公民身份号码"), width=22),
        Heading("insurance", "参保", "Insurance", ("参保险种", "险种", "参保类型"), True, 8),
        Heading("status", "状态", "Status", ("参保状态", "人员状态"), width=10),
        Heading("has_account", "有个人账户", "Has account", ("个人账户",), width=12),
        Heading("current", "本年余额", "This year", ("当年余额", "当年", "Current"), width=12),
        Heading("prior_years", "历年余额", "Prior years", ("历年", "历年结余"), width=12),
        Heading("insured_place", "参保地", "Insured place", width=12),
        Heading("born", "出生日期", "Born", ("Birth date",), width=12),
        Heading("tier", "档次", "Tier", ("缴费档次",), width=8),
        PROBLEM,
    ),
)
BINDINGS = SheetForm(
    "bindings",
    "绑定",
    "Bindings",
    ("共济绑定", "绑定关系"),
    (
        Heading("authorizer", "授权人", "Authorizer", needed=True, width=20),
        Heading("user", "使用人", "User", ("被共济人",), True, 20),
        Heading("relation", "关系", "Relation", (), True),
        Heading("starts", "开始", "Starts", ("开始日期", "生效日期"), True, 12),
        Heading("ends", "结束", "Ends", ("结束日期", "到期日期"), width=12),
        Heading("priority", "次序", "Priority", ("顺序", "优先级"), width=7),
        PROBLEM,
    ),
)
USED = SheetForm(
    "used",
    "年度累计",
    "Year to date",
    ("累计", "Used"),
    (
        Heading("person", "就诊人", "Person", ("姓名", "人员", "Name"), True, 20),
        Heading("year", "年度", "Year", ("年份",), True, 7),
        Heading("benefit", "类型", "Kind", ("待遇", "待遇类型", "Benefit"), True),
        Heading("pool", "统筹已付", "Pool paid", ("统筹累计",), width=12),
        Heading("community", "基层起付", "Met at community level", width=12),
        Heading("primary", "一级起付", "Met at primary level", width=12),
        Heading("secondary", "二级起付", "Met at secondary level", width=12),
        Heading("tertiary", "三级起付", "Met at tertiary level", width=12),
        Heading("all", "起付合计", "Met in all", ("起付累计",), width=12),
        Heading("cost", "费用累计", "Cost so far", width=12),
        PROBLEM,
    ),
)
FORMS = (BILLS, PEOPLE, BINDINGS, USED)
OUTPUTS = (("结果", "Results"), ("合计", "Totals"), ("余额", "Balances"))
"""Sheets that the program writes and does not read."""


class RowFault(NamedTuple):
    """One thing to tell about a sheet: row as the spreadsheet counts (0: the sheet itself, or the file where `sheet` is
    ""), heading as it stands there, wording key and values. A note that is not `grave` holds nothing back."""

    sheet: str
    row: int
    column: str
    code: str
    values: tuple[tuple[str, object], ...] = ()
    grave: bool = True


class FaultyWorkbook(Exception):
    """A workbook of which nothing can be taken; carries every fault."""

    def __init__(self, path: str, faults: list[RowFault]) -> None:
        super().__init__(path)
        self.path = path
        self.faults = faults


class Refused(Exception):
    """A cell that cannot be taken: a wording key and its values."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code)
        self.code = code
        self.values = tuple(values.items())


class Who(NamedTuple):
    """Somebody whose bills are settled: the family, the handle within it, the family's place, and where what is wrong
    with the family stands (None: nothing is)."""

    family: int
    handle: str
    place: str
    doubt: tuple[str, int] | None = None


class Bill(NamedTuple):
    """The rows of one number, well-formed: number, the spreadsheet's rows, whose it is, the visit."""

    number: str
    rows: tuple[int, ...]
    who: Who
    visit: Visit


class Places(Protocol):
    """What is known of places: `home`, where somebody is insured whose row does not say ("" where nobody knows)."""

    home: str

    def code(self, text: str) -> str:
        """The GB/T 2260 code of a place given by code or name. Raises `Refused`."""

    def ruled(self, code: str) -> bool:
        """Whether there is a rule book for a place."""


def plain(text: str) -> str:
    """A heading or choice word without what people add to it: width, case, spaces, a unit in brackets."""
    text = "".join(unicodedata.normalize("NFKC", text).casefold().split())
    head, bracket, _ = text.partition("(")
    return head if bracket and head else text
