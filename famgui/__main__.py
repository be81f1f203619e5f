"""`python -m famgui` and the console script."""

import gc
import sys

from famgui.app import App
from famgui.base.arguments import files_to_open
from famgui.base.ending import ready_streams, status_of
from famgui.base.paths import default_home
from famgui.base.wording import system_language


def main() -> int:
    """Run the program with the arguments of the command line; the exit status."""
    files, more = files_to_open(sys.argv[1:])
    if more:
        from famgui.cli import run  # start-up seam: commands and options, which a double click does without

        return run(sys.argv[1:])
    gc.disable()  # nothing dies before the window stands; `Ops` collects again once the book is open
    ready_streams()
    app = App(default_home(), system_language())
    return status_of(lambda: app.run_window(None, files), app.home, app.wording)


if __name__ == "__main__":
    sys.exit(main())
