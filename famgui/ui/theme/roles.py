"""What each colour is for, in light and dark; every pair used for text reaches 4.5 : 1."""

from typing import Literal, NamedTuple, TypeAlias

Mode: TypeAlias = Literal["light", "dark"]
ThemeChoice: TypeAlias = Literal["system", "light", "dark"]


class Roles(NamedTuple):
    """Hex colours by role. `pool`, `own`, `shared`, `cash` are the four payers, everywhere the same."""

    window: str
    surface: str
    field: str
    line: str
    text: str
    dim: str
    accent: str
    on_accent: str
    accent_soft: str
    accent_text: str
    chip: str
    selection: str
    pool: str
    own: str
    shared: str
    cash: str
    warning: str
    warning_soft: str
    danger: str
    danger_soft: str


LIGHT = Roles(
    window="#F5F6F8",
    surface="#FFFFFF",
    field="#FFFFFF",
    line="#E2E5EA",
    text="#1A1F26",
    dim="#5B6572",
    accent="#0F766E",
    on_accent="#FFFFFF",
    accent_soft="#E3F2F0",
    accent_text="#0B665F",
    chip="#EEF1F5",
    selection="#E6F0FF",
    pool="#2F6FED",
    own="#0E9488",
    shared="#4CAF6D",
    cash="#D98A1F",
    warning="#9A5B00",
    warning_soft="#FFF3DC",
    danger="#B3261E",
    danger_soft="#FCE8E6",
)
DARK = Roles(
    window="#16191D",
    surface="#1F2329",
    field="#16191D",
    line="#30363E",
    text="#E7EAEE",
    dim="#9AA4B1",
    accent="#3CB8AB",
    on_accent="#0B1F1D",
    accent_soft="#17322F",
    accent_text="#5CCABF",
    chip="#2A3038",
    selection="#22324F",
    pool="#6C9CFF",
    own="#34BDB0",
    shared="#73CF90",
    cash="#EDB05A",
    warning="#F2C265",
    warning_soft="#3A2F16",
    danger="#FF8A80",
    danger_soft="#3B1F1D",
)


def roles_for(mode: Mode) -> Roles:
    """The colours of a mode."""
    return DARK if mode == "dark" else LIGHT


def contrast(first: str, second: str) -> float:
    """The WCAG contrast ratio of two hex colours, 1 to 21."""
    light, dark = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    channels = [int(colour[index : index + 2], 16) / 255 for index in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


PAPER_TEXT, PAPER_DIM, PAPER_LINE = "#000000", "#444444", "#AAAAAA"
"""Ink on paper: greys only, so that a copy shows what the print shows."""
