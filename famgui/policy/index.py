"""The full-text index of the clauses in SQLite: built from the packs when they change, kept whole in the cache."""

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

from famgui.base.paths import write_whole
from famgui.policy.pack import Clause
from famgui.policy.spelling import Sounds, folded, grams, phrase, runs, syllables, usual_readings
from famgui.policy.terms import Wordbook

TOPICS: Mapping[str, str] = {
    "relation": "亲属 关系 范围 近亲属 谁能绑",
    "binding": "绑定 条件 填写",
    "binding_limit": "绑定人数 上限 最多 几人 数量",
    "binding_path": "业务办理 入口 路径 渠道 怎么绑 在哪里绑定",
    "unbind": "解绑 解除",
    "eligibility": "参保 资格 谁可以授权",
    "order": "先后次序 顺序 先扣 先用",
    "threshold": "门槛 留存 余额 超过部分",
    "scope": "支付范围 可以支付",
    "prohibited": "不能支付 禁止 不得用于",
    "limit": "限额 单笔",
    "balance": "余额 结转 利息 历年",
    "opd_employee": "普通门诊 统筹 支付比例 年度限额 职工",
    "opd_resident": "普通门诊 统筹 居民 儿童 支付比例 年度限额",
    "opd_resident_old": "普通门诊 统筹 居民",
    "premium": "代缴 居民医保 缴费",
    "resident_premium": "居民医保 缴费 缴费标准",
    "resident_incentive": "居民医保 连续参保",
    "account_inflow": "个人账户 划入 每月 返钱",
    "settlement": "结算 出示",
    "cross_region": "异地 省内",
    "cross_province": "跨省 共济 医保钱包",
    "chronic": "慢特病 门诊",
    "chronic_resident": "慢特病 门诊 居民",
    "chronic_employee": "慢特病 门诊 职工",
    "two_disease": "两病 高血压 糖尿病 门诊用药",
    "employee_inpatient": "住院 职工",
    "resident_inpatient": "住院 居民",
    "resident_catastrophic": "大病保险 居民",
    "penalty": "处罚 骗保",
    "notice": "通知 推送",
    "huiminbao": "惠民保 商业补充保险",
    "pharmacy": "药店 处方",
    "newborn": "新生儿",
    "refund": "退费",
    "formula": "公式 计算",
    "field": "字段",
    "document": "文件 文号",
    "drug_class": "甲类 乙类 先行自付",
    "concept": "区别",
    "retiree": "退休",
}
"""What a topic is called by people."""

FIELDS = ("statement", "topic", "value", "note", "source", "place")
OWN = FIELDS[:4]
"""What a clause says itself: the title of its source is of the whole document."""
WEIGHTS = (10.0, 5.0, 4.0, 1.5, 0.3, 0.3)
_SOUND, _INITIALS = 3.0, 2.0
_OPTIONS = "content='', prefix='1', tokenize=\"unicode61 tokenchars '%.'\""
_FILE = "search.index"


class Words(NamedTuple):
    """What the searched words may be, besides what the clauses say: synonyms, and places by name."""

    book: Wordbook
    places: Mapping[str, str]


def fields(clause: Clause) -> dict[str, str]:
    """The text of a clause by the field in which it is searched."""
    return {
        "statement": clause.statement,
        "topic": TOPICS.get(clause.topic, ""),
        "value": f"{clause.value} {clause.unit}",
        "note": clause.note,
        "source": f"{clause.id} {clause.source_title} {clause.doc_no}",
        "place": clause.place_name,
    }


