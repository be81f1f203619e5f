"""The charts: round axes, labels apart, values by keyboard and mouse, something to see in light, dark and grey."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from famgui.ui.theme.style import Theme
from famgui.ui.widgets.axis import scale_for, spread
from famgui.ui.widgets.chart import StackedBars, StepLines

MONTHS = [f"{number} 月" for number in range(1, 13)]
POOL = (100_00, 0, 300_00, 0, 0, 0, 0, 0, 0, 0, 0, 0)
OWN = (50_00, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -40_00)
CASH = (0, 0, 12_34, 0, 0, 0, 0, 0, 0, 0, 0, 0)


@pytest.fixture
def theme(qapp: QApplication) -> Theme:
    made = Theme(qapp)
    made.apply("light", "standard")
    return made


@pytest.fixture
def bars(theme: Theme, qtbot: QtBot, zh: None) -> StackedBars:
    made = StackedBars(theme)
    qtbot.addWidget(made)
    made.resize(700, 260)
    made.show_bars(MONTHS, [("pool", "统筹", POOL), ("own", "本人", OWN), ("cash", "现金", CASH)], "年度")
    with qtbot.waitExposed(made):
        made.show()
    return made


@pytest.fixture
def lines(theme: Theme, qtbot: QtBot) -> StepLines:
    made = StepLines(theme)
    qtbot.addWidget(made)
    made.resize(700, 260)
    held = [max(0, 500_00 - 30_00 * number) for number in range(12)]
    made.show_lines(MONTHS, [("王芳", 0, held), ("李强", "pool", [480_00] * 12)], "余额", (5, "今天"))
    with qtbot.waitExposed(made):
        made.show()
    return made


@pytest.mark.parametrize(
    ("low", "high", "marks", "axis"),
    [
        (0, 0, 5, (0, 100, 100)),
        (0, 1, 5, (0, 100, 100)),
        (0, 879_01, 5, (0, 1000_00, 200_00)),
        (0, 879_01, 2, (0, 1000_00, 500_00)),
        (-50_00, 879_01, 6, (-200_00, 1000_00, 200_00)),
        (-1200_00, 2000_00, 4, (-2000_00, 2000_00, 1000_00)),
        (-30_00, -10_00, 5, (-30_00, 0, 10_00)),
        (200_00, 400_00, 5, (0, 400_00, 100_00)),
        (0, 9_999_999_99, 5, (0, 10_000_000_00, 2_000_000_00)),
    ],
)
def test_an_axis_has_round_amounts_and_holds_everything(
    low: int, high: int, marks: int, axis: tuple[int, int, int]
) -> None:
    scale = scale_for(low, high, marks)
    assert scale == axis
    assert scale.low <= min(low, 0) and max(high, 0) <= scale.high
    assert 0 in scale.ticks and len(scale.ticks) <= max(2, marks) + 1
    assert scale.y(scale.high, 10, 100) == 10 and scale.y(scale.low, 10, 100) == 110


def test_labels_keep_apart_and_inside() -> None:
    found = spread([50, 52, 51, 199], 20, 0, 180)
    assert found == [50, 90, 70, 180]
    assert spread([5, 6], 20, 0, 10) == [0, 10], "too little room: inside all the same"


def coloured(image: QImage, colour: str) -> int:
    """How many points of a picture have exactly this colour."""
    points = (image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height()))
    return sum(point.name().upper() == colour for point in points)


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_parts_are_drawn_in_the_payers_colours(bars: StackedBars, theme: Theme, mode: str) -> None:
    theme.apply(mode, "standard")  # type: ignore[arg-type]
    image = bars.grab().toImage()
    pool, own, cash = (coloured(image, getattr(theme.roles, role)) for role in ("pool", "own", "cash"))
    assert pool > own > cash > 30
    assert coloured(image, theme.roles.shared) == 0


def test_parts_differ_without_colour(bars: StackedBars, theme: Theme) -> None:
    """The pool's bar is plain, the others wear a pattern: seen as several greys inside one part."""
    plot = bars._plot()
    scale = bars._scale(plot.height())
    image = bars.grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8)

    def greys(column: int, low: int, high: int) -> int:
        top, foot = (round(scale.y(value, plot.top(), plot.height())) for value in (high, low))
        x = round(bars._middle(plot, column))
        return len({image.pixelColor(x + d, y).red() for y in range(top + 3, foot - 2) for d in range(-6, 7)})

    assert greys(2, 0, 300_00) == 1
    assert greys(0, 100_00, 150_00) > 1


