"""The register, the directory and the family map in a large book, against the same in a book of one small family."""

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, date, datetime, time
from pathlib import Path

from PySide6.QtWidgets import QApplication, QWidget

from benchmarks.measure import Ratio, in_turns
from benchmarks.settlement import book as rule_book
from famgui.app import App
from famgui.base.paths import Home
from famgui.base.wording import Wording
from famgui.domain.account import Balance
from famgui.domain.binding import Binding
from famgui.domain.household import Household
from famgui.domain.person import Person
from famgui.ui.binding.page import BindingPage
from famgui.ui.people.page import PeoplePage
from famgui.ui.shell.commands import Commands
from famgui.ui.shell.desk import Desk
from famgui.ui.shell.ops import Ops
from famgui.ui.shell.page import Shell
from famgui.ui.shell.settings import Settings
from famgui.ui.shell.toasts import Toasts
from famgui.ui.theme.style import Theme
from famgui.usecase.bulk import import_many

FAMILIES = 1_000
"""Of five people and twelve bindings each: 5,000 people, 12,000 bindings."""
TODAY = date(2025, 7, 1)
_GIVEN = "秀英建国小明芳强伟敏静丽军洋艳勇杰娟涛超霞平刚桂"
_SURNAMES = "李王张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"


def _name(number: int) -> str:
    first, second = _GIVEN[number % len(_GIVEN)], _GIVEN[number // 7 % len(_GIVEN)]
    return _SURNAMES[number % len(_SURNAMES)] + first + second


def families(count: int) -> Iterator[tuple[Household, str]]:
    """Invented families: three employees who share with one another and with two parents."""
    for number in range(count):
        people = [
            Person(f"p{n}", "employee" if n < 3 else "resident", "430200", _name(5 * number + n), has_account=n < 3)
            for n in range(5)
        ]
        rows = [
            Binding(
                f"p{giver}",
                f"p{user}",
                "parent" if user > 2 else "sibling",
                first,
                datetime.combine(first, time()),
                last,
            )
            for giver in range(3)
            for user, first, last in (
                ((giver + 1) % 3, date(2025, 1, 1), date(2025, 12, 31)),
                ((giver + 2) % 3, date(2025, 1, 1), date(2025, 7, 20)),
                (3, date(2025, 1, 1), date(2026, 6, 30)),
                (4, date(2024, 1, 1), date(2024, 12, 31)),
            )
        ]
        balances = {person.id: Balance(100_000 * (number % 7 + 1), 0) for person in people if person.has_account}
        yield Household("430200", tuple(people), balances, tuple(rows)), people[0].name


@contextmanager
def _opened(folder: Path, count: int) -> Iterator[Shell]:
    """A shell on a book of so many families."""
    services = App(Home(folder), "zh").services()
    desk = Desk(services, Ops(), Wording("zh"), lambda: TODAY)
    book = services.open_book(folder / "book.sqlite")
    rules = rule_book()
    import_many(book, lambda place: rules, families(count), now=datetime.now(UTC), report=lambda done: True)
    desk.take(book, None, sample=False)
    host = QWidget()
    theme = Theme(QApplication.instance())  # type: ignore[arg-type]
    theme.apply("light", "standard")
    settings = Settings(folder / "settings.ini")
    try:
        yield Shell(desk, Commands(), theme, settings, Toasts(host))
    finally:
        desk.ops.close()
        book.close()


def _painted(page: QWidget) -> None:
    QApplication.processEvents()
    page.grab()


def large_book() -> list[Ratio]:
    """From a keystroke or a click to the page painted anew, with 5,000 people and 12,000 bindings in the book: against
    a book of one such family, and against an empty one, which has nothing to draw."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QApplication.instance() or QApplication([])
    assert application is not None
    with ExitStack() as stack:

        def opened(count: int) -> dict[str, Callable[[], None]]:
            folder = stack.enter_context(tempfile.TemporaryDirectory())
            return _works(stack.enter_context(_opened(Path(folder), count)))

        large, one, empty = opened(FAMILIES), opened(1), opened(0)
        return [
            in_turns(name, large[name], said, other[name], rounds=15)
            for name in large
            for said, other in (("the same with one family", one), ("the same with nobody", empty))
        ]


def _works(shell: Shell) -> dict[str, Callable[[], None]]:
    people, register = PeoplePage(shell), BindingPage(shell)
    for page in (people, register):
        page.resize(1198, 620)
        page.show()
    turns = iter(range(1_000_000))
    words = ("zhou", "wang", "李", "xiu", "zxy")

    def search() -> None:
        people.vm.search(words[next(turns) % len(words)])
        _painted(people)

    def whole_register() -> None:
        register.vm.set_scope("book")
        register.vm.narrow(words=words[next(turns) % len(words)])
        _painted(register)

    def family_map() -> None:
        register.vm.set_scope("household")
        titles = list(shell.desk.titles)
        if titles:
            shell.desk.reload(titles[next(turns) % len(titles)], titles=False)
        else:
            shell.desk.reload()
        _painted(register)

    return {
        "5,000 people: search while typing": search,
        "12,000 bindings: search the register": whole_register,
        "12,000 bindings: another household and its map": family_map,
    }