class Index:
    """Clauses in an FTS5 table: a column a field, one for how the statement sounds, one for its initials. Rows are
    numbered from 1 as the clauses came."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection

    @classmethod
    def build(
        cls, clauses: Sequence[Clause], words: Words, stamp: str = "", pause: Callable[[], None] = lambda: None
    ) -> "Index":
        """Index clauses in memory. Slow: all sounds are computed here. `pause` is called every few milliseconds; what
        it raises ends the work."""

        def slowly(many: Iterable[Any]) -> Iterator[Any]:
            for one in many:
                pause()
                yield one

        index = cls(sqlite3.connect(":memory:", check_same_thread=False))
        columns = ", ".join((*FIELDS, "sound", "initial"))
        index._db.execute(f"CREATE VIRTUAL TABLE clause USING fts5({columns}, {_OPTIONS})")
        marks = ", ".join("?" * (len(FIELDS) + 3))
        insert = f"INSERT INTO clause(rowid, {columns}) VALUES ({marks})"
        index._db.executemany(insert, map(_row, range(1, len(clauses) + 1), slowly(clauses)))
        index._db.execute("INSERT INTO clause(clause) VALUES ('optimize')")
        index._keep({"stamp": stamp, **_words(clauses, words)})
        index._keep({"live": [word for word in slowly(words.book.words()) if index.holding(word)]})
        return index

    def _keep(self, found: Mapping[str, Any]) -> None:
        self._db.execute("CREATE TABLE IF NOT EXISTS kept(name TEXT PRIMARY KEY, body TEXT NOT NULL)")
        rows = ((name, json.dumps(body, ensure_ascii=False)) for name, body in found.items())
        self._db.executemany("INSERT INTO kept VALUES (?, ?)", rows)
        self._db.commit()

    def kept(self, name: str) -> Any:
        """What was kept under a name when the index was built."""
        return json.loads(self._db.execute("SELECT body FROM kept WHERE name = ?", (name,)).fetchone()[0])

    @property
    def book(self) -> Wordbook:
        """The wordbook with its sounds."""
        book = self.kept("book")
        for flag in ("light", "kin", "exact", "only"):
            book[flag] = tuple(book[flag])
        book["groups"] = tuple(map(tuple, book["groups"]))
        book["company"] = tuple(tuple(map(tuple, one)) for one in book["company"])
        book["leads"] = tuple((tuple(said), tuple(meant)) for said, meant in book["leads"])
        return Wordbook(**book)

    @cached_property
    def sounds(self) -> Sounds:
        """How characters are read."""
        return Sounds(self.kept("readings"))

    def holding(self, word: str) -> list[tuple[int, float]]:
        """Rows that hold a folded wording, with how much they speak of it (BM25, larger is better)."""
        asked = phrase(word)
        return self._ask(f"{{{' '.join(FIELDS)}}} : {asked}") if asked else []

    def saying(self, word: str) -> Iterator[int]:
        """Rows that say a folded wording themselves, not only in the title of their source."""
        asked = phrase(word)
        sql = "SELECT rowid FROM clause WHERE clause MATCH ?"
        found = self._db.execute(sql, (f"{{{' '.join(OWN)}}} : {asked}",)).fetchall() if asked else []
        return (row for (row,) in found)

    def spoken(self, wanted: Sequence[str]) -> list[tuple[int, float]]:
        """Rows whose statement sounds like these syllables, the last perhaps unfinished; single letters: with these
        initials."""
        if len(wanted) > 1 and all(len(syllable) == 1 for syllable in wanted):
            return self._ask(f'initial : "{" ".join(_joined(wanted)[:-1])}"')
        tokens = _joined(wanted)
        return self._ask(f'sound : "{" ".join(tokens[:-1] or tokens)}" *')

    def _ask(self, asked: str) -> list[tuple[int, float]]:
        weights = ", ".join(map(str, (*WEIGHTS, _SOUND, _INITIALS)))
        sql = f"SELECT rowid, -bm25(clause, {weights}) FROM clause WHERE clause MATCH ?"
        return self._db.execute(sql, (asked,)).fetchall()

    def save(self, cache: Path) -> None:
        """Keep the index, a checksum before it; a cache that cannot be written costs time at the next start only."""
        body = self._db.serialize()
        try:
            write_whole(cache / _FILE, sha256(body).digest() + body)
        except OSError:
            return

    @classmethod
    def load(cls, cache: Path, stamp: str) -> "Index | None":
        """The index kept for this stamp; None where there is none, or not a whole one."""
        try:
            body = (cache / _FILE).read_bytes()
        except OSError:
            return None
        if sha256(body[32:]).digest() != body[:32]:
            return None
        connection = sqlite3.connect(":memory:", check_same_thread=False)
        connection.deserialize(body[32:])
        index = cls(connection)
        return index if index.kept("stamp") == stamp else None


def _words(clauses: Iterable[Clause], words: Words) -> dict[str, Any]:
    """All that is looked up in a query before the clauses are."""
    said = folded(" ".join(text for clause in clauses for text in fields(clause).values()))
    sounds: dict[str, str] = {}
    for name in words.places:
        sounds.setdefault("".join(syllables(name)) if not name.isascii() else name, name)
    return {
        "book": words.book.spoken().__dict__,
        "places": words.places,
        "place_sounds": sounds,
        "latin": sorted({run for run in runs(said) if run.isalpha() and run.isascii()}),
        "characters": "".join(sorted(set(said))),
        "readings": usual_readings(),
    }


def _row(number: int, clause: Clause) -> tuple[int | str, ...]:
    texts = [folded(text) for text in fields(clause).values()]
    spoken = [syllables(run) for run in runs(texts[0]) if not run.isascii()]
    sound = " ".join(token for run in spoken for token in _joined(run))
    initial = " ".join(token for run in spoken for token in _joined([syllable[0] for syllable in run]))
    return (number, *map(grams, texts), sound, initial)


def _joined(parts: Sequence[str]) -> list[str]:
    return ["".join(parts[at : at + 2]) for at in range(len(parts))]
