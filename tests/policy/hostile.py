"""Pack files that no good place would send, each with the one sentence that refuses it."""

from pathlib import Path
from typing import NamedTuple

from famgui.policy.signature import make_keys, sign

PACK = """\
format = 1
place = "430300"
name = { zh = "湘潭市", en = "Xiangtan" }
version = "2"
checked_on = 2026-11-01
[[clause]]
id = "XT-01"
topic = "threshold"
statement = "甲"
grade = "A"
[[value]]
key = "account.keep"
value = "500.00"
clause = "XT-01"
"""
TWICE = '[[clause]]\nid = "XT-01"\ntopic = "test"\nstatement = "乙"\ngrade = "A"\n'
STALE = PACK.replace("2026-11-01", "2020-01-01")
MARKUP = "<b>甲</b><img src='https://example.org/x.png'><a href='https://example.org/'>乙</a>"


class Hostile(NamedTuple):
    """A file's content, what is said of it behind its name, and the name that it comes under."""

    content: str | bytes
    said: str
    name: str = "a.toml"
    huge: int = 0


def but(old: str, new: str) -> str:
    """The good pack with one thing changed."""
    assert old in PACK
    return PACK.replace(old, new, 1)


HIDDEN = "文字里有看不见的字符 {}（多半是从网页复制来的）；请删去重打这一段"
REFUSED: dict[str, Hostile] = {
    "broken TOML": Hostile(but("version = ", "version "), ":4: 不是有效的 TOML：第 9 列，键名后面缺少等号"),
    "open text": Hostile(but('"A"', '"A'), ":10: 不是有效的 TOML：第 11 列，文字没有写完，这一行缺少结尾的引号"),
    "50 MB": Hostile(PACK, ": 文件超过 4 MiB，没有读取；请拆成几个文件", huge=50 << 20),
    "deep list": Hostile(PACK + "x = " + "[" * 90_000, ": 嵌套太深，不是案例或规则包应有的样子"),
    "deep table": Hostile(PACK + "[a" + ".a" * 90_000 + "]", ":15: 嵌套太深，不是案例或规则包应有的样子"),
    "long number": Hostile(but('"500.00"', "5" * 100_000), ":13: 一串没有加引号的字太长；请检查是否漏了引号"),
    "UTF-16": Hostile(PACK.encode("utf-16"), ":1: 不是 UTF-8 文字（可能是 GBK）；请另存为 UTF-8"),
    "NUL": Hostile(but("甲", "甲\0"), ":9: 不是有效的 TOML：第 15 列，文字里有控制字符；请删去"),
    "NUL in disguise": Hostile(but("甲", "甲\\u0000"), ":9: clause[0].statement: " + HIDDEN.format("U+0000")),
    "terminal": Hostile(but("甲", "\\u001b[2J"), ":9: clause[0].statement: " + HIDDEN.format("U+001B")),
    "right to left": Hostile(but("甲", "甲\u202e乙"), ":9: clause[0].statement: " + HIDDEN.format("U+202E")),
    "hidden in the name": Hostile(but("湘潭市", "湘潭\u200b市"), ":3: name.zh: " + HIDDEN.format("U+200B")),
    "wrong type": Hostile(but('"甲"', "5"), ":9: clause[0].statement: 要写成文字（加引号），现在是数字"),
    "wrong table": Hostile(but('"430300"', '["430300"]'), ":2: place: 要写成文字（加引号），现在是列表"),
    "path as a place": Hostile(but("430300", "../../x"), ":2: place: “../../x”不是六位行政区划代码"),
    "path behind a place": Hostile(but("430300", "430300/../x"), ":2: place: “430300/../x”不是六位行政区划代码"),
    "another's name": Hostile(
        but("湘潭市", "北京市"), ":3: name.zh: 代码 430300 是“湘潭市”，不是“北京市”；请改地名或代码"
    ),
    "another's code": Hostile(
        but("430300", "000000"), ":3: name.zh: 代码 000000 是“全国”，不是“湘潭市”；请改地名或代码"
    ),
    "path as a name": Hostile(
        but("湘潭市", "../湘潭市"), ":3: name.zh: 代码 430300 是“湘潭市”，不是“../湘潭市”；请改地名或代码"
    ),
    "an id twice": Hostile(PACK + TWICE, ":16: clause[1].id: 编号“XT-01”重复"),
    "another's id": Hostile(
        PACK.replace("XT-01", "HN-03"), ":7: clause[0].id: 条款编号 HN-03 已是 430000 的；请换一个编号"
    ),
    "hiding address": Hostile(
        but('grade = "A"', 'grade = "A"\nsource = { title = "x", url = "javascript:alert(1)" }'),
        ":11: clause[0].source.url: 网址要以 http:// 或 https:// 开头（半角字符），现在是“javascript:alert(1)”",
    ),
    "false site": Hostile(
        but('grade = "A"', 'grade = "A"\nsource = { title = "x", url = "https://gov.cn@example.org/" }'),
        ":11: clause[0].source.url: “https://gov.cn@example.org/”里 @ 或反斜杠前的部分会让人认错网站；请写原来的网址",
    ),
    "against itself": Hostile(
        but('grade = "A"', 'grade = "A"\nconflicts = ["XT-01"]'),
        ":11: clause[0].conflicts[0]: 条款 XT-01 不能与自己冲突；请改成另一条的编号，或删去",
    ),
    "a name that steers": Hostile(but('"A"', '"Z"'), "", "a\x1b[2J\u202eb\n<b>.toml"),
}
"""Files that are refused, each with one sentence. The last one has a name that must only ever be shown."""


def made(folder: Path, hostile: Hostile) -> Path:
    """The file, with its name, in a folder."""
    path = folder / hostile.name
    path.write_bytes(hostile.content if isinstance(hostile.content, bytes) else hostile.content.encode())
    if hostile.huge:
        with path.open("r+b") as stream:
            stream.truncate(hostile.huge)
    return path


def wrongly_signed(folder: Path) -> Path:
    """A pack that was changed after it was signed."""
    path = made(folder, Hostile(PACK, "", "signed.toml"))
    sign(path, make_keys(folder / "keys", "k")[0])
    path.write_text(PACK.replace("500.00", "900.00"), "utf-8")
    return path
