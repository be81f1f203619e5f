"""Alembic, started. Importing this module costs a fifth of a second: only when the book is behind."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine

SCRIPTS = Path(__file__).parent


def configuration(scripts: Path = SCRIPTS) -> Config:
    """Alembic's settings for these steps."""
    config = Config()
    config.set_main_option("script_location", str(scripts).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config


def newest(scripts: Path = SCRIPTS) -> str:
    """The last step there is."""
    head = ScriptDirectory.from_config(configuration(scripts)).get_current_head()
    assert head is not None
    return head


def migrate(engine: Engine, scripts: Path = SCRIPTS) -> None:
    """Take every step that is missing. A step that fails leaves the book as the step before left it."""
    config = configuration(scripts)
    with engine.connect() as connection:
        config.attributes["connection"] = connection
        with _unlinked(connection):
            command.upgrade(config, "head")


@contextmanager
def _unlinked(connection: Connection) -> Iterator[None]:
    """SQLite makes a table anew to change it; what points at the old one is held still meanwhile."""
    pragma = connection.connection.cursor().execute if connection.dialect.name == "sqlite" else _nothing
    pragma("PRAGMA foreign_keys = OFF")
    try:
        yield
    finally:
        pragma("PRAGMA foreign_keys = ON")


def _nothing(_: str) -> None:
    """What other databases need."""
