"""`famgui pack` as a user runs it: a pack begun, checked, imported, signed, given out and removed."""

import json
import os
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from famgui.app import App
from famgui.base.paths import Home
from famgui.cli import run
from famgui.usecase.desk import import_file
from tests.files.program import environment, famgui
from tests.patience import PATIENCE
from tests.policy.hostile import MARKUP, REFUSED, STALE, Hostile, made, wrongly_signed

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)


@pytest.fixture
def told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> "Told":
    monkeypatch.chdir(tmp_path)
    return Told(tmp_path, capsys)


class Told:
    """Runs commands in one home and gives what they say."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder, self.home, self._capsys = folder, folder / "home", capsys

    def __call__(self, *arguments: object, status: int = 0, language: str = "zh") -> str:
        asked = ["--home", str(self.home), "--lang", language, "pack", *map(str, arguments)]
        assert run(asked) == status, self._capsys.readouterr()
        out, err = self._capsys.readouterr()
        assert "Traceback" not in err
        return out + err


def fill(path: Path, **changes: str) -> None:
    """Write a clause and a value into a new pack."""
    text = path.read_text("utf-8") + '\n[[clause]]\nid = "XT-01"\ntopic = "binding"\nstatement = "甲"\ngrade = "A"\n'
    text += '[[value]]\nkey = "binding.at-once"\nvalue = 7\nclause = "XT-01"\n'
    for old, new in changes.items():
        text = text.replace(old, new)
    path.write_text(text, "utf-8")


def test_from_an_empty_template_to_a_signed_pack_in_use(told: Told) -> None:
    assert "430300.toml" in told("new", "430300")
    pack = told.folder / "430300.toml"
    assert 'name = { zh = "湘潭市", en = "Xiangtan" }' in pack.read_text("utf-8")
    fill(pack)
    assert "已经存在" in told("new", "430300", status=2)
    keys = told("keygen", "湘潭市医保中心", "-o", "keys")
    assert "湘潭市医保中心.key 自己保管" in keys
    told("sign", pack, "--key", "keys/湘潭市医保中心.key")
    assert "签名者未知" in told("verify", pack, status=3)
    (told.home / "keys").mkdir(parents=True)
    (told.home / "keys" / "湘潭市医保中心.pub").write_bytes((told.folder / "keys" / "湘潭市医保中心.pub").read_bytes())
    assert told("verify", pack) == "已签名：湘潭市医保中心\n"
    said = told("import", pack, "--yes")
    assert "+ binding.at-once: 7 · XT-01" in said and "已导入 430300 湘潭市" in said
    listed = json.loads(told("list", "--json"))["packs"]
    (mine,) = [line for line in listed if line["own"]]
    assert mine["place"] == "430300" and mine["signature"]["name"] == "湘潭市医保中心"
    assert "自备  已签名：湘潭市医保中心" in told("list")
    told("export", "430300", "-o", "out.toml")
    assert (told.folder / "out.toml").read_bytes() == pack.read_bytes()
    assert (told.folder / "out.toml.sig").exists()
    pack.write_text(pack.read_text("utf-8").replace("value = 7", "value = 70"), "utf-8")
    assert "签名与文件不符" in told("verify", pack, status=2)
    assert "签名与文件不符" in told("import", pack, "--yes", status=2)
    assert "已移除" in told("remove", "430300")
    assert "没有 430300 的规则包" in told("remove", "430300", status=2)
    assert "不能移除" in told("remove", "430200", status=2)


def test_every_fault_is_told_with_file_line_and_key(told: Told) -> None:
    told("new", "430300")
    pack = told.folder / "430300.toml"
    fill(pack, **{"value = 7": 'value = "7"', '"A"': '"Z"'})
    said = told("check", "430300.toml", status=2).splitlines()
    at = {text: number for number, text in enumerate(pack.read_text("utf-8").splitlines(), 1)}
    grade, value = at['grade = "Z"'], at['value = "7"']
    assert said == [
        f"430300.toml:{grade}: clause[0].grade: “Z”不是可用的值；可用：A | B | C | D | S | K",
        f"430300.toml:{value}: value[0].value: 要写整数，现在是文字",
    ]
    found = json.loads(told("check", "430300.toml", "--json", status=2))
    assert found["packs"][0]["faults"] == said
    assert not (told.home / "policies").exists()


def test_nothing_is_taken_without_a_yes(tmp_path: Path) -> None:
    assert famgui(tmp_path, "pack", "new", "430300").returncode == 0
    fill(tmp_path / "430300.toml")
    for answer, status in (("", 3), ("n\n", 3), ("y\n", 0)):
        done = subprocess.run(
            [sys.executable, "-m", "famgui", "pack", "import", "430300.toml"],
            cwd=tmp_path,
            env=environment(tmp_path),
            input=answer.encode(),
            capture_output=True,
            timeout=PATIENCE,
            check=False,
        )
        assert done.returncode == status, done.stderr.decode()
        assert "~" not in done.stdout.decode() and "+ binding.at-once" in done.stdout.decode()
        assert (tmp_path / "famgui" / "policies" / "430300.toml").exists() is (status == 0)


def test_names_that_cannot_be_written(told: Told) -> None:
    assert "--name" in told("new", "999999", status=2)
    assert "--name" in told("new", "999999", status=2, language="en")
    assert told("new", "999999", "--name", "甲\u202e乙", status=2)
    assert told("keygen", "../x", status=2)
    assert told("sign", "nothing.toml", "--key", "nothing.key", status=2)
    assert [path.name for path in told.folder.iterdir()] == []
    told("new", "999999", "--name", '甲"乙')
    told("check", "999999.toml")
    if os.name == "posix":
        assert told("new", "430300", "-o", "/proc/x.toml", status=2)


def test_what_a_book_needs_is_not_removed(told: Told) -> None:
    told("new", "990001", "--name", "某地")
    told("import", "990001.toml", "--yes")
    app = App(Home(told.home), "zh")
    case = told.folder / "case.toml"
    people = app.sample.read_text("utf-8").split("[[bind", 1)[0].split("[[event", 1)[0]
    case.write_text(people.replace('place = "430200"', 'place = "990001"'), "utf-8")
    with closing(app.open_book(told.home / "book.sqlite")) as book:
        import_file(book, app.library.book, case, now=NOW)
    assert "990001" in told("remove", "990001", status=2)
    assert (told.home / "policies" / "990001.toml").exists()


def test_hostile_packs_are_refused_in_one_sentence_each(told: Told) -> None:
    for hostile in REFUSED.values():
        said = told("import", made(told.folder, hostile), "--yes", status=2).splitlines()
        assert len(said) == 1 and said[0].isprintable()
        assert said[0].endswith(f"a.toml{hostile.said}" if hostile.said else "可用：A | B | C | D | S | K")
    assert "签名与文件不符" in told("import", wrongly_signed(told.folder), "--yes", status=2)
    assert not (told.home / "policies").exists()


def test_what_is_only_odd_is_marked_before_it_is_taken(told: Told) -> None:
    name = "a\x1b[2J\u202e.toml"
    said = told("import", made(told.folder, Hostile(STALE.replace("甲", MARKUP), "", name)), "--yes")
    assert "! 没有签名" in said and "! 2020-01-01 核对，已过" in said and "文字里有网页标记" in said
    assert MARKUP in said and "\x1b" not in said and "\u202e" not in said
    listed = [line for line in told("list").splitlines() if line[0] != " "]
    places = [line[:6] for line in listed]
    assert places == sorted(places)
    assert ["湘潭市" in line for line in listed if "自备" in line] == [True]


@pytest.mark.parametrize("command", ["check", "import", "verify"])
def test_a_file_that_is_not_there_not_to_be_read_or_a_folder_is_told_in_plain_words(told: Told, command: str) -> None:
    (told.folder / "folder.toml").mkdir()
    assert told(command, "none.toml", status=2) == "none.toml: 没有这个文件；请检查文件名和所在文件夹\n"
    folder = "folder.toml: 这是文件夹，不是规则包文件；请给出里面的 .toml 文件\n"
    assert told(command, "folder.toml", status=2) == folder
    (told.folder / "mine.toml").write_text("", "utf-8")
    (told.folder / "mine.toml").chmod(0)
    if not os.access(told.folder / "mine.toml", os.R_OK):
        assert "没有权限读这个文件" in told(command, "mine.toml", status=2)


def test_a_key_that_is_not_there_is_told_as_that(told: Told) -> None:
    told("new", "430300")
    fill(told.folder / "430300.toml")
    said = told("sign", "430300.toml", "--key", "nope.key", status=2)
    assert said == "没有 nope.key 这个文件；请检查文件名和所在文件夹\n"
    assert told("sign", "430300.toml", "--key", ".", status=2) == ". 是文件夹；请给出一个文件\n"
    said = told("sign", "430300.toml", "--key", "430300.toml", status=2)
    assert said == "430300.toml 不是未加密的 ed25519 私钥（PEM）\n"


def test_a_new_pack_is_not_begun_under_a_wrong_name(told: Told) -> None:
    said = "代码 430300 是“湘潭市”，不是“北京市”；请改地名或代码\n"
    assert told("new", "430300", "--name", "北京市", status=2) == said
    assert not (told.folder / "430300.toml").exists()


@pytest.mark.parametrize("code", ["99001", "湘潭", "４３０３００", "../430"])
def test_a_code_that_is_none_is_told_in_words(told: Told, capsys: pytest.CaptureFixture[str], code: str) -> None:
    for command in ("new", "export", "remove"):
        with pytest.raises(SystemExit, match="2"):
            told(command, code)
        assert f"“{code}”不是六位行政区划代码" in capsys.readouterr().err
