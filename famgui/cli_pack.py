"""`famgui pack`: rule packs listed, checked, imported, exported, removed, begun and signed in a terminal."""

import argparse
import json
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import date, datetime
from pathlib import Path
from typing import Any

from famgui.app import App, usecases
from famgui.base.paths import write_whole
from famgui.base.toml_source import printable
from famgui.base.wording import Wording
from famgui.policy.incoming import receive
from famgui.policy.pack import BrokenPack
from famgui.policy.signature import KeyTrouble, key_folders, make_keys, sign, trusted
from famgui.policy.template import english_name, new_pack
from famgui.usecase.packpreview import Preview, preview
from famgui.usecase.packs import STALE_AFTER, PackLine, PackTrouble, export, pack_lines, remove, take
from famgui.usecase.packtext import (
    change_line,
    fault_lines,
    mark_sentence,
    signature_words,
    trouble_sentence,
)

OK, FAULTY, REFUSED = 0, 2, 3


def add_arguments(parser: argparse.ArgumentParser, common: argparse.ArgumentParser, wording: Wording) -> None:
    """The commands below `pack` and their arguments."""

    def say(key: str) -> str:
        return wording.say("pack", key)

    commands = parser.add_subparsers(dest="pack_command", required=True, metavar=" | ".join(_COMMANDS))
    made = {
        name: commands.add_parser(name, help=say(f"{name}-help"), parents=[common], allow_abbrev=False)
        for name in _COMMANDS
    }
    for name in ("list", "check"):
        made[name].add_argument("--json", action="store_true", help=wording.say("cli", "json-help"))
    for name in ("list", "check", "import"):
        made[name].add_argument("--stale-after", type=int, default=STALE_AFTER, metavar="DAYS", help=say("stale-help"))
    made["check"].add_argument("files", nargs="+", metavar="FILE.toml")
    made["import"].add_argument("file", metavar="FILE.toml")
    made["import"].add_argument("--yes", action="store_true", help=say("yes-help"))
    for name in ("export", "remove", "new"):
        made[name].add_argument("place", metavar="CODE", type=lambda text: _place(text, wording))
    for name in ("export", "new"):
        made[name].add_argument("-o", "--output", metavar="FILE.toml", help=say("output-help"))
    made["new"].add_argument("--name", default="", help=say("name-help"))
    made["new"].add_argument("--name-en", default="", help=say("name-en-help"))
    made["keygen"].add_argument("name", metavar="NAME")
    made["keygen"].add_argument("-o", "--output", default=".", metavar="DIR", help=say("folder-help"))
    for name in ("sign", "verify"):
        made[name].add_argument("file", metavar="FILE.toml")
    made["sign"].add_argument("--key", required=True, metavar="NAME.key", help=say("key-help"))


def _place(text: str, wording: Wording) -> str:
    if not (len(text) == 6 and text.isascii() and text.isdigit()):
        raise argparse.ArgumentTypeError(wording.say("fault", "place", value=printable(text)))
    return text


def run_pack(app: App, asked: argparse.Namespace) -> int:
    """Do one command; the exit status: 0 done, 2 a pack or file cannot be used, 3 not done because nobody agreed."""
    try:
        return _COMMANDS[asked.pack_command](app, asked)
    except (PackTrouble, BrokenPack, KeyTrouble, OSError) as error:
        if isinstance(error, BrokenPipeError):
            raise
        print(trouble_sentence(error, app.wording), file=sys.stderr)
        return FAULTY


def _list(app: App, asked: argparse.Namespace) -> int:
    lines = pack_lines(app.library, app.home, app.regions, _today(), asked.stale_after)
    if asked.json:
        _print_json({"packs": [_as_json(line, app) for line in lines]})
        return OK
    for line in lines:
        name = line.name_zh if app.language == "zh" else line.name_en
        states = [app.wording.say("pack", "stale", days=line.age)] if line.stale else []
        states += [app.wording.say("pack", "kept" if line.kept else "broken")] if line.faults else []
        origin = [app.wording.say("pack", "own")] if line.own else []
        parts = [line.place, name, line.version, str(line.checked_on or ""), *origin]
        print("  ".join(part for part in (*parts, signature_words(line.signature, app.wording), *states) if part))
        for fault in fault_lines(BrokenPack(str(line.file), line.faults), app.wording):
            print(f"  {fault}")
        for doubt in _doubts(line, app):
            print(f"  ! {doubt}")
    return OK


def _doubts(line: PackLine, app: App) -> tuple[str, ...]:
    return fault_lines(BrokenPack(str(line.file), line.doubts), app.wording)


def _as_json(line: PackLine, app: App) -> dict[str, Any]:
    return {
        "place": line.place,
        "name": {"zh": line.name_zh, "en": line.name_en},
        "version": line.version,
        "checked_on": line.checked_on.isoformat() if line.checked_on else None,
        "age_days": line.age,
        "stale": line.stale,
        "own": line.own,
        "file": str(line.file),
        "last_good": line.kept,
        "signature": {"state": line.signature.state, "key": line.signature.key, "name": line.signature.name},
        "faults": list(fault_lines(BrokenPack(str(line.file), line.faults), app.wording)),
        "marks": list(_doubts(line, app)),
    }


