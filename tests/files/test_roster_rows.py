"""Cells of a list as values: words as people say them, days as they write them, and what cannot be taken."""

from collections.abc import Sequence
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest

from famgui.base.wording import Wording
from famgui.files.roster.form import COLUMNS, recognise, title_of
from famgui.files.roster.rows import ListRow, Remark, read_rows
from famgui.files.roster.source import Grid
from famgui.files.roster.told import all_in_one, column_title, remark_sentence
from famgui.files.roster.words import INSURANCES, LISTS, MALE, RELATIONS, meanings, offered, word_for
from famgui.files.workbook.form import Refused
from tests.files.rosters import LI, WANG, ZHOU

MORNING = datetime.combine(date(2025, 3, 1), time(9, 30))


class Known:
    """Zhuzhou and nowhere else."""

    home = "430200"

    def code(self, text: str) -> str:
        if text in ("株洲市", "430200"):
            return "430200"
        raise Refused("place-unknown", name=text)

    def ruled(self, code: str) -> bool:
        return True


def read(*rows: dict[str, Any], language: str = "zh") -> tuple[list[ListRow], list[Remark]]:
    """Rows by column key."""
    titles = tuple(title_of(key, "zh") for key in COLUMNS)
    lines: list[Sequence[Any]] = [titles, *([row.get(key, "") for key in COLUMNS] for row in rows)]
    grid = Grid(Path("a.xlsx"), "名单", lines, 1, titles)
    return read_rows(grid, recognise(titles), Known(), language, lambda done, total: None, 1)


def one(**cells: Any) -> ListRow:
    """One row of 王芳 with some more columns (`_` for the dot)."""
    (row,), remarks = read(_row(**cells))
    assert remarks == []
    return row


def refused(**cells: Any) -> list[tuple[str, str]]:
    """What is said of the columns of such a row."""
    (row,), remarks = read(_row(**cells))
    assert row.sound is False
    return [(remark.column, remark.code) for remark in remarks]


def _row(**cells: Any) -> dict[str, Any]:
    named = {key.replace("__", "."): value for key, value in cells.items()}
    return {"authorizer.name": "王芳", "authorizer.id_number": WANG, **named}


@pytest.mark.parametrize(
    ("word", "relation"),
    [
        *((["丈夫", "老婆", "配偶", "爱人", "Husband"], "spouse"), (["父亲", "母亲", "继母", "Father"], "parent")),
        *((["儿子", "女儿", "子", "养女", "daughter"], "child"), (["兄弟", "姐姐", "妹妹", "Sister"], "sibling")),
        *((["爷爷", "祖母"], "paternal-grandparent"), (["外婆", "姥爷", "外祖父"], "maternal-grandparent")),
        *((["孙女", "孙子"], "sons-child"), (["外孙", "外孙女"], "daughters-child")),
        *((["岳父", "婆婆", "儿媳", "女婿", "嫂子", "father-in-law"], "in-law"), (["舅舅", "朋友", "cousin"], "other")),
    ],
)  # fmt: skip
def test_relations_in_the_words_that_people_use(word: list[str], relation: str) -> None:
    for spelled in word:
        (row,), remarks = read(_row(user__name="李强", user__id_number=LI, relation=f" {spelled} "))
        assert row.relation == relation and {remark.code for remark in remarks} <= {"relation-sex"}


def test_no_word_means_two_relations() -> None:
    spelled = [word for relation in RELATIONS for word in (relation.zh, relation.en, *relation.also)]
    assert len(spelled) == len(set(spelled)) == len(meanings("relation"))


def test_a_word_of_either_side_is_asked_for_and_an_unknown_one_told() -> None:
    assert refused(relation="grandson") == [("relation", "relation-doubtful")]
    assert refused(relation="邻居的") == [("relation", "choice")]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_word_is_understood_as_it_is_written(language: str) -> None:
    for column, words in LISTS.items():
        for word in words:
            assert meanings(column)[word_for(column, word.value, "en").casefold().replace(" ", "")] == word.value
        assert len(offered(column, language)) == len(words)


