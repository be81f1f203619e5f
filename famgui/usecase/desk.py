"""All that a window does with a book, gathered in one module that is loaded after the first paint."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from famgui.base.paths import write_whole
from famgui.base.wording import Wording
from famgui.domain.changes import Changes
from famgui.domain.household import Household
from famgui.domain.money import format_amount
from famgui.files.casefile import FaultyFile, read_case, read_titled, title_of
from famgui.files.casewrite import write_case
from famgui.files.sentence import fault_sentence, problem_sentence
from famgui.policy.library import NoRuleBook
from famgui.store.book import Book
from famgui.store.copies import back_up
from famgui.store.facts import look
from famgui.store.trouble import BookTrouble, BookUnwritable, MissingBook
from famgui.store.upgrade import HEAD, revision
from famgui.usecase.bulk import Imported, import_many
from famgui.usecase.doctor import Finding, examine
from famgui.usecase.draft import drop as drop_draft
from famgui.usecase.draft import drop_kind as drop_drafts
from famgui.usecase.draft import load as load_drafts
from famgui.usecase.draft import save as save_draft
from famgui.usecase.household import RulesOf, export_household, import_household, load, summaries, titles
from famgui.usecase.household_find import among
from famgui.usecase.household_known import Already, Batch, already, labels, twice
from famgui.usecase.household_out import bring_back, leaving_of, take_out
from famgui.usecase.ledger import accounts, postings_page, year_summary
from famgui.usecase.packs import checked_on, stale_count
from famgui.usecase.record import Recorded, next_handle, record_event, undo
from famgui.usecase.since import SinceStart

__all__ = [
    "SinceStart",
    "accounts",
    "already",
    "among",
    "back_up_file",
    "bring_back",
    "checked_on",
    "drop_draft",
    "drop_drafts",
    "examine_file",
    "explain",
    "export_file",
    "import_file",
    "import_files",
    "known_already",
    "labels",
    "leaving_of",
    "load",
    "load_drafts",
    "look",
    "next_handle",
    "open_book",
    "postings_page",
    "put_aside",
    "record_event",
    "remarks_on",
    "save_draft",
    "stale_count",
    "summaries",
    "take_out",
    "titles",
    "undo",
    "why_not",
    "year_summary",
]


def open_book(path: Path, sample: Path | None, title: str, rules_of: RulesOf, *, now: datetime) -> Book:
    """The book at a path; a new sample book gets the household of the `sample` case file. Raises `BookTrouble`."""
    book = Book.open(path, title=title, is_sample=sample is not None, now=now)
    try:
        if sample is not None and not summaries(book):
            import_household(book, rules_of, read_case(sample), title, now=now)
    except BaseException:
        book.close()
        raise
    return book


def put_aside(path: Path, now: datetime) -> Path:
    """Give a book that cannot be opened, and what SQLite keeps beside it, another name; the new one. Raises OSError."""
    kept = path.with_name(f"{path.name}.{now:%Y%m%d-%H%M%S}.aside")
    for ending in ("-wal", "-shm"):
        beside = path.with_name(path.name + ending)
        if beside.exists():
            beside.rename(kept.with_name(kept.name + ending))
    path.rename(kept)
    return kept


def import_file(book: Book, rules_of: RulesOf, path: Path, *, now: datetime) -> tuple[int, Changes]:
    """Bring a case file in as a household called as it says, else as the file. Raises `FaultyFile`, `NoRuleBook`,
    `BookTrouble`."""
    return import_household(book, rules_of, *read_titled(path), now=now)


def known_already(book: Book, path: Path) -> Already | None:
    """Who of a case file is in the book already; None: nobody. Raises `FaultyFile`."""
    return already(book, read_case(path))


@dataclass(frozen=True, slots=True)
class FilesImported:
    """Case files brought in together: what is in the book now, what is wrong with the files that are not, and those
    that were left out since their people are in the book already, or came with an earlier file."""

    imported: Imported
    faulty: tuple[BaseException, ...]
    known: tuple[tuple[Path, Already], ...] = ()


def import_files(
    book: Book,
    rules_of: RulesOf,
    paths: Sequence[Path],
    *,
    now: datetime,
    report: Callable[[int], bool],
    anyway: bool = False,
) -> FilesImported:
    """Bring several case files in, each as a household named after its file; faulty files are left out and told, and
    unless `anyway` also those whose people are in the book. `report` is told how many are in and answers whether to go
    on. Raises `BookTrouble`."""
    faulty: list[BaseException] = []
    known: list[tuple[Path, Already]] = []
    batch = Batch(book)

    def households() -> Iterator[tuple[Household, str]]:
        for path in paths:
            try:
                household, title = read_titled(path)
                rules_of(household.place)
            except (FaultyFile, NoRuleBook, OSError) as error:
                faulty.append(error)
                continue
            found = None if anyway else batch.meet(household, title)
            if found is None:
                yield household, title
            else:
                known.append((path, found))

    done = import_many(book, rules_of, households(), now=now, report=report)
    return FilesImported(done, tuple(faulty), tuple(known))


def export_file(book: Book, household_id: int, path: Path) -> None:
    """Write a household as a case file, whole or not at all; a file that is not called as the household says how that
    is called. Raises OSError."""
    title = titles(book).get(household_id, "")
    said = "" if title == title_of(path) or not title.isprintable() else title
    write_whole(path, write_case(export_household(book, household_id), said).encode())


def why_not(done: Recorded, names: Mapping[str, str], wording: Wording) -> tuple[str, ...]:
    """Why an event was not recorded, in sentences; none when it was."""
    if done.recorded:
        return ()
    problems = () if done.outcome is None else done.outcome.problems
    said = [problem_sentence(problem, names, wording) for problem in problems if problem.severity == "error"]
    for refusal in done.refusals:
        values = {name: ", ".join(value) if isinstance(value, tuple) else value for name, value in refusal.values}
        section = "refusal" if refusal.code.isupper() else "fault"
        said.append(wording.say(section, refusal.code, **values))
    return tuple(said)


def examine_file(path: Path, rules_of: RulesOf, wording: Wording) -> list[str]:
    """What is wrong with the book at a path, in sentences; none for a sound one. Nothing is made, nothing brought up to
    date: a book that is not there, empty or of an older program is told."""
    if not path.is_file():
        return [wording.say("book", "book-missing", path=path)]
    try:
        found, book = _as_it_is(path)
    except BookTrouble as trouble:
        return [wording.say("book", trouble.code, **dict(trouble.values))]
    if book is None:
        return [wording.say("book", "book-behind" if found else "book-empty", path=path)]
    try:
        return [_finding(found, wording) for found in examine(book, rules_of)]
    finally:
        book.close()


def _as_it_is(path: Path) -> tuple[str, Book | None]:
    """The schema of the book at a path, and the book where that is today's, for reading; also on a medium that takes
    nothing. Raises `BookTrouble`."""
    try:
        found = revision(path)
        return found, Book.open(path) if found == HEAD else None
    except BookUnwritable:
        found = look(path).schema
        return found, Book.frozen(path) if found == HEAD else None


def remarks_on(path: Path, wording: Wording) -> list[str]:
    """What is no fault of a sound book and yet should be looked at, in sentences: people in several households."""
    _, book = _as_it_is(path)
    if book is None:
        return []
    try:
        return [
            wording.say(
                "book", "number-twice", name=one.name or "—", ending=one.id_number[-4:], titles=" | ".join(one.titles)
            )
            for one in twice(book)
        ]
    finally:
        book.close()


def back_up_file(path: Path, target: Path, wording: Wording) -> tuple[bool, str]:
    """Write the book at a path, which may be open elsewhere, to a file; whether that failed, and the sentence."""
    try:
        if not path.is_file():
            raise MissingBook(path)
        back_up(path, target)
        facts = look(target)
    except BookTrouble as trouble:
        return True, wording.say("book", trouble.code, **dict(trouble.values))
    counts = {"households": facts.households, "persons": facts.persons, "events": facts.events}
    return False, wording.say("cli", "backed-up", file=target, **counts)


def _finding(found: Finding, wording: Wording) -> str:
    values: dict[str, object] = dict(found.values)
    for name, value in found.values:
        if name in _FEN and isinstance(value, int):
            values[name] = format_amount(value)
    if "bucket" in values:
        values["bucket"] = wording.say("report", str(values["bucket"]))
    return wording.say("finding", found.code, **values)


_FEN = ("stored", "posted", "off")
"""Values of a finding that are fen."""


def explain(error: BaseException, wording: Wording) -> str | None:
    """The sentence for what is the surroundings' or the file's fault; None for a bug."""
    if isinstance(error, BookTrouble):
        return wording.say("book", error.code, **dict(error.values))
    if isinstance(error, FaultyFile):
        return "\n".join(fault_sentence(Path(error.path).name, fault, wording) for fault in error.faults[:12])
    if isinstance(error, NoRuleBook):
        return wording.say("book", "no-rule-book", place=error.args[0])
    if isinstance(error, OSError):
        return wording.say("book", "os-error", reason=error.strerror or str(error))
    return None
