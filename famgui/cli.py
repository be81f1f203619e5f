"""The terminal front end: the same use cases as the window, without one."""

import argparse
import json
import os
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import famgui
from famgui.app import App
from famgui.base.arguments import files_to_open
from famgui.base.ending import FAULTY, OK, REFUSED, ready_streams, status_of
from famgui.base.paths import Home, default_home
from famgui.base.toml_source import Fault
from famgui.base.wording import Wording, system_language
from famgui.domain.benefit import BENEFITS, LEVELS
from famgui.domain.household import Household
from famgui.domain.person import INSURANCES, STATUSES
from famgui.domain.rulebook import RuleBook
from famgui.domain.settlement import DISEASES
from famgui.files.answer import answer
from famgui.files.casefile import FaultyFile, fault_in_case, read_case
from famgui.files.sentence import fault_sentence, problem_speaker
from famgui.policy.library import NoRuleBook
from famgui.usecase.settlement import SettledCase, settle_case

_WORKBOOKS = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods")


def run(arguments: list[str]) -> int:
    """Run one command; the exit status: 0 done, 2 unusable input, 3 an event was refused, 1 a bug was written down."""
    ready_streams()
    language = _asked_language(arguments)
    parser = _parser(Wording(language), arguments)
    files, arguments = files_to_open(arguments)
    asked = parser.parse_args(arguments)
    chosen = getattr(asked, "home", None)
    app = App(Home(Path(chosen)) if chosen else default_home(), getattr(asked, "lang", language))
    return status_of(lambda: _run(app, asked, files), app.home, app.wording)


def _run(app: App, asked: argparse.Namespace, files: Sequence[str]) -> int:
    if asked.command is None:
        return app.run_window(getattr(asked, "lang", None), files)
    if app.home.portable and (reason := app.home.refusal()):
        print(app.wording.say("cli", "portable-refused", folder=app.home.root, reason=reason), file=sys.stderr)
    return _COMMANDS[asked.command](app, asked)


def _asked_language(arguments: list[str]) -> Any:
    """The language before the arguments are parsed, so that their help speaks it too."""
    for index, argument in enumerate(arguments):
        value = argument.partition("=")[2] or next(iter(arguments[index + 1 :]), "")
        if argument.partition("=")[0] == "--lang" and value in ("zh", "en"):
            return value
    return system_language()


