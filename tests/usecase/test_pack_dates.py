"""A pack that speaks of days it cannot speak of: refused, or told with its line before it is taken."""

from pathlib import Path

import pytest

from famgui.base.wording import Wording
from famgui.files.sentence import fault_sentence
from famgui.policy.pack import BrokenPack
from famgui.usecase.packs import pack_lines
from famgui.usecase.packtext import mark_sentence, trouble_sentence
from tests.usecase.test_packs import EN, REGIONS, TODAY, ZH, House, pack, value


@pytest.fixture
def house(tmp_path: Path) -> House:
    return House(tmp_path)


def refused(house: House, text: str, wording: Wording = ZH) -> list[str]:
    """What is said of a pack that is not taken."""
    with pytest.raises(BrokenPack) as raised:
        house.look(text)
    return (trouble_sentence(raised.value, wording) or "").splitlines()


def told(house: House, text: str, wording: Wording = ZH) -> list[str]:
    """What is said of a pack's values before it is taken."""
    marks = [mark for mark in house.look(text).marks if mark.code.startswith("value-")]
    return [mark_sentence(mark, "x.toml", wording) for mark in marks]


def test_a_clause_cannot_contradict_itself(house: House) -> None:
    text = pack("430400", clauses=("HY-01",)) + 'conflicts = ["N-01", "HY-01"]\n'
    said = "clause[0].conflicts[1]: 条款 HY-01 不能与自己冲突；请改成另一条的编号，或删去"
    assert refused(house, text) == [f"evil.toml:11: {said}"]
    assert "cannot contradict itself" in refused(house, text, EN)[0]


def test_a_day_to_come_is_no_day_of_a_check(house: House) -> None:
    said = "checked_on: 核对日期 2026-11-23 还没有到（今天是 2026-11-22）；请写最后一次真正核对的日期"
    assert refused(house, pack(checked="2026-11-23")) == [f"evil.toml:5: {said}"]
    (english,) = refused(house, pack(checked="2126-11-22"), EN)
    assert "2126-11-22, has not come yet (today is 2026-11-22)" in english
    house.home.policies.mkdir(parents=True)
    (house.home.policies / "hand.toml").write_text(pack(checked="2026-11-23"), "utf-8")
    (line,) = [line for line in pack_lines(house.library, house.home, REGIONS, TODAY, 180) if line.own]
    assert [fault_sentence("hand.toml", doubt, ZH) for doubt in line.doubts] == [f"hand.toml: {said}"]


FROM, UNTIL = "from = 2025-01-01\n", "until = 2025-12-31\n"
EARLY, LATE = "from = 2024-01-01\n", "until = 2026-12-31\n"
WHY, DOUBT = 'earlier = "旧文件相同"\n', 'doubt = "只见一处"\n'
IS_EARLY = "10: n 从 2024-01-01 起用，比依据的条款 HY-01（2025-01-01 起）早；请改 from，或用 earlier 写明原因"
NO_FROM = "6: n 没有写 from，以前的日子也会用它，而依据的条款 HY-01 从 2025-01-01 起；"
NO_FROM += "请补上 from = 2025-01-01，或用 earlier 写明原因"
IS_LATE = "10: n 用到 2026-12-31，比依据的条款 HY-01（2025-12-31 止）晚；请改 until，或用 doubt 写明原因"
NO_UNTIL = "6: n 没有写 until，会一直用下去，而依据的条款 HY-01 到 2025-12-31 止；"
NO_UNTIL += "请补上 until = 2025-12-31，或用 doubt 写明原因"


@pytest.mark.parametrize(
    ("more", "clause", "said"),
    [
        (FROM, FROM, ""),
        ("from = 2025-01-02\n", FROM, ""),
        ("", "", ""),
        (EARLY, "", ""),
        (EARLY, FROM, IS_EARLY),
        (EARLY + WHY, FROM, ""),
        (EARLY + DOUBT, FROM, ""),
        ("", FROM, NO_FROM),
        (WHY, FROM, ""),
        (DOUBT, FROM, ""),
        ('beside = ["N-01"]\n', FROM, ""),
        (UNTIL, UNTIL, ""),
        (LATE, UNTIL, IS_LATE),
        ("", UNTIL, NO_UNTIL),
        (WHY, UNTIL, NO_UNTIL),
        (DOUBT, UNTIL, ""),
        ('beside = ["N-01"]\n', UNTIL, ""),
    ],
)
def test_a_value_used_on_days_that_its_clause_does_not_speak_of(
    house: House, more: str, clause: str, said: str
) -> None:
    values = value("binding.at-once", "7", "HY-01", more)
    found = told(house, pack("430400", clauses=("HY-01",), values=values) + clause)
    assert found == ([f"x.toml:{said}".replace(": n ", ": binding.at-once ")] if said else [])


def test_a_clause_of_another_place_counts_with_its_days(house: House) -> None:
    house.ship("000000", clauses=("N-01",), values="")
    path = house.shipped / "000000-x.toml"
    path.write_text(path.read_text("utf-8") + FROM, "utf-8")
    text = pack("430400", clauses=(), values=value("binding.at-once", "7", "N-01"))
    assert [one.split(" ")[1:3] for one in told(house, text)] == [["binding.at-once", "没有写"]]


def test_of_several_clauses_the_one_that_reaches_furthest_counts(house: House) -> None:
    more = 'from = 2022-01-01\nuntil = 2027-01-01\nbeside = ["HY-02"]\n'
    first, second = pack("430400", clauses=("HY-01", "HY-02")).split("[[clause]]\n")[1:]
    head = pack("430400", clauses=(), values=value("binding.at-once", "7", "HY-01", more))
    text = f"{head}[[clause]]\n{first}{FROM}{LATE}[[clause]]\n{second}{EARLY}{UNTIL}"
    assert told(house, text) == [
        "x.toml:10: binding.at-once 从 2022-01-01 起用，比依据的条款 HY-02（2024-01-01 起）早；"
        "请改 from，或用 earlier 写明原因",
        "x.toml:11: binding.at-once 用到 2027-01-01，比依据的条款 HY-01（2026-12-31 止）晚；"
        "请改 until，或用 doubt 写明原因",
    ]
    assert told(house, text.replace("2022-01-01", "2024-01-01").replace("2027-01-01", "2026-12-31")) == []


def test_what_names_a_sentence_has_no_day_of_its_own(house: House) -> None:
    when = 'when = { code = "UNBOUND" }\n'
    for more, said in (
        ("", []),
        (EARLY, ["x.toml:11: reason is used from 2024-01-01, before its clause HY-01 begins"]),
    ):
        values = value("reason", "true", "HY-01", when + more)
        found = told(house, pack("430400", clauses=("HY-01",), values=values) + FROM, EN)
        assert [one.split(" (")[0] for one in found] == said
