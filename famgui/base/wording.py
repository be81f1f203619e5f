"""Sentences for people, by key, in Chinese or English, from `resources/i18n`. Code and data carry keys only."""

import locale
import os
import tomllib
from collections.abc import Mapping
from functools import cache
from typing import Literal, TypeAlias

from famgui.base.paths import resources

Language: TypeAlias = Literal["zh", "en"]


def system_language() -> Language:
    """English where the system speaks English, Chinese everywhere else."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        chosen = os.environ.get(name)
        if chosen:
            return "en" if chosen.lower().startswith("en") else "zh"
    return "en" if (locale.getlocale()[0] or "").lower().startswith("en") else "zh"


@cache
def _table(language: Language) -> Mapping[str, Mapping[str, str]]:
    return tomllib.loads((resources() / "i18n" / f"{language}.toml").read_text("utf-8"))


class Wording:
    """The sentences of one language."""

    def __init__(self, language: Language) -> None:
        self.language = language

    def say(self, section: str, key: str, /, **values: object) -> str:
        """The sentence `section.key` with its values filled in; KeyError where the tables have none."""
        return _table(self.language)[section][key].format(**values)
