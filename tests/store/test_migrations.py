"""The schema: head equals models, a step that fails leaves nothing behind, an older book is kept before it changes."""

import shutil
import sqlite3
from contextlib import closing

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine

from famgui.store import tables, upgrade
from famgui.store.book import Book
from famgui.store.copies import copies_of
from famgui.store.engine import engine_for
from famgui.store.migrations import run
from tests.store.making import NOW, everything, filled, new_book

BREAKS = f"""
import sqlalchemy as sa
from alembic import op

revision, down_revision = "9999", "{upgrade.HEAD}"


def upgrade():
    op.add_column("person", sa.Column("hat", sa.Text()))
    op.create_table("extra", sa.Column("id", sa.Integer(), primary_key=True))
    op.execute("UPDATE household SET title = 'half done'")
    raise RuntimeError("the power went")
"""
WORKS = BREAKS.replace('    raise RuntimeError("the power went")\n', "")


def schema(path):
    """Every statement that made the schema, in parts: the order of columns and constraints says nothing, since a step
    puts a new column last; nor do the quotes around the name of a table that was made anew."""
    wanted = "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name <> 'alembic_version'"
    with closing(sqlite3.connect(path)) as connection:
        return {name: sorted(parts(sql)) for name, sql in connection.execute(wanted)}


def parts(sql):
    """What stands between a statement's outer brackets, at each comma that no further bracket holds."""
    text, depth = "", 0
    for letter in " ".join(sql.replace('"', "").split()):
        depth += (letter == "(") - (letter == ")")
        if letter in ",()" and depth == (1 if letter != ")" else 0):
            yield text.strip()
            text = ""
        else:
            text += letter
    yield text


def test_a_statement_comes_apart_where_it_should():
    assert list(parts("CREATE TABLE a (\n\tb INT, \n\tc CHECK (c IN (1, 2)), d)")) == [
        "CREATE TABLE a",
        "b INT",
        "c CHECK (c IN (1, 2))",
        "d",
        "",
    ]


def test_head_is_what_the_program_says():
    assert run.newest() == upgrade.HEAD


def test_head_equals_the_models(tmp_path):
    with new_book(tmp_path) as book:
        engine = engine_for(book.path)
        with engine.connect() as connection:
            context = MigrationContext.configure(connection, opts={"compare_type": True})
            assert compare_metadata(context, tables.metadata) == []
        engine.dispose()


def test_head_has_every_check_of_the_models(tmp_path):
    """`compare_metadata` does not see CHECK constraints; the statements do."""
    engine = create_engine(f"sqlite:///{tmp_path / 'models.sqlite'}")
    tables.metadata.create_all(engine)
    engine.dispose()
    with new_book(tmp_path) as book:
        pass
    assert schema(book.path) == schema(tmp_path / "models.sqlite")


@pytest.fixture
def take_step(tmp_path, monkeypatch):
    """Makes this a program that is one step further, which does what the text says."""
    scripts = tmp_path / "migrations"
    shutil.copytree(run.SCRIPTS, scripts, ignore=shutil.ignore_patterns("__pycache__"))
    migrate = run.migrate

    def take_step(text):
        (scripts / "versions" / "9999_next.py").write_text(text, "utf-8")
        monkeypatch.setattr(run, "migrate", lambda engine: migrate(engine, scripts))
        monkeypatch.setattr(upgrade, "HEAD", "9999")

    return take_step


def test_a_step_that_breaks_off_leaves_the_book_as_it_was(tmp_path, take_step, library):
    with new_book(tmp_path) as book:
        filled(book, library.book)
    before, before_schema = everything(book.path), schema(book.path)
    take_step(BREAKS)
    with pytest.raises(RuntimeError, match="the power went"):
        Book.open(book.path, now=NOW)
    assert everything(book.path) == before
    assert schema(book.path) == before_schema
    take_step(WORKS)
    Book.open(book.path, now=NOW).close()
    assert everything(book.path)["household"][0][1] == "half done"


def test_an_older_book_is_kept_before_it_is_brought_up_to_date(tmp_path, take_step, library):
    old = upgrade.HEAD
    with new_book(tmp_path) as book:
        filled(book, library.book)
    before = everything(book.path)
    take_step(WORKS)
    Book.open(book.path, now=NOW).close()
    (kept,) = copies_of(book.path)
    assert (kept.reason, kept.path.name.endswith(f"-upgrade-{old}.sqlite")) == ("upgrade", True)
    assert everything(kept.path) == before
    after = everything(book.path)
    assert after["alembic_version"] == [("9999",)]
    assert after["household"][0][1] == "half done"
    assert after["event"] == before["event"]


def test_an_interrupted_creation_is_taken_up_again(tmp_path, monkeypatch):
    path = tmp_path / "book.sqlite"
    with monkeypatch.context() as patch:
        patch.setattr(Book, "_entitle", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            Book.open(path, now=NOW)
    found = Book.open(path, title="again", now=NOW)
    assert found.info.title == "again"
    found.close()
