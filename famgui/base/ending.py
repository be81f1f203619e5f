"""How a run of the program ends, window or none: always an exit status, and a sentence where something failed."""

import contextlib
import io
import os
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from famgui.base.crash import write_report
from famgui.base.paths import Home
from famgui.base.wording import Wording

OK, BUG, FAULTY, REFUSED = 0, 1, 2, 3
"""Done; a bug was written down; unusable input; an event was refused."""


def ready_streams() -> None:
    """Let whatever is printed be UTF-8, and go nowhere where there is no terminal."""
    if sys.stdout is None:
        sys.stdout = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - as long as the process
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")


def status_of(work: Callable[[], int], home: Home, wording: Wording) -> int:
    """The exit status of the work; what it lets through is told in a sentence, a bug is kept in the home's logs."""
    try:
        status = work()
        sys.stdout.flush()
        return status
    except KeyboardInterrupt:
        print(wording.say("cli", "stopped"), file=sys.stderr)
        return 130
    except BrokenPipeError:
        _let_output_go()
        return OK
    except OSError as error:
        print(wording.say("cli", "no-output", reason=error.strerror or str(error)), file=sys.stderr)
        _let_output_go()
        return FAULTY
    except Exception as error:
        moment = datetime.now().astimezone().strftime("%Y%m%d-%H%M%S")
        report = write_report(home, error, moment)
        print(wording.say("cli", "unexpected", file=report or home.root), file=sys.stderr)
        return BUG


def _let_output_go() -> None:
    """Whoever read our output has gone, or it cannot be written: what is still buffered goes nowhere."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