@pytest.mark.parametrize(
    ("word", "insurance"),
    [
        ("退休", ("employee", "retired")),
        ("职工（退休）", ("employee", "retired")),
        ("职工·在职", ("employee", "active")),
        ("灵活就业人员", ("employee", "flexible")),
        ("职工医保", ("employee", None)),
        ("城乡居民", ("resident", None)),
        ("未参保", ("none", None)),
    ],
)
def test_insurance_with_its_status(word: str, insurance: tuple[str, str | None]) -> None:
    stated = one(authorizer__insurance=word).authorizer
    assert (stated.insurance, stated.status) == insurance


@pytest.mark.parametrize(
    "cell",
    [
        date(2026, 1, 1),
        datetime.combine(date(2026, 1, 1), time(8, 30)),
        "2026-01-01",
        "2026/1/1",
        "2026年1月1日",
        "２０２６．１．１",
        "20260101",
        46023.0,
    ],
)
def test_days_as_people_and_spreadsheets_write_them(cell: Any) -> None:
    assert one(starts=cell, user__name="李强").starts == date(2026, 1, 1)


def test_a_last_day_that_does_not_come() -> None:
    assert one(user__name="李强", ends="长期").ends is None
    assert refused(user__name="李强", ends="明年") == [("ends", "cell-date")]
    assert refused(user__name="李强", starts="2026-02-30") == [("starts", "cell-date")]
    assert refused(user__name="李强", starts=12.0) == [("starts", "cell-date")]


@pytest.mark.parametrize("cell", ["2025-03-01 09:30:00", "2025-03-01T09:30", MORNING])
def test_the_moment_of_a_binding(cell: Any) -> None:
    assert one(user__name="李强", bound_at=cell).bound_at == MORNING
    assert one(user__name="李强", bound_at="2025年3月1日").bound_at == datetime.combine(MORNING, time())


def test_phone_numbers_and_amounts_kept_as_numbers() -> None:
    stated = one(
        authorizer__phone=13800000000.0, authorizer__current=1234.5, authorizer__prior_years="1,000"
    ).authorizer
    assert (stated.phone, stated.current, stated.prior_years) == ("13800000000", 123450, 100000)
    assert one(authorizer__phone="138-0000 0000").authorizer.phone == "13800000000"


def test_what_cannot_be_taken_is_told_cell_by_cell() -> None:
    (row,), remarks = read(
        {
            "authorizer.name": "王芳",
            "authorizer.id_number": 430202190001010029.0,
            "authorizer.current": "很多",
            "user.name": "李强",
            "user.id_number": "43020219000202001",
            "user.insured_place": "某地",
            "priority": "0",
        }
    )
    assert {(remark.column, remark.code) for remark in remarks} == {
        ("authorizer.id_number", "id-as-number"),
        ("authorizer.current", "cell-amount"),
        ("user.id_number", "id-number"),
        ("user.insured_place", "place-unknown"),
        ("priority", "number-range"),
    }
    assert not row.sound and row.authorizer.name == "王芳" and row.user is not None
    for language in ("zh", "en"):
        wording = Wording(language)  # type: ignore[arg-type]
        for remark in remarks:
            assert remark_sentence(remark, wording) and column_title(remark, wording)
            assert remark_sentence(remark, wording) in all_in_one(remarks, wording)


def test_a_row_of_the_authorizer_only_and_rows_that_are_none() -> None:
    rows, remarks = read(
        _row(), {"authorizer.name": "合计"}, {"authorizer.name": "示例李某", "authorizer.id_number": "x"}
    )
    assert [row.user for row in rows] == [None]
    assert [(r.row, r.code, r.severity) for r in remarks] == [(3, "sum-row", "info"), (4, "example-row", "info")]


def test_far_work_can_be_stopped() -> None:
    class Stop(Exception):
        pass

    def report(done: int, total: int) -> None:
        raise Stop

    titles = tuple(title_of(key, "zh") for key in COLUMNS)
    lines: list[Sequence[Any]] = [titles, *([["王芳", WANG]] * 300)]
    with pytest.raises(Stop):
        read_rows(Grid(Path("a"), "", lines, 1, titles), recognise(titles), Known(), "zh", report, 1)


