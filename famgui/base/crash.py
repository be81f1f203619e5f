"""A bug is written down, not thrown at the user."""

from pathlib import Path

from famgui.base.paths import Home, write_whole


def write_report(home: Home, error: BaseException, moment: str) -> Path | None:
    """Keep what happened as `logs/crash-<moment>.txt` (a name-safe time stamp); None when that fails.

    The stack holds code positions and the error's own text, no values of the household.
    """
    import traceback  # start-up seam: nobody needs it while all is well

    path = home.root / "logs" / f"crash-{moment}.txt"
    lines = traceback.format_exception(type(error), error, error.__traceback__)
    try:
        write_whole(path, "".join(lines).encode())
    except OSError:
        return None
    return path
