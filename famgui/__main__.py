"""`python -m famgui` and the console script."""

import sys

from famgui.cli import run


def main() -> int:
    """Run the program with the arguments of the command line; the exit status."""
    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
