"""Rows on their way in: their shapes are the tables', their ids go on from the book's, and what they say comes back."""

from datetime import date

import pytest

from famgui.domain.account import Balance
from famgui.domain.benefit import YearToDate
from famgui.store.rows import TABLES, AuditRow, Batch, PersonRow
from famgui.usecase.household import export_household
from tests.domain.building import employee, household, resident
from tests.store.making import NOW, everything, new_book, put


@pytest.mark.parametrize("kind", TABLES, ids=lambda kind: kind.__name__)
def test_a_row_has_what_its_table_has(kind):
    assert set(kind._fields) == set(TABLES[kind].c.keys())


def test_every_table_of_a_household_comes_after_those_it_points_at():
    seen = set()
    for table in TABLES.values():
        aims = {foreign.column.table for foreign in table.foreign_keys} - {table}
        assert aims <= seen, table.name
        seen.add(table)


def test_ids_go_on_from_the_last_in_the_book(tmp_path, library):
    with new_book(tmp_path) as book:
        put(book, library.book, household(employee("w"), resident("c")))
        with book.write("look", NOW) as tx:
            batch = Batch(tx.connection)
            assert [batch.key(PersonRow), batch.key(PersonRow)] == [3, 4]
            last = batch.key(AuditRow)
            batch.add(AuditRow(last, "then", "something", 1, None, ""))
            tx.silent = True
            batch.write()
            batch.write()
        assert everything(book.path)["audit"][-1] == (last, "then", "something", 1, None, "")


def test_what_rules_by_age_tier_month_and_cost_ask_for_comes_back(tmp_path, library):
    used = {("w", 2025, "outpatient"): YearToDate(1, (2, 3, 4, 5), 16, 70_000, 4, 900)}
    given = household(
        employee("w", born=date(1960, 2, 29), tier="二档"),
        resident("c"),
        accounts={"w": Balance(10, 20)},
        used=used,
    )
    with new_book(tmp_path) as book:
        assert export_household(book, put(book, library.book, given)) == given
