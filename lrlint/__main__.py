"""``python -m lrlint``."""

import os
import sys

from lrlint.start import main

if __name__ == "__main__":
    # Python looks in the working directory first: for its own modules, too, which would run a `queue.py` that is to be read.
    if not (sys.flags.isolated or getattr(sys.flags, "safe_path", False)):
        package = os.path.dirname(os.path.abspath(__file__))
        if sys.path[0] != os.path.dirname(package):  # as it is where lrlint is run from its own checkout
            del sys.path[0]
    sys.exit(main())
