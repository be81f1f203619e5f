"""The template is a good pack as it stands, and stays one with every example taken out of its comment."""

import re
from datetime import date
from pathlib import Path

import pytest

from famgui.base.wording import Wording
from famgui.domain.identity import RELATIONS
from famgui.domain.rule import KEYS
from famgui.files.sentence import fault_sentence
from famgui.policy.incoming import loose_conflicts, misfits, out_of_time, receive
from famgui.policy.pack import BrokenPack
from famgui.policy.template import new_pack
from tests.files.program import REPOSITORY
from tests.policy.packs import user

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize("name", ["株洲市", 'a"b', "\\", "’", "x = 1", "]"])
def test_valid_as_it_stands(tmp_path: Path, name: str) -> None:
    data = receive(user(tmp_path, new_pack("430200", name, name, TODAY)), {}).data
    assert data == {
        "format": 1,
        "place": "430200",
        "name": {"zh": name, "en": name},
        "version": "2026.11",
        "checked_on": "2026-11-22",
    }


def with_examples(text: str) -> str:
    """The template with its examples: "# " taken off every line of theirs."""
    return re.sub(r"(?m)^# (?=# |\[\[|[a-z_]+ = )", "", text)


def test_valid_with_every_example(tmp_path: Path) -> None:
    text = with_examples(new_pack("810000", "香港", "Hong Kong", TODAY))
    received = receive(user(tmp_path, text), {})
    assert misfits(received, {}, ()) == loose_conflicts(received, {"XX-01"}) == out_of_time(received, {}) == ()
    data = received.data
    assert len(data["clause"]) == 1
    assert [value["key"] for value in data["value"]] == [
        "binding.at-once",
        "binding.relations",
        "pool.ratio",
        "pool.deductible.year",
        "pool.cap.year",
        "account.keep",
    ]


GUIDE = (REPOSITORY / "docs" / "write-a-pack.md").read_text("utf-8")


def test_the_guides_own_pieces_make_a_pack(tmp_path: Path) -> None:
    pieces = re.findall(r"```toml\n(.*?)```", GUIDE, re.DOTALL)
    received = receive(user(tmp_path, "\n".join(pieces)), {})
    assert (len(pieces), received.odd, misfits(received, {}, ()), out_of_time(received, {})) == (3, (), (), ())


def test_the_guide_names_every_relation_and_its_examples_are_what_is_said(tmp_path: Path) -> None:
    assert set(RELATIONS) - {"in-law", "other"} <= set(re.findall(r"`([a-z-]+)` [^`]", GUIDE))
    told = {line.split(": ", 2)[2] for line in GUIDE.splitlines() if line.startswith("430300.toml:")}
    spoilt = "\n".join(re.findall(r"```toml\n(.*?)```", GUIDE, re.DOTALL))
    spoilt = spoilt.replace("https://example.gov.cn/", "www.example.gov.cn").replace('value = "0.60"', "value = 0.60")
    with pytest.raises(BrokenPack) as raised:
        receive(user(tmp_path, spoilt), {})
    said = {fault_sentence("x", fault, Wording("zh")).split(": ", 2)[2] for fault in raised.value.faults}
    assert said == told


def test_the_guide_says_the_same() -> None:
    guide = GUIDE
    named = set(re.findall(r"`((?:pool|account|binding|premium|platform|notice|remind)\.[a-z.-]+)`", guide))
    assert named and named <= set(KEYS)
    commands = set(re.findall(r"famgui pack ([a-z]+)", guide))
    assert commands == {"list", "check", "import", "export", "remove", "new", "keygen", "sign", "verify"}


def test_the_schema_is_published() -> None:
    here, there = (REPOSITORY / folder / "pack.schema.json" for folder in ("docs", "resources/policies"))
    assert here.read_bytes() == there.read_bytes()
