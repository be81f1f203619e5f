"""How a Chinese name sounds, as text to search in: pinyin and initials, with every reading of a character."""

from functools import lru_cache
from itertools import islice, product

_MOST_READINGS = 24


@lru_cache(maxsize=4096)
def sound_of(name: str) -> str:
    """The readings of a name and their initials, in lower case and apart by blanks: 周秀英 gives "zhouxiuying zxy".

    What is no Chinese character stands as it is, the dots and blanks inside a name left out."""
    plain = "".join(character for character in name if character.isalnum()).lower()
    if not plain:
        return ""
    if plain.isascii():
        return plain
    # Start-up seam: the readings of all characters are a large table, wanted only when a name is written down.
    from pypinyin import Style, pinyin

    usual = pinyin(plain, style=Style.NORMAL, heteronym=True)
    readings = [dict.fromkeys(found) for found in usual]
    if len(usual) == len(
        plain
    ):  # a name that is a word has one reading in the table of words: those of its characters too
        for found, character in zip(readings, plain, strict=True):
            found.update(dict.fromkeys(pinyin(character, style=Style.NORMAL, heteronym=True)[0]))
    whole = list(islice(product(*readings), _MOST_READINGS))
    words = ["".join(parts) for parts in whole] + ["".join(part[:1] for part in parts) for parts in whole]
    return " ".join(dict.fromkeys(words))
