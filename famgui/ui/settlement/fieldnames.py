"""What the fields of the national interface are called, from the table that receipts are read with."""

import tomllib
from functools import cache

from famgui.base.paths import resources


@cache
def field_names(language: str) -> dict[str, str]:
    """Names by field code in a language (zh, en)."""
    tables = tomllib.loads((resources() / "codes" / "receipt.toml").read_text("utf-8"))
    return {table["name"]: table[language] for table in tables["field"]}
