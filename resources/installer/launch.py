"""What the frozen program starts with."""

import sys

from famgui.__main__ import main

sys.exit(main())
