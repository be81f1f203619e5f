"""The list's columns: what each is called in Chinese and English, what else people call it, and what it is for."""

from collections.abc import Mapping
from typing import NamedTuple

from famgui.files.workbook.form import PROBLEM as PROBLEM
from famgui.files.workbook.form import Heading, SheetForm, plain
from famgui.files.workbook.write import DAY, MONEY, TEXT

_ID = "身份证号 身份证号码 身份证 证件号码 证件号 公民身份号码"


def _column(key: str, zh: str, en: str, width: int, also_zh: str, also_en: str = "") -> Heading:
    """A column; other names in Chinese are apart by blanks, those in English by semicolons."""
    also = (*also_zh.split(), *filter(None, also_en.split(";")))
    return Heading(key, zh, en, also, key in ("authorizer.name", "authorizer.id_number"), width)


_COLUMNS = (
    _column(
        "authorizer.name",
        "授权人姓名",
        "Authorizer",
        14,
        "授权人 职工姓名 员工姓名 职工 员工 姓名",
        "Authorizer name;Employee;Employee name;Name",
    ),
    _column(
        "authorizer.id_number",
        "授权人身份证号",
        "Authorizer ID number",
        22,
        f"授权人证件号码 职工身份证号 职工身份证号码 员工身份证号 {_ID}",
        "Employee ID number;ID number",
    ),
    _column(
        "authorizer.insurance",
        "授权人参保",
        "Authorizer insurance",
        14,
        "授权人参保状态 职工参保状态 参保状态 参保类型 参保 人员状态 人员类别",
        "Employee status;Insurance",
    ),
    _column(
        "authorizer.single_pool", "单建统筹", "Single pool", 10, "是否单建统筹 仅参加统筹 无个人账户", "No account"
    ),
    _column(
        "authorizer.insured_place",
        "授权人参保地",
        "Authorizer insured place",
        14,
        "职工参保地 参保地 参保地区",
        "Insured place",
    ),
    _column(
        "authorizer.phone",
        "授权人手机号",
        "Authorizer phone",
        14,
        "授权人电话 授权人联系电话 职工手机号 手机号 手机 联系电话 电话",
        "Phone;Mobile",
    ),
    _column(
        "authorizer.current", "本年余额", "Balance this year", 12, "当年余额 个人账户余额 账户余额 余额", "Balance"
    ),
    _column("authorizer.prior_years", "历年余额", "Balance prior years", 12, "历年结余 历年", "Prior years"),
    _column(
        "user.name",
        "使用人姓名",
        "User",
        14,
        "使用人 被共济人 被共济人姓名 亲属姓名 家属姓名 家庭成员 家庭成员姓名 成员姓名 姓名",
        "User name;Relative;Relative name;Name",
    ),
    _column(
        "user.id_number",
        "使用人身份证号",
        "User ID number",
        22,
        f"使用人证件号码 被共济人身份证号 亲属身份证号 亲属身份证号码 家属身份证号 成员身份证号 {_ID}",
        "Relative ID number;ID number",
    ),
    _column(
        "user.insurance",
        "使用人参保",
        "User insurance",
        12,
        "使用人参保类型 使用人参保状态 亲属参保类型 家属参保类型 参保类型 参保 参保状态",
        "Relative insurance;Insurance",
    ),
    _column(
        "user.insured_place",
        "使用人参保地",
        "User insured place",
        14,
        "亲属参保地 家属参保地 参保地 参保地区",
        "Relative insured place;Insured place",
    ),
    _column(
        "user.phone",
        "使用人手机号",
        "User phone",
        14,
        "使用人电话 使用人联系电话 亲属手机号 家属电话 手机号 手机 联系电话 电话",
        "Relative phone;Phone;Mobile",
    ),
    _column(
        "relation",
        "关系",
        "Relation",
        12,
        "与授权人关系 与职工关系 与员工关系 使用人与授权人关系 亲属关系 称谓",
        "Relationship",
    ),
    _column(
        "starts",
        "开始日期",
        "First day",
        12,
        "开始 开始时间 生效日期 起始日期 共济开始日期",
        "Starts;Start;Start date;From",
    ),
    _column(
        "ends",
        "结束日期",
        "Last day",
        12,
        "结束 结束时间 终止日期 截止日期 到期日期 共济结束日期",
        "Ends;End;End date;Until",
    ),
    _column("priority", "次序", "Priority", 7, "顺序 优先级 共济次序", "Order"),
    _column("proof", "证明材料", "Proof", 16, "证明 关系证明 证明文件 附件"),
    _column("note", "备注", "Note", 16, "说明", "Remark;Remarks;Notes"),
    _column("bound_at", "绑定时间", "Bound at", 20, "绑定日期 登记日期 已绑定日期 办理日期", "Bound on;Standing since"),
    _column("unbound_on", "解绑日期", "Unbound on", 12, "解绑时间 解除日期"),
    _column("authorizer.born", "授权人出生日期", "Authorizer born", 14, "出生日期 出生年月日", "Born;Birth date"),
    _column("authorizer.tier", "缴费档次", "Contribution tier", 10, "档次", "Tier"),
    _column("authorizer.concession", "困难群体", "Concession", 14, "资助对象 特殊群体"),
    _column("authorizer.suspended", "停保日期", "Suspended from", 12, "停保自 暂停参保日期", "Suspended"),
    PROBLEM,
)
_SHEETS = ("共济名单", "职工名单", "绑定名单", "花名册", "Roster", "有误", "Faulty rows")
ROSTER = SheetForm("roster", "名单", "List", _SHEETS, _COLUMNS)

