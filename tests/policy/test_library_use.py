"""Which values of which packs name a clause."""

from pathlib import Path

from famgui.policy.library import Library
from tests.policy.packs import user


def test_values_that_name_a_clause_first_or_beside(tmp_path: Path) -> None:
    path = user(tmp_path / "packs")
    library = Library([path.parent], None)
    assert library.used_by("T-01") == (
        ("810000", "account.keep"),
        ("810000", "pool.ratio"),
        ("810000", "premium.window"),
        ("810000", "premium.price"),
        ("810000", "premium.late-price"),
    )
    assert library.used_by("T-02") == (("810000", "account.keep"), ("810000", "binding.at-once"))


def test_a_pair_is_told_once_and_an_unused_clause_has_none(library: Library) -> None:
    uses = library.used_by("HN-03")
    assert ("430000", "pool.ratio") in uses
    assert len(uses) == len(set(uses))
    assert library.used_by("HN-05") == library.used_by("nowhere") == ()