def test_keys_go_from_month_to_month_and_are_spoken(bars: StackedBars, qtbot: QtBot) -> None:
    assert bars.accessibleName() == "年度"
    assert bars.accessibleDescription() == (
        "1 月: 统筹 100.00, 本人 50.00, 现金 0.00, 合计 150.00; "
        "3 月: 统筹 300.00, 本人 0.00, 现金 12.34, 合计 312.34; "
        "12 月: 统筹 0.00, 本人 -40.00, 现金 0.00, 合计 -40.00"
    )
    bars.setFocus()
    for key, column in (
        (Qt.Key.Key_Right, 0),
        (Qt.Key.Key_Left, 0),
        (Qt.Key.Key_End, 11),
        (Qt.Key.Key_Right, 11),
        (Qt.Key.Key_Home, 0),
        (Qt.Key.Key_Right, 1),
        (Qt.Key.Key_Escape, -1),
        (Qt.Key.Key_Left, 11),
    ):
        qtbot.keyClick(bars, key)
        assert bars.chosen == column
    assert bars.accessibleDescription().startswith("12 月: ")


def test_the_mouse_shows_the_values_of_a_month(bars: StackedBars, qtbot: QtBot) -> None:
    before = bars.grab().toImage()
    plot = bars._plot()
    middle = QPoint(round(bars._middle(plot, 2)), round(plot.center().y()))
    qtbot.mouseMove(bars, middle)
    qtbot.waitUntil(lambda: bars.chosen == 2)
    assert bars.values_at(2) == (("统筹", "300.00"), ("本人", "0.00"), ("现金", "12.34"), ("合计", "312.34"))
    assert bars.grab().toImage() != before
    bars.choose(99)
    assert bars.chosen == -1


def test_marks_beside_the_bars(bars: StackedBars) -> None:
    bars.show_bars(MONTHS, [("own", "本人", OWN)], "x", ("划入", (192_00,) * 12))
    assert bars.values_at(0) == (("本人", "50.00"), ("划入", "192.00")), "a single part needs no total"
    with pytest.raises(ValueError, match="for every label"):
        bars.show_bars(MONTHS, [("own", "本人", OWN[:-1])], "x")


def test_lines_name_their_ends_and_today(lines: StepLines, theme: Theme) -> None:
    assert lines._ends() == ["王芳 170.00", "李强 480.00"]
    image = lines.grab().toImage()
    assert coloured(image, theme.roles.own) > 300
    assert coloured(image, theme.roles.pool) > 300
    assert lines._plot().right() < lines.width() - 60, "room for names and amounts"


def test_many_labels_are_thinned_and_little_is_said(theme: Theme, qtbot: QtBot) -> None:
    days = [f"2026-{1 + n // 31:02d}-{1 + n % 31:02d}" for n in range(365)]
    made = StepLines(theme)
    qtbot.addWidget(made)
    made.resize(500, 200)
    made.show_lines(days, [("王芳", 0, [100_00] * 365)], "余额")
    assert made.accessibleDescription() == f"{days[0]}: 王芳 100.00; {days[-1]}: 王芳 100.00"
    assert not made.grab().toImage().isNull()


@pytest.mark.parametrize("scale", ["small", "huge"])
@pytest.mark.parametrize("size", [(240, 120), (60, 40), (1600, 700)])
def test_any_size_and_nothing_at_all(theme: Theme, qtbot: QtBot, scale: str, size: tuple[int, int]) -> None:
    """A Qt warning while painting fails this test."""
    theme.apply("dark", scale)
    bars, lines = StackedBars(theme), StepLines(theme)
    long = "欧阳" * 15
    for made in (bars, lines):
        qtbot.addWidget(made)
        made.resize(*size)
        made.grab()
    bars.show_bars(MONTHS, [("pool", long, POOL), ("shared", long, OWN)], "x", (long, POOL))
    lines.show_lines(MONTHS, [(long, number, POOL) for number in range(9)], "x", (11, long))
    for made in (bars, lines):
        made.choose(11)
        assert not made.grab().toImage().isNull()
    bars.show_bars([], [], "x")
    lines.show_lines(["一"], [("王芳", 1, [5])], "x")
    for made in (bars, lines):
        made.grab()