@pytest.mark.parametrize(
    ("spelled", "meant"),
    [
        *(("城镇居民", ("resident", None)), ("城乡居民医保", ("resident", None)), ("城镇居民医保", ("resident", None))),
        *(("学生", ("resident", None)), ("新型农村合作医疗", ("resident", None))),
        *(("居民基本医疗保险", ("resident", None)), ("城镇职工医保", ("employee", None))),
        *(("城镇职工基本医疗保险（退休）", ("employee", "retired")), ("在职职工医保", ("employee", "active"))),
        *(("职工医保（在职）", ("employee", "active")), ("灵活就业参保", ("employee", "flexible"))),
        ("没参保", ("none", None)),
    ],
)  # fmt: skip
def test_insurance_in_the_words_that_people_use(spelled: str, meant: tuple[str, str | None]) -> None:
    row = one(authorizer__insurance=spelled)
    assert (row.authorizer.insurance, row.authorizer.status) == meant


def test_no_word_means_two_insurances() -> None:
    spelled = [word for insurance in INSURANCES for word in (insurance.zh, insurance.en, *insurance.also)]
    assert len(spelled) == len(set(spelled))


def test_what_all_rows_say_where_a_column_is_nowhere() -> None:
    titles = ("授权人姓名", "授权人身份证号", "使用人姓名", "使用人身份证号", "关系")
    lines: list[Sequence[Any]] = [titles, ["王芳", WANG, "李强", LI, "配偶"], ["王芳", WANG, "", "", ""]]
    said = {"authorizer.insured_place": "株洲市", "user.insured_place": "430200", "user.insurance": "居民"}
    grid = Grid(Path("a.xlsx"), "", lines, 1, titles, {**said, "relation": "父母"})
    (both, alone), remarks = read_rows(grid, recognise(titles), Known(), "zh", lambda done, total: None, 1)
    assert remarks == [] and alone.user is None and alone.authorizer.insured_place == "430200"
    assert both.user is not None and (both.user.insured_place, both.user.insurance) == ("430200", "resident")
    assert both.relation == "spouse", "a column that is there says what it says"


def test_lines_below_the_list_are_nobody() -> None:
    rows, remarks = read(
        {"authorizer.name": "合计：2 人"},
        {"user.name": "总计", "authorizer.current": "300.00"},
        {"authorizer.name": "经办人签字", "authorizer.id_number": "审核人："},
        {"relation": "单位负责人（盖章）"},
        {"note": "备注：以上属实"},
        {"authorizer.name": "王芳", "note": "联系人", "relation": "配偶"},
        {"authorizer.name": "王芳", "authorizer.id_number": "43020219000101002", "note": "审核"},
    )
    assert [(one.code, one.severity) for one in remarks[:5]] == [("sum-row", "info")] * 2 + [("foot-row", "info")] * 3
    assert [row.number for row in rows] == [7, 8]


def test_an_old_number_is_called_so() -> None:
    assert refused(authorizer__id_number="430202900101002") == [("authorizer.id_number", "id-old")]
    assert refused(authorizer__id_number=430202900101002.0) == [("authorizer.id_number", "id-old")]
    assert refused(authorizer__id_number="43020290010100") == [("authorizer.id_number", "id-number")]
    remark = Remark(2, "authorizer.id_number", "id-old")
    assert "15 位的旧证件号码" in remark_sentence(remark, Wording("zh"))


def test_a_word_for_the_other_sex_is_a_hint_only() -> None:
    (row,), (hint,) = read(_row(user__name="周秀英", user__id_number=ZHOU, relation="爸"))
    assert row.sound and (hint.column, hint.code, hint.severity) == ("relation", "relation-sex", "warning")
    assert remark_sentence(hint, Wording("zh")) == "写的是“爸”，周秀英的证件号码却是另一性别，请核对"
    assert read(_row(user__name="周秀英", user__id_number=ZHOU, relation="妈"))[1] == []
    assert all(word in meanings("relation") for word in MALE)
