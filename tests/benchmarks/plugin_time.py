"""Run flake8 over files, in its own environment, and print as JSON what it and our plugin in it took, in seconds.

Usage: python plugin_time.py PATH...

``all`` is the time from the first file on, with that of the plugin; ``start`` is that of the plugin's import.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from functools import wraps
from time import process_time
from typing import Any

from flake8.main.cli import main

before = process_time()
from lrlint.flake8 import Plugin  # noqa: E402

imported = process_time() - before

times: list[float] = []
begun: list[float] = []
create, run = Plugin.__init__, Plugin.run


@wraps(create)  # flake8 reads the names of its parameters
def timed_create(self: Plugin, *arguments: Any, **more: Any) -> None:
    start = process_time()
    begun.append(start)
    create(self, *arguments, **more)
    times.append(process_time() - start)


def timed_run(self: Plugin) -> Iterator[Any]:
    start = process_time()
    found = list(run(self))
    times.append(process_time() - start)
    return iter(found)


if __name__ == "__main__":
    Plugin.__init__, Plugin.run = timed_create, timed_run  # type: ignore[method-assign]
    main(["--isolated", "--jobs=1", "--exit-zero", "--output-file", os.devnull, *sys.argv[1:]])
    print(json.dumps({"plugin": sum(times), "all": process_time() - begun[0], "start": imported}))