def _check(app: App, asked: argparse.Namespace) -> int:
    told, status = [], OK
    for name in asked.files:
        try:
            seen = _looked_at(app, Path(name), asked.stale_after)
        except BrokenPack as error:
            status = FAULTY
            told.append({"file": name, "faults": list(fault_lines(error, app.wording))})
            if not asked.json:
                print("\n".join(fault_lines(error, app.wording)), file=sys.stderr)
            continue
        told.append({"file": name, "faults": [], "marks": _marks(app, seen), "differences": len(seen.changes)})
        if not asked.json:
            _print_sound(app, seen)
    if asked.json:
        _print_json({"packs": told})
    return status


def _looked_at(app: App, path: Path, stale_after: int) -> Preview:
    return preview(path, app.library, app.home, app.regions, _today(), stale_after)


def _marks(app: App, seen: Preview) -> list[str]:
    return [mark_sentence(mark, seen.incoming.file, app.wording) for mark in seen.marks]


def _print_sound(app: App, seen: Preview) -> None:
    data = seen.incoming.data
    name = data["name"][app.language]
    head = {"place": data["place"], "name": name, "version": data["version"], "day": data["checked_on"]}
    print(app.wording.say("pack", "sound", file=printable(seen.incoming.file, 300), **head))
    for mark, text in zip(seen.marks, _marks(app, seen), strict=True):
        print(f"  {'·' if mark.good else '!'} {text}")


def _import(app: App, asked: argparse.Namespace) -> int:
    seen = _looked_at(app, Path(asked.file), asked.stale_after)
    _print_sound(app, seen)
    if seen.changes:
        print(app.wording.say("pack", "changes", count=len(seen.changes)))
    for change in seen.changes:
        print(f"  {change_line(change, app.wording)}")
    if not asked.yes and not _agreed(app.wording.say("pack", "ask")):
        print(app.wording.say("pack", "not-taken"), file=sys.stderr)
        return REFUSED
    replaced = take(seen, app.home).files[0][1] is not None
    app.renew_library()
    data = seen.incoming.data
    values = {"place": data["place"], "name": data["name"][app.language], "version": data["version"]}
    folder = app.home.policies / "removed"
    print(app.wording.say("pack", "taken" if replaced else "taken-new", folder=folder, **values))
    return OK


def _agreed(question: str) -> bool:
    print(question, end="", flush=True)
    return sys.stdin is not None and sys.stdin.readline().strip().lower() in ("y", "yes", "是")


def _export(app: App, asked: argparse.Namespace) -> int:
    path = Path(asked.output or f"{asked.place}.toml")
    if not asked.output and path.exists():
        raise FileExistsError(17, "exists", str(path))
    export(app.library, asked.place, path)
    print(app.wording.say("pack", "exported", file=path))
    return OK


def _remove(app: App, asked: argparse.Namespace) -> int:
    found = next((pack for pack in app.library.packs if pack.place == asked.place), None)
    if found is None:
        raise PackTrouble("no-pack", place=asked.place)
    remove(app.library, app.home, Path(found.file), _places(app))
    app.renew_library()
    print(app.wording.say("pack", "removed", place=asked.place, folder=app.home.policies / "removed"))
    return OK


def _places(app: App) -> tuple[str, ...]:
    """The insured places of the households in the user's book, if there is one."""
    path = app.home.root / "book.sqlite"
    if not path.is_file():
        return ()
    with closing(app.open_book(path)) as book:
        return tuple(one.place for one in usecases().summaries(book))


def _new(app: App, asked: argparse.Namespace) -> int:
    place, zh = asked.place, asked.name or app.regions.name(asked.place)
    if zh == place:
        print(app.wording.say("pack", "no-name", place=place), file=sys.stderr)
        return FAULTY
    if not app.regions.named(place, zh):
        raise PackTrouble("wrong-name", place=place, official=app.regions.name(place), name=printable(zh))
    en = asked.name_en or english_name(zh)
    for name in (zh, en):
        if not name.isprintable() or len(name) > 100:
            raise PackTrouble("bad-name", name="".join(c if c.isprintable() else "?" for c in name[:100]))
    path = Path(asked.output or f"{place}.toml")
    if path.exists():
        raise FileExistsError(17, "exists", str(path))
    write_whole(path, new_pack(place, zh, en, _today()).encode())
    print(app.wording.say("pack", "made", file=path))
    return OK


def _keygen(app: App, asked: argparse.Namespace) -> int:
    if not asked.name.isprintable() or set(asked.name) & set('/\\:*?"<>|') or asked.name.strip(". ") != asked.name:
        raise PackTrouble("bad-name", name="".join(c if c.isprintable() else "?" for c in asked.name[:100]))
    private, public, key = make_keys(Path(asked.output), asked.name)
    print(app.wording.say("pack", "keys-made", private=private, public=public, key=key))
    return OK


def _sign(app: App, asked: argparse.Namespace) -> int:
    pack = Path(asked.file)
    receive(pack, {}, signed=False)
    path, key = sign(pack, Path(asked.key))
    print(app.wording.say("pack", "signed", file=path, key=key))
    return OK


def _verify(app: App, asked: argparse.Namespace) -> int:
    signature = receive(Path(asked.file), trusted(key_folders(app.home))).signature
    print(signature_words(signature, app.wording))
    return OK if signature.state == "known" else REFUSED


def _today() -> date:
    return datetime.now().astimezone().date()


def _print_json(value: Any) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=1))


_COMMANDS: dict[str, Callable[[App, argparse.Namespace], int]] = {
    "list": _list,
    "check": _check,
    "import": _import,
    "export": _export,
    "remove": _remove,
    "new": _new,
    "keygen": _keygen,
    "sign": _sign,
    "verify": _verify,
}
