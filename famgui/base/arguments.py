"""Which arguments of the command line are case files to be opened in the window, as a double click hands them over."""

from collections.abc import Sequence

_WITH_VALUE = ("--home", "--lang")


def files_to_open(arguments: Sequence[str]) -> tuple[list[str], list[str]]:
    """The case files named in the place of a command, and the arguments without them.

    A case file is whatever ends in `.toml` (a path or a `file:` address); where a command or anything else stands among
    them, nothing is taken.
    """
    files: list[str] = []
    rest: list[str] = []
    waiting = iter(arguments)
    for argument in waiting:
        if argument in _WITH_VALUE:
            rest += [argument, *(value for _, value in zip(range(1), waiting, strict=False))]
        elif argument.startswith("-"):
            rest.append(argument)
        elif argument.lower().endswith(".toml"):
            files.append(argument)
        else:
            return [], list(arguments)
    return files, rest
