"""Alembic, started. Importing this module costs a fifth of a second: only when the book is behind."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Engine

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
        command.upgrade(config, "head")
