"""Packs of the user's own: looked at, taken, given out, removed; what is stale, broken, signed, needed by others."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from famgui.base.paths import Home, resources
from famgui.base.wording import Wording
from famgui.files.sentence import fault_sentence
from famgui.policy.library import Library
from famgui.policy.pack import BrokenPack
from famgui.policy.regions import Regions
from famgui.policy.signature import make_keys, sign
from famgui.policy.template import new_pack
from famgui.usecase.packpreview import Preview, preview
from famgui.usecase.packs import PackTrouble, checked_on, export, pack_lines, remove, restore, stale_count, take
from famgui.usecase.packtext import change_line, mark_sentence, signature_words, trouble_sentence

TODAY = date(2026, 11, 22)
ZH, EN = Wording("zh"), Wording("en")
REGIONS = Regions(resources() / "codes" / "regions.json")


NAMES = {
    "430400": ("衡阳市", "Hengyang"),
    "110000": ("北京市", "Beijing"),
    "430000": ("湖南省", "Hunan"),
    "430200": ("株洲市", "Zhuzhou"),
}


def pack(
    place: str = "430300",
    *,
    version: str = "2",
    checked: str = "2026-11-01",
    clauses: tuple[str, ...] = ("XT-01",),
    values: str = "",
    statement: str = "甲",
) -> str:
    """A small pack of a place."""
    zh, en = NAMES.get(place, (f"地{place}", f"P{place}"))
    head = f'format = 1\nplace = "{place}"\nname = {{ zh = "{zh}", en = "{en}" }}\n'
    head += f'version = "{version}"\nchecked_on = {checked}\n'
    said = (f'[[clause]]\nid = "{id_}"\ntopic = "test"\nstatement = "{statement}"\ngrade = "A"\n' for id_ in clauses)
    return head + values + "".join(said)


def value(key: str, text: str, clause: str = "XT-01", more: str = "") -> str:
    """One value of a pack."""
    return f'[[value]]\nkey = "{key}"\nvalue = {text}\nclause = "{clause}"\n{more}'


KEEP = value("account.keep", '"500.00"')


class House:
    """Shipped packs in one folder, a home in another, files from outside in a third."""

    def __init__(self, folder: Path) -> None:
        self.home = Home(folder / "home")
        self.shipped, self.outside = folder / "shipped", folder / "outside"
        for made in (self.shipped, self.outside):
            made.mkdir()
        self.ship("000000", clauses=("N-01",), values=value("account.keep", '"1.00"', "N-01"))
        self.ship("430300", version="1", values=KEEP)

    def ship(self, place: str, **what: object) -> None:
        (self.shipped / f"{place}-x.toml").write_text(pack(place, **what), "utf-8")  # type: ignore[arg-type]

    @property
    def library(self) -> Library:
        return Library([self.shipped, self.home.policies], self.home.cache)

    def bring(self, text: str, name: str = "evil.toml") -> Path:
        (self.outside / name).write_text(text, "utf-8")
        return self.outside / name

    def look(self, text: str | Path, *, stale_after: int = 180) -> Preview:
        path = text if isinstance(text, Path) else self.bring(text)
        return preview(path, self.library, self.home, REGIONS, TODAY, stale_after)

    @property
    def own(self) -> dict[str, bytes]:
        folder = self.home.policies
        return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()} if folder.is_dir() else {}


@pytest.fixture
def house(tmp_path: Path) -> House:
    return House(tmp_path)


def kept(house: House, place: str = "430300") -> int:
    """What must stay in an account there, in fen."""
    return int(house.library.book(place).at(TODAY).find("account.keep").value)


def test_taken_whole_under_a_name_of_ours_and_undone(house: House) -> None:
    text = pack(values=KEEP.replace("500", "600"))
    seen = house.look(house.bring(text, "..toml"))
    undo = take(seen, house.home)
    assert house.own == {"430300.toml": text.encode()}
    assert kept(house) == 60_000
    restore(undo, house.library, ())
    assert house.own == {}
    assert kept(house) == 50_000


def test_a_second_one_takes_the_place_of_the_first_wherever_that_lies(house: House) -> None:
    house.home.policies.mkdir(parents=True)
    first = pack(values=KEEP.replace("500", "600"))
    (house.home.policies / "my own name.toml").write_text(first, "utf-8")
    second = pack(version="3", values=KEEP.replace("500", "700"))
    undo = take(house.look(second), house.home)
    assert house.own == {"my own name.toml": second.encode()}
    assert [path.read_text("utf-8") for path in (house.home.policies / "removed").iterdir()] == [first]
    assert (kept(house), house.library.faults) == (70_000, ())
    restore(undo, house.library, ())
    assert house.own == {"my own name.toml": first.encode()}


def test_a_signature_comes_and_goes_with_its_pack(house: House, tmp_path: Path) -> None:
    path = house.bring(pack(values=KEEP))
    private, public, key = make_keys(tmp_path / "k", "株洲")
    sign(path, private)
    seen = house.look(path)
    assert (seen.marks[0].code, seen.marks[0].values["key"]) == ("unknown-key", key)
    (house.home.root / "keys").mkdir(parents=True)
    (house.home.root / "keys" / "株洲.pub").write_bytes(public.read_bytes())
    seen = house.look(path)
    assert (seen.marks[0].code, seen.marks[0].good) == ("signed", True)
    assert "株洲" in mark_sentence(seen.marks[0], "x", ZH)
    take(seen, house.home)
    (line,) = [line for line in pack_lines(house.library, house.home, REGIONS, TODAY, 180) if line.own]
    assert (line.signature.state, signature_words(line.signature, ZH)) == ("known", "已签名：株洲")
    export(house.library, "430300", tmp_path / "out" / "x.toml")
    assert house.look(tmp_path / "out" / "x.toml").incoming.signature.state == "known"
    undo = take(house.look(house.bring(pack(version="3"), "other.toml")), house.home)
    assert sorted(house.own) == ["430300.toml"]
    restore(undo, house.library, ())
    assert sorted(house.own) == ["430300.toml", "430300.toml.sig"]
    remove(house.library, house.home, house.home.policies / "430300.toml", ())
    assert house.own == {}
    (house.home.policies / "430300.toml").write_text(pack() + "#", "utf-8")
    (house.home.policies / "430300.toml.sig").write_bytes((tmp_path / "out" / "x.toml.sig").read_bytes())
    (line,) = [line for line in pack_lines(house.library, house.home, REGIONS, TODAY, 180) if line.own]
    assert (line.kept, line.signature.state, [fault.code for fault in line.faults]) == (
        True,
        "broken",
        ["signature-broken"],
    )


def test_differences_are_shown_before_anything_is_taken(house: House) -> None:
    old = KEEP + value("binding.at-once", "5") + value("pool.cap.year", '"1.00"', more="from = 2024-01-01\n")
    house.ship("430300", version="1", values=old, clauses=("XT-01", "XT-02"))
    new = KEEP.replace("500", "600") + value("pool.cap.year", '"1.00"', more="from = 2025-01-01\n")
    new += value("binding.relations", '["spouse"]', more='when = { facility = "hospital" }\n').replace("when", "#")
    seen = house.look(pack(values=new, clauses=("XT-01", "XT-03"), statement="乙"))
    assert [change_line(change, ZH) for change in seen.changes] == [
        "~ account.keep: 500.00 -> 600.00",
        "~ pool.cap.year: from 2024-01-01 -> 2025-01-01",
        "+ binding.relations: spouse · XT-01",
        "- binding.at-once: 5 · XT-01",
        "~ XT-01: statement 甲 -> 乙",
        "+ XT-03: 乙",
    ]
    assert house.own == {}


def test_order_of_words_is_no_difference_and_conditions_are_named(house: House) -> None:
    when = 'when = { benefit = "outpatient", level = ["primary", "community"] }\nages = { from = 70 }\n'
    again = 'ages = { from = 70 }\nwhen = { level = ["community", "primary"], benefit = "outpatient" }\n'
    house.ship("430300", values=value("pool.ratio", '"0.60"', more=when))
    assert house.look(pack(values=value("pool.ratio", '"0.60"', more=again))).changes == ()
    steps = "[{ zh = '甲', en = 'a' }, { zh = '乙', en = 'b' }]"
    house.ship("110000", values=value("platform.bind", steps, "BJ-1"), clauses=("BJ-1",))
    turned = value("platform.bind", "[{ zh = '乙', en = 'b' }, { zh = '甲', en = 'a' }]", "BJ-1")
    assert len(house.look(pack("110000", values=turned, clauses=("BJ-1",))).changes) == 1
    (change,) = house.look(pack(values=value("pool.ratio", '"0.70"', more=again))).changes
    assert change_line(change, EN) == (
        "~ pool.ratio [level=community, primary, benefit=outpatient, ages=from 70]: 0.60 -> 0.70"
    )


def test_clauses_of_a_shipped_pack_stay_those_of_an_own_one_go(house: House) -> None:
    take(house.look(pack(clauses=("XT-02", "XT-03"), values=KEEP)), house.home)
    seen = house.look(pack(version="3", clauses=("XT-03",), values=KEEP))
    assert [change_line(change, ZH) for change in seen.changes] == ["- XT-02: 甲"]


@pytest.mark.parametrize(
    ("what", "codes"),
    [
        ({}, ["unsigned", "over-shipped"]),
        ({"place": "110000", "clauses": ("BJ-01",)}, ["unsigned"]),
        ({"place": "999999", "clauses": ("Z-1",)}, ["unsigned", "unknown-place"]),
        ({"checked": "2026-05-26"}, ["unsigned", "over-shipped"]),
        ({"checked": "2026-05-25"}, ["unsigned", "stale", "over-shipped"]),
        ({"checked": "2026-11-22"}, ["unsigned", "over-shipped"]),
        ({"version": "0.9"}, ["unsigned", "older", "over-shipped"]),
        ({"version": "1.0", "statement": "乙"}, ["unsigned", "same-version", "over-shipped"]),
        ({"version": "1", "values": KEEP}, ["unsigned", "over-shipped", "no-change"]),
        ({"statement": "<b>乙</b>"}, ["unsigned", "over-shipped", "markup"]),
    ],
    ids=str,
)
def test_marks(house: House, what: dict[str, object], codes: list[str]) -> None:
    seen = house.look(pack(**what))  # type: ignore[arg-type]
    assert [mark.code for mark in seen.marks] == codes
    for mark in seen.marks:
        for wording in (ZH, EN):
            said = mark_sentence(mark, "evil.toml", wording)
            assert said.isprintable() and "{" not in said
    if "markup" in codes:
        assert mark_sentence(seen.marks[-1], "evil.toml", ZH).startswith("evil.toml:9: ")


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        (pack(values=value("account.keep", '"1.00"', "N-01")), []),
        (pack(values=value("account.keep", '"1.00"', "XT-09")), ["unknown-clause"]),
        (pack(clauses=("N-01",)), ["clause-elsewhere"]),
        (pack("430200", values=value("account.keep", '"1.00"', "XT-01"), clauses=()), []),
    ],
    ids=["another's clause", "nobody's clause", "takes another's clause", "the shipped pack's clause"],
)
def test_a_pack_must_fit_beside_the_others(house: House, text: str, codes: list[str]) -> None:
    if not codes:
        house.look(text)
        return
    with pytest.raises(BrokenPack) as raised:
        house.look(text)
    assert [fault.code for fault in raised.value.faults] == codes


def test_a_clause_that_another_pack_rests_on_must_stay(house: House) -> None:
    take(house.look(pack(clauses=("XT-02",))), house.home)
    rests = pack("430200", values=value("account.keep", '"1.00"', "XT-02"), clauses=())
    take(house.look(rests), house.home)
    with pytest.raises(BrokenPack) as raised:
        house.look(pack(version="3", clauses=("XT-03",)))
    assert [(f.code, f.values) for f in raised.value.faults] == [
        ("clause-needed", (("id", "XT-02"), ("place", "430200")))
    ]
    with pytest.raises(BrokenPack) as raised:
        remove(house.library, house.home, house.home.policies / "430300.toml", ())
    assert "XT-02" in (trouble_sentence(raised.value, ZH) or "")
    assert sorted(house.own) == ["430200.toml", "430300.toml"]
    remove(house.library, house.home, house.home.policies / "430200.toml", ())
    remove(house.library, house.home, house.home.policies / "430300.toml", ())
    assert house.own == {}


def test_removing_brings_the_shipped_one_back(house: House) -> None:
    take(house.look(pack(values=KEEP.replace("500", "600"))), house.home)
    undo = remove(house.library, house.home, house.home.policies / "430300.toml", ["430300"])
    assert (kept(house), house.own) == (50_000, {})
    restore(undo, house.library, ())
    assert kept(house) == 60_000


def test_what_households_need_stays(house: House) -> None:
    take(house.look(pack("110000", clauses=("BJ-01",))), house.home)
    file = house.home.policies / "110000.toml"
    for place in ("110000", "110105"):
        with pytest.raises(PackTrouble) as raised:
            remove(house.library, house.home, file, [place, "430300"])
        assert place in (trouble_sentence(raised.value, ZH) or "")
    assert file.exists()
    remove(house.library, house.home, file, ["430300"])
    assert not file.exists()


def test_only_own_packs_are_removed_and_only_whole_ones_given_out(house: House, tmp_path: Path) -> None:
    with pytest.raises(PackTrouble, match="not-own"):
        remove(house.library, house.home, house.shipped / "430300-x.toml", ())
    with pytest.raises(PackTrouble, match="no-pack"):
        export(house.library, "110000", tmp_path / "x.toml")
    take(house.look(pack()), house.home)
    assert house.library.faults == ()
    (house.home.policies / "430300.toml").write_text("format = 2", "utf-8")
    with pytest.raises(PackTrouble, match="file-broken"):
        export(house.library, "430300", tmp_path / "x.toml")
    assert not (tmp_path / "x.toml").exists()
    (line,) = [line for line in pack_lines(house.library, house.home, REGIONS, TODAY, 180) if line.own]
    assert line.kept and line.place == "430300" and line.faults
    assert line.file == house.home.policies / "430300.toml"
    remove(house.library, house.home, line.file, ["430300"])
    assert house.own == {}


def test_a_file_that_was_never_good_is_listed_by_name_and_can_be_removed(house: House) -> None:
    house.home.policies.mkdir(parents=True)
    broken = house.home.policies / "x.toml"
    broken.write_text("format = 1", "utf-8")
    (line,) = [line for line in pack_lines(house.library, house.home, REGIONS, TODAY, 180) if line.own]
    assert (line.place, line.name_zh, line.checked_on, line.kept) == ("", "x.toml", None, False)
    undo = remove(house.library, house.home, broken, ["430300"])
    assert house.library.faults == ()
    restore(undo, house.library, ())
    assert broken.read_text("utf-8") == "format = 1"


def test_lines_tell_age_and_origin(house: House) -> None:
    take(house.look(pack(checked="2026-05-25")), house.home)
    nation, own = pack_lines(house.library, house.home, REGIONS, TODAY, 180)
    assert (nation.own, nation.age, nation.stale, nation.over, nation.signature.state) == (
        False,
        21,
        False,
        False,
        "shipped",
    )
    assert (own.own, own.age, own.stale, own.over, own.signature.state) == (True, 181, True, True, "unsigned")
    library = house.library
    assert [stale_count(library, TODAY, after) for after in (20, 21, 180, 181)] == [2, 1, 1, 0]


def test_nothing_is_half_written(house: House, tmp_path: Path) -> None:
    seen = house.look(pack())
    house.home.policies.parent.mkdir(parents=True, exist_ok=True)
    house.home.policies.write_text("a file in the folder's place", "utf-8")
    with pytest.raises(OSError) as raised:
        take(seen, house.home)
    assert trouble_sentence(raised.value, ZH)
    house.home.policies.unlink()
    (house.home.policies / "430300.toml").mkdir(parents=True)
    with pytest.raises(OSError):
        take(seen, house.home)
    assert house.own == {}


SENTENCES: list[Callable[[], BaseException]] = [
    lambda: FileExistsError(17, "exists", "a.toml"),
    lambda: OSError(28, "full"),
]


def test_what_went_wrong_is_told_and_a_bug_is_not() -> None:
    for make in SENTENCES:
        assert trouble_sentence(make(), ZH) != trouble_sentence(make(), EN)
    assert trouble_sentence(ValueError("x"), ZH) is None


def test_a_place_is_as_fresh_as_the_oldest_pack_that_speaks_for_it(house: House) -> None:
    house.ship("000000", clauses=("N-01",), checked="2026-08-01")
    house.ship("430000", clauses=("H-01",), checked="2026-09-01")
    house.ship("110000", clauses=("B-01",), checked="2020-01-01")
    library = house.library
    assert checked_on(library, "430300") == date(2026, 8, 1)
    house.ship("000000", clauses=("N-01",))
    assert checked_on(house.library, "430300") == date(2026, 9, 1)
    assert checked_on(house.library, "430199") == date(2026, 9, 1)
    assert checked_on(house.library, "440100") is None
    assert checked_on(house.library, None) == date(2020, 1, 1)
    (house.shipped / "000000-x.toml").write_text("", "utf-8")
    assert checked_on(Library([], None), None) is None


def test_packs_stand_by_place_whoever_they_are_from_and_unreadable_ones_last(house: House) -> None:
    for place, clause in (("110000", "B-01"), ("430200", "Z-01")):
        take(house.look(pack(place, clauses=(clause,))), house.home)
    (house.home.policies / "a.toml").write_text("", "utf-8")
    lines = pack_lines(house.library, house.home, REGIONS, TODAY, 180)
    assert [line.place for line in lines] == ["000000", "110000", "430200", "430300", ""]
    assert [line.own for line in lines] == [False, True, True, False, True]


@pytest.mark.parametrize(
    ("place", "name", "official"),
    [("430200", "北京市", "株洲市"), ("430300", "北京市", "湘潭市"), ("430300", "湘潭市", "")],
)
def test_a_pack_put_there_by_hand_is_used_and_marked_where_its_name_is_not_the_places(
    house: House, place: str, name: str, official: str
) -> None:
    house.home.policies.mkdir(parents=True)
    text = pack(place, clauses=("X-01",))
    there = next(line for line in text.splitlines() if line.startswith("name"))
    text = text.replace(there, f'name = {{ zh = "{name}", en = "x" }}')
    (house.home.policies / "hand.toml").write_text(text, "utf-8")
    lines = pack_lines(house.library, house.home, REGIONS, TODAY, 180)
    (line,) = [line for line in lines if line.own]
    assert (line.place, line.name_zh, line.faults) == (place, name, ())
    said = [fault_sentence("hand.toml", doubt, ZH) for doubt in line.doubts]
    wanted = f"hand.toml: name.zh: 代码 {place} 是“{official}”，不是“{name}”；请改地名或代码"
    assert said == ([wanted] if official else [])
    assert not [line for line in lines if line.doubts and not line.own]


def marks(house: House, text: str) -> list[str]:
    return [mark_sentence(mark, "x.toml", ZH) for mark in house.look(text).marks if not mark.good]


def test_an_empty_pack_says_so_first(house: House) -> None:
    said = "这个规则包里还没有条款，也没有数值：请先照模板填写，再导入"
    assert marks(house, new_pack("430400", "衡阳市", "Hengyang", TODAY))[0] == said
    assert said not in marks(house, pack("430400", clauses=("HY-01",)))
    assert said not in marks(house, pack("430400", clauses=(), values=value("account.keep", '"1.00"', "N-01")))


def test_a_conflict_with_a_clause_that_nobody_has_is_marked(house: House) -> None:
    text = pack("430400", clauses=("HY-01",)) + 'conflicts = ["XT-77", "N-01"]\n'
    line = text.splitlines().index('conflicts = ["XT-77", "N-01"]') + 1
    said = [one for one in marks(house, text) if "XT-77" in one or "N-01" in one or "HY-01" in one]
    assert said == [f"x.toml:{line}: 与之冲突的条款 XT-77 哪个规则包里都没有；请核对编号，或先导入有它的规则包"]


@pytest.mark.parametrize(
    ("place", "name", "official"),
    [
        ("430200", "北京市", "株洲市"),
        ("430300", "北京市", "湘潭市"),
        ("000000", "湘潭市", "地000000"),
        ("430321", "湘潭市", "湘潭县"),
        ("110000", "湖南省", "北京市"),
    ],
)
def test_a_pack_must_not_call_its_place_what_it_is_not(house: House, place: str, name: str, official: str) -> None:
    text = pack(place, clauses=("X-01",))
    there = next(line for line in text.splitlines() if line.startswith("name"))
    with pytest.raises(BrokenPack) as raised:
        house.look(text.replace(there, f'name = {{ zh = "{name}", en = "x" }}'))
    said = (trouble_sentence(raised.value, ZH) or "").splitlines()
    assert said == [f"evil.toml:3: name.zh: 代码 {place} 是“{official}”，不是“{name}”；请改地名或代码"]


@pytest.mark.parametrize("name", ["湘潭市", "湘潭", "湖南省湘潭市", "地430300"])
def test_names_that_a_place_has(house: House, name: str) -> None:
    seen = house.look(pack().replace("地430300", name))
    assert "english-name" not in [mark.code for mark in seen.marks]


def test_an_english_name_of_another_place_is_told(house: House) -> None:
    text = pack().replace("地430300", "湘潭市")
    told = [mark_sentence(mark, "x", ZH) for mark in house.look(text.replace("P430300", "Beijing")).marks]
    assert "英文名“Beijing”不像“湘潭市”的拼音，请检查" in told
    for name in ("Xiangtan", "Xiangtan City (Hunan)", "Xiang Tan", "湘潭市"):
        codes = [mark.code for mark in house.look(text.replace("P430300", name)).marks]
        assert "english-name" not in codes
