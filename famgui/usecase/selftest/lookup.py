"""Does it look things up: rule packs, search in every way of typing, and the libraries that these stand on."""

import tomllib

from rapidfuzz.distance import Levenshtein
from rapidfuzz.process import extract

from famgui.base.pinyin import sound_of
from famgui.policy.spelling import folded
from famgui.usecase.policy import search_clauses
from famgui.usecase.selftest.ground import Ground


def rule_packs(ground: Ground) -> None:
    """All rule packs are read, checked against their schema and joined."""
    library = ground.library()
    for found in library.faults:
        ground.fail("pack-faulty", file=found.file, line=found.fault.line or "—")
    if not library.packs or not library.clauses:
        ground.fail("nothing-there", path="policies")


def search(ground: Ground) -> None:
    """Each thing to look for brings up its clause among the first ones."""
    path = ground.shipped / "searches.toml"
    asked = tomllib.loads(path.read_text("utf-8"))
    for one in asked["search"]:
        hits = search_clauses(ground.library(), one["words"], place=one["place"], day=one["day"], limit=asked["first"])
        found = [hit.clause.id for hit in hits]
        if one["clause"] not in found:
            shown = ", ".join(found) or "—"
            ground.fail("not-found", words=one["words"], clause=one["clause"], found=shown)


def traditional(ground: Ground) -> None:
    """Traditional characters are read as simplified ones."""
    _came_out(ground, folded("家庭共濟綁定"), "家庭共济绑定")


def pinyin(ground: Ground) -> None:
    """A name is known by how it sounds."""
    found = sound_of("王芳")
    if not {"wangfang", "wf"} <= set(found.split()):
        ground.fail("came-out", found=found, wanted="wangfang wf")


def fuzzy(ground: Ground) -> None:
    """Of some words, the nearest to a slip is found."""
    nearest = extract("起会线", ["报销比例", "起付线", "个人账户"], scorer=Levenshtein.distance, limit=1)
    _came_out(ground, nearest[0][0], "起付线")


def _came_out(ground: Ground, found: str, wanted: str) -> None:
    if found != wanted:
        ground.fail("came-out", found=found, wanted=wanted)
