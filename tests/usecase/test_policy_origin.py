"""Which clauses and values come from packs of the user's own."""

from pathlib import Path

from famgui.base.paths import Home
from famgui.policy.library import Library
from famgui.usecase.policy_links import unconfirmed_about
from famgui.usecase.policy_origin import Origins
from tests.usecase.small_library import small_library

OWN = """\
format = 1
place = "430200"
name = { zh = "株洲市", en = "Zhuzhou" }
version = "7"
checked_on = 2026-01-01
[[clause]]
id = "OWN-01"
topic = "threshold"
statement = "自己的规则。"
grade = "D"
[[value]]
key = "account.keep"
value = "500.00"
clause = "OWN-01"
[[unconfirmed]]
topic = "threshold"
question = { zh = "要留多少钱？", en = "How much must stay?" }
known = "没有查到。"
clauses = ["OWN-01", "TA-01"]
"""


def own_library(folder: Path) -> tuple[Library, Home]:
    shipped = folder / "shipped"
    shipped.mkdir()
    small_library(shipped)
    home = Home(folder / "home")
    home.policies.mkdir(parents=True)
    (home.policies / "430200.toml").write_text(OWN, "utf-8")
    folders = {path.parent for path in shipped.rglob("*.toml")}
    return Library([*folders, home.policies], None), home


def test_a_clause_and_a_value_of_the_users_own_name_file_version_and_signature(tmp_path: Path) -> None:
    library, home = own_library(tmp_path)
    origins = Origins(library, home)
    found = origins.of_clause("OWN-01")
    assert found is not None and found == origins.of_values("430200")
    assert (found.file, found.version, found.signature.state, found.kept) == ("430200.toml", "7", "unsigned", False)


def test_what_is_shipped_has_no_origin_of_its_own_even_where_the_users_pack_took_its_place(tmp_path: Path) -> None:
    library, home = own_library(tmp_path)
    origins = Origins(library, home)
    assert origins.of_clause("TB-01") is None and "TB-01" in library.clauses
    assert origins.of_values("430000") is None
    assert (origins.of_clause("XX-99"), origins.of_values("999999")) == (None, None)
    assert Path(library.file_of("OWN-01")).parent == home.policies and library.file_of("XX-99") == ""


def test_open_questions_are_found_by_the_clauses_they_name(tmp_path: Path) -> None:
    library, _ = own_library(tmp_path)
    assert [gap.question_zh for gap in unconfirmed_about(library, "TA-01")] == ["要留多少钱？"]
    assert unconfirmed_about(library, "TA-02") == ()
