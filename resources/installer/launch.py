"""What the frozen program starts with."""

import os
import sys

if sys.platform == "linux":
    # The loader of this process has read the variable; what the program opens - browser, printer - must not see it.
    before = os.environ.pop("LD_LIBRARY_PATH_ORIG", "")
    os.environ.pop("LD_LIBRARY_PATH", None)
    if before:
        os.environ["LD_LIBRARY_PATH"] = before

from famgui.__main__ import main

sys.exit(main())
