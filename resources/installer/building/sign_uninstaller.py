"""Signs the uninstaller while NSIS packs it: `sign_uninstaller.py FILE`, the command in the variable SIGN_COMMAND."""

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from building.plan import Plan
from building.signing import sign
from building.tools import Fault

if __name__ == "__main__":
    file = Path(sys.argv[1])
    try:
        print(sign(Plan("0.0.0", "", 0, file.parent, file.parent, file.parent, os.environ["SIGN_COMMAND"]), file))
    except Fault as fault:
        sys.exit(str(fault))