def _parser(wording: Wording, arguments: Sequence[str] = ()) -> argparse.ArgumentParser:
    def say(key: str) -> str:
        return wording.say("cli", key)

    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--home", metavar="DIR", default=argparse.SUPPRESS, help=say("home-help"))
    common.add_argument("--lang", choices=("zh", "en"), default=argparse.SUPPRESS, help=say("lang-help"))
    parser = argparse.ArgumentParser(
        "famgui", description=say("description"), epilog=say("window-help"), parents=[common], allow_abbrev=False
    )
    parser.add_argument("--version", action="version", version=f"famgui {famgui.__version__}")
    commands = parser.add_subparsers(
        dest="command", metavar="settle | verify | search | pack | doctor | backup | shots | selftest"
    )
    settle = commands.add_parser("settle", help=say("settle-help"), parents=[common], allow_abbrev=False)
    settle.add_argument("cases", nargs="*", metavar="CASE.toml | BILLS.xlsx", help=say("case-help"))
    settle.add_argument("--json", action="store_true", help=say("json-help"))
    settle.add_argument("-o", "--output", metavar="FILE.xlsx", help=wording.say("batch", "output-help"))
    settle.add_argument("--place", metavar="CODE", type=_place, help=wording.say("batch", "place-help"))
    settle.add_argument("--template", metavar="FILE.xlsx", help=wording.say("batch", "template-help"))
    verify = commands.add_parser("verify", help=wording.say("receipt", "help"), parents=[common], allow_abbrev=False)
    verify.add_argument("receipts", nargs="*", metavar="RECEIPT", help=wording.say("receipt", "receipts-help"))
    verify.add_argument("--json", action="store_true", help=say("json-help"))
    verify.add_argument("--template", metavar="FILE.xlsx", help=wording.say("receipt", "template-help"))
    verify.add_argument("--place", metavar="CODE", help=wording.say("receipt", "place-help"))
    for option, words in (("insurance", INSURANCES[:2]), ("status", STATUSES), ("kind", BENEFITS), ("level", LEVELS)):
        verify.add_argument(f"--{option}", choices=words)
    verify.add_argument("--disease", choices=DISEASES, help=wording.say("receipt", "disease-help"))
    verify.add_argument("--date", metavar="YYYY-MM-DD")
    for option in ("used-pool", "used-deductible", "disease-limit"):
        verify.add_argument(f"--{option}", metavar="YUAN", help=wording.say("receipt", f"{option}-help"))
    for option in ("not-designated", "contracted"):
        verify.add_argument(f"--{option}", action="store_true", help=wording.say("receipt", f"{option}-help"))
    search = commands.add_parser("search", help=say("search-help"), parents=[common], allow_abbrev=False)
    search.add_argument("words", nargs="*", metavar="WORDS", help=say("words-help"))
    for option, value in (("place", "CODE"), ("date", "YYYY-MM-DD"), ("limit", "N")):
        search.add_argument(f"--{option}", nargs="?", const="", metavar=value, help=say(f"search-{option}-help"))
    search.add_argument("--json", action="store_true", help=say("json-help"))
    pack = commands.add_parser("pack", help=wording.say("pack", "help"), parents=[common], allow_abbrev=False)
    if "pack" in arguments:
        from famgui.cli_pack import add_arguments  # start-up seam: only this command needs what handles packs

        add_arguments(pack, common, wording)
    doctor = commands.add_parser("doctor", help=say("doctor-help"), parents=[common], allow_abbrev=False)
    doctor.add_argument("book", nargs="?", metavar="BOOK", help=say("book-help"))
    backup = commands.add_parser("backup", help=say("backup-help"), parents=[common], allow_abbrev=False)
    backup.add_argument("file", metavar="FILE", help=say("backup-file-help"))
    shots = commands.add_parser("shots", help=say("shots-help"), parents=[common], allow_abbrev=False)
    shots.add_argument("folder", metavar="DIR", help=say("shots-folder-help"))
    shots.add_argument("--size", type=_size, default=(1366, 768), metavar="WxH", help=say("size-help"))
    shots.add_argument("--theme", choices=("light", "dark"), default="light")
    shots.add_argument("--scale", choices=("small", "standard", "large", "huge"), default="standard")
    shots.add_argument("--sheet", metavar="FILE.pdf", help=say("sheet-help"))
    selftest = commands.add_parser(
        "selftest", help=wording.say("selftest", "help"), parents=[common], allow_abbrev=False
    )
    if "selftest" in arguments:
        from famgui.cli_selftest import add_selftest  # start-up seam: only this command needs what tries the program

        add_selftest(selftest, wording)
    return parser


def _size(text: str) -> tuple[int, int]:
    width, _, height = text.partition("x")
    if not (width.isdigit() and height.isdigit() and 0 < int(width) <= 8000 and 0 < int(height) <= 8000):
        raise argparse.ArgumentTypeError(text)
    return int(width), int(height)


def _shots(app: App, asked: argparse.Namespace) -> int:
    if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")) and sys.platform == "linux":
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    sheet = Path(asked.sheet) if asked.sheet else None
    for path in app.tour(Path(asked.folder), asked.size, asked.theme, asked.scale, sheet):
        print(path)
    return OK


def _doctor(app: App, asked: argparse.Namespace) -> int:
    path = Path(asked.book) if asked.book else app.home.root / "book.sqlite"
    findings = app.examine(path)
    for line in findings:
        print(line)
    if not findings:
        print(app.wording.say("cli", "book-sound", path=path))
        for line in app.remarks(path):
            print(line)
    return FAULTY if findings else OK


def _backup(app: App, asked: argparse.Namespace) -> int:
    failed, said = app.back_up(Path(asked.file))
    print(said, file=sys.stderr if failed else sys.stdout)
    return FAULTY if failed else OK


