"""A household written as a workbook that stands alone: names are the handles."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from famgui.domain.household import Household
from famgui.domain.rulebook import RuleBook
from famgui.domain.settlement import NO_OVERRIDE, NOT_STATED, Visit
from famgui.domain.waterfall import Terms
from famgui.files.workbook.words import title
from famgui.policy.regions import Regions
from famgui.usecase.batch_people import Asked
from tests.files.program import REPOSITORY
from tests.files.workbooks import write

REGIONS = Regions(REPOSITORY / "resources" / "codes" / "regions.json")
TODAY = date(2026, 11, 22)
_VISIT = ("就诊人", "日期", "类型", "机构级别", "定点", "就医地")
_ITEM = ("项目", "类别", "目录类", "金额", "先付比例", "超限额")
BILLS = ("单据号", *_VISIT, *_ITEM, "病种限额", "统筹已付", "病种")
PEOPLE = ["姓名", "参保", "状态", "有个人账户", "本年余额", "历年余额"]
BINDINGS = ["授权人", "使用人", "关系", "开始", "结束", "次序"]
USED = ["就诊人", "年度", "类型", "统筹已付", "基层起付", "一级起付", "二级起付", "三级起付", "起付合计"]


def asked(rules_of: Callable[[str], RuleBook], home: str = "430200", language: str = "zh") -> Asked:
    """What a dry run goes by in the tests."""
    return Asked(rules_of, REGIONS, home, TODAY, language)


def as_a_workbook_can_say(household: Household) -> Household:
    """Without what a workbook has no column for; within one year, so that no year turns in one family only."""
    events = [
        replace(event, stated=NOT_STATED, override=NO_OVERRIDE)
        for event in household.events
        if isinstance(event, Visit) and event.date.year == 2025
    ]
    rows = [replace(row, bound_at=datetime.combine(row.starts, time()), unbound_on=None) for row in household.bindings]
    return replace(
        household,
        persons=tuple(
            replace(person, insured_place=household.place, concession="none") for person in household.persons
        ),
        bindings=tuple(rows),
        events=tuple(events),
        terms=Terms(),
    )


def workbook_of(path: Path, household: Household) -> Path:
    """The household's sheets and its visits as bills."""
    zh = "zh"
    people = []
    for person in household.persons:
        held = household.balances.get(person.id)
        people.append(
            (
                person.id,
                title("insurance", person.insurance, zh),
                title("status", person.status, zh),
                person.has_account,
                held.current / 100 if held else None,
                held.prior_years / 100 if held else None,
            )
        )
    bindings = [
        (row.authorizer, row.user, title("relation", row.relation, zh), row.starts, row.ends, row.priority)
        for row in household.bindings
    ]
    used = [
        (
            who,
            year,
            title("kind", benefit, zh),
            met.pool / 100,
            *(level / 100 for level in met.by_level),
            met.all_levels / 100,
        )
        for (who, year, benefit), met in household.used.items()
    ]
    rows = [row for event in household.events if isinstance(event, Visit) for row in rows_of(event)]
    sheets = {"费用": (BILLS, rows), "人员": (PEOPLE, people), "绑定": (BINDINGS, bindings), "年度累计": (USED, used)}
    return write(path, sheets)


def rows_of(visit: Visit) -> Sequence[Sequence[Any]]:
    """The rows of a visit; what is said of the visit stands in the first."""
    head = (
        visit.patient,
        visit.date,
        title("kind", visit.kind, "zh"),
        title("level", visit.facility.level, "zh"),
        visit.facility.designated,
        visit.facility.place,
    )
    tail = (
        None if visit.disease_limit is None else visit.disease_limit / 100,
        None if visit.pool_paid is None else visit.pool_paid / 100,
        title("disease", visit.disease, "zh"),
    )
    return [
        (
            visit.id,
            *(head if number == 0 else (None,) * len(head)),
            item.name,
            title("category", item.category, "zh"),
            item.catalogue_class,
            item.amount / 100,
            item.upfront_ratio / 10_000,
            item.over_limit / 100,
            *(tail if number == 0 else (None,) * len(tail)),
        )
        for number, item in enumerate(visit.items)
    ]
