"""``python -m lrlint``."""

import sys

from lrlint.start import main

if __name__ == "__main__":  # and not in the processes that `--jobs` starts, which look in here again
    sys.exit(main())