def _place(text: str) -> str:
    if not (len(text) == 6 and text.isascii() and text.isdigit()):
        raise argparse.ArgumentTypeError(text)
    return text


def _settle(app: App, asked: argparse.Namespace) -> int:
    _say_pack_faults(app)
    workbooks = [name for name in asked.cases if name.lower().endswith(_WORKBOOKS)]
    if workbooks or not asked.cases or asked.output or asked.place or asked.template:
        from famgui.cli_batch import settle_workbook  # start-up seam: spreadsheets, which case files do without

        return settle_workbook(app, asked, workbooks)
    read: list[tuple[Household, RuleBook]] = []
    faulty = False
    for name in asked.cases:
        try:
            household = read_case(Path(name))
            read.append((household, _book(app, Path(name), household)))
        except FaultyFile as error:
            faulty = True
            for fault in error.faults:
                print(fault_sentence(error.path, fault, app.wording), file=sys.stderr)
    if faulty:
        return FAULTY
    today = datetime.now().astimezone().date()
    settled = [settle_case(household, book, today=today, regions=app.regions) for household, book in read]
    if asked.json:
        answers = [_answer(app, case) for case in settled]
        _print_json(answers[0] if len(answers) == 1 else answers)
    else:
        _print_cases(app, asked.cases, settled)
    return REFUSED if any(case.any_refused for case in settled) else OK


def _verify(app: App, asked: argparse.Namespace) -> int:
    from famgui.cli_verify import verify_receipts  # start-up seam: spreadsheets, which case files do without

    _say_pack_faults(app)
    return verify_receipts(app, asked)


def _pack(app: App, asked: argparse.Namespace) -> int:
    from famgui.cli_pack import run_pack  # start-up seam: see `_parser`

    return run_pack(app, asked)


def _selftest(app: App, asked: argparse.Namespace) -> int:
    from famgui.cli_selftest import selftest  # start-up seam: see `_parser`

    return selftest(app, asked)


def _book(app: App, path: Path, household: Household) -> RuleBook:
    try:
        return app.library.book(household.place)
    except NoRuleBook:
        places = [pack.place for pack in app.library.packs]
        known = ", ".join(place for place in places if place.endswith("0000") and place != "000000")
        fault = Fault(("place",), "no-rule-book", (("place", household.place), ("known", known)))
        raise FaultyFile(str(path), [fault_in_case(path, fault)]) from None


def _answer(app: App, case: SettledCase) -> dict[str, Any]:
    names = {person.id: person.name or person.id for person in case.household.persons}
    return answer(case.timeline, case.persons, problem_speaker(names, app.wording))


def _print_cases(app: App, files: list[str], settled: list[SettledCase]) -> None:
    from famgui.files.report import Heading, console_for, show_case  # start-up seam: rich, which --json does without

    console = console_for(sys.stdout)
    packs = {pack.place: pack for pack in app.library.packs}
    for file, case in zip(files, settled, strict=True):
        place = case.household.place
        used = [packs[code] for code in app.library.chain(place)]
        heading = Heading(
            Path(file).name,
            f"{app.regions.name(place)} {place}",
            tuple((pack.name_zh if app.language == "zh" else pack.name_en, pack.checked_on) for pack in used),
        )
        show_case(console, heading, case.household, case.timeline, case.persons, app.wording)


def _search(app: App, asked: argparse.Namespace) -> int:
    from famgui.cli_search import search  # start-up seam: the index and its libraries, which settling does without

    _say_pack_faults(app)
    return search(app, asked)


def _say_pack_faults(app: App) -> None:
    for found in app.library.faults:
        message = fault_sentence(found.file, found.fault, app.wording)
        print(app.wording.say("cli", "pack-fault", message=message), file=sys.stderr)
    for pack in app.library.packs:
        if pack.kept:
            print(app.wording.say("cli", "pack-kept", place=pack.place, version=pack.version), file=sys.stderr)


def _print_json(value: Any) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=1))


_COMMANDS = {
    "settle": _settle,
    "verify": _verify,
    "search": _search,
    "pack": _pack,
    "shots": _shots,
    "doctor": _doctor,
    "backup": _backup,
    "selftest": _selftest,
}
