"""A random year of several families: the books balance, and the same families brought in anew come out the same."""

from famgui.files.casefile import parse_case
from famgui.files.casewrite import write_case
from famgui.usecase.bulk import import_many
from famgui.usecase.doctor import examine
from famgui.usecase.household import export_household, summaries
from famgui.usecase.ledger import accounts
from tests.store.making import NOW, new_book
from tests.usecase.year import live


def balances(book):
    return [[line[1:] for line in accounts(book, home.id)] for home in summaries(book)]


def test_a_random_year_leaves_a_sound_book(tmp_path, library):
    with new_book(tmp_path) as book, new_book(tmp_path, "again.sqlite") as again:
        told = live(book, library.book, 4711, 600, 8)
        happened = ("Visit", "Refund", "Deposit", "Premium", "Bind", "Unbind", "Amend", "Reorder")
        assert all(told[name] for name in (*happened, "refused", "late", "year turned")), told
        assert examine(book, library.book) == ()
        homes = [(export_household(book, home.id), home.title) for home in summaries(book)]
        assert import_many(again, library.book, homes, now=NOW).events == 600
        assert examine(again, library.book) == ()
        assert balances(again) == balances(book)
        assert [export_household(again, home.id) for home in summaries(again)] == [home for home, _ in homes]
        assert [parse_case(write_case(home).encode(), "") for home, _ in homes] == [home for home, _ in homes]