ROW = Heading("row", "原行号", "Row before", width=8)
"""Where a faulty row stood in the file that it was taken from; read over like what is wrong with it."""
FURTHER = (
    "bound_at",
    "unbound_on",
    "authorizer.born",
    "authorizer.tier",
    "authorizer.concession",
    "authorizer.suspended",
)
"""Columns that an export fills in and the template leaves out."""
COLUMNS = tuple(column.key for column in ROSTER.columns if column is not PROBLEM)
"""The keys of the columns that are read."""
_PAIR = ("user.name", "user.id_number", "relation")
_OF_A_BINDING = frozenset({*_PAIR, "user.insurance", "user.insured_place", "user.phone", "starts", "ends", "bound_at"})

MONEYS = frozenset({"authorizer.current", "authorizer.prior_years"})
DAYS = frozenset({"starts", "ends", "unbound_on", "authorizer.born", "authorizer.suspended"})
FORMATS: Mapping[str, str] = {
    **dict.fromkeys(MONEYS, MONEY),
    **dict.fromkeys(DAYS, DAY),
    "priority": "0",
    **{key: TEXT for key in COLUMNS if key.endswith((".id_number", ".phone", ".insured_place")) or key == "bound_at"},
}
"""How the cells of a column look; texts whose digits are no numbers stay texts."""

FIXABLE = ("authorizer.insurance", "authorizer.insured_place", "user.insurance", "user.insured_place")
"""Columns of which one value may be said for all rows where a file has none."""
_OURS = frozenset(plain(name) for column in (PROBLEM, ROW) for name in (column.zh, column.en))

Mapped = Mapping[str, int]
"""Where each column stands in a file, from 0; -1: nowhere."""


class Column(NamedTuple):
    """A column of the list as a choice: its key and what it is called."""

    key: str
    title: str


def title_of(key: str, language: str) -> str:
    """What a column is called."""
    return ROSTER.column(key).title(language)


def needed(mapped: Mapped) -> tuple[str, ...]:
    """The columns that a file of these columns cannot do without: who it is, and of a binding with whom and how."""
    whole = any(mapped.get(key, -1) >= 0 for key in _OF_A_BINDING)
    return ("authorizer.name", "authorizer.id_number", *(_PAIR if whole else ()))


def missing(mapped: Mapped) -> tuple[str, ...]:
    """Which of those are nowhere."""
    return tuple(key for key in needed(mapped) if mapped.get(key, -1) < 0)


def recognise(titles: tuple[str, ...]) -> dict[str, int]:
    """Where each column is by its heading. A column's own name goes before another name of it; a heading that two
    columns may have is the authorizer's where it stands first and the user's where it stands again."""
    spelled = [plain(title) for title in titles]
    mapped = dict.fromkeys(COLUMNS, -1)
    free = {place for place, title in enumerate(spelled) if title}
    for names in (_own_names, _other_names):
        for key in COLUMNS:
            known = names(ROSTER.column(key))
            place = next((place for place in sorted(free) if spelled[place] in known), None)
            if mapped[key] < 0 and place is not None:
                mapped[key] = place
                free.discard(place)
    return mapped


def _own_names(column: Heading) -> frozenset[str]:
    return frozenset({plain(column.zh), plain(column.en)})


def _other_names(column: Heading) -> frozenset[str]:
    return frozenset(plain(name) for name in column.also)


def known_headings(titles: tuple[str, ...]) -> int:
    """How many columns a row of titles names."""
    return sum(place >= 0 for place in recognise(titles).values())


def unread(titles: tuple[str, ...], mapped: Mapped) -> tuple[str, ...]:
    """The headings of a file that no column of ours stands under; what the program itself wrote beside faulty rows is
    none of them."""
    known = set(mapped.values())
    return tuple(title for place, title in enumerate(titles) if title and place not in known and not is_ours(title))


def is_ours(title: str) -> bool:
    """Whether the program wrote this heading beside faulty rows."""
    return plain(title) in _OURS


def is_doubtful(titles: tuple[str, ...], mapped: Mapped) -> bool:
    """Whether the user had better say which column is which: one is missing, or no user is named though there are
    headings that nobody knows."""
    return bool(missing(mapped)) or (mapped.get("user.name", -1) < 0 and bool(unread(titles, mapped)))
