"""What is measured and what it is measured against, each in an environment of its own."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

from lrlint.prefilter import DECAY_NAMES

ROOT = Path(__file__).resolve().parents[2]

_PEERS = ("ruff", "semgrep", "torchfix", "flake8-async")
_BIN, _EXE = ("Scripts", ".exe") if sys.platform == "win32" else ("bin", "")
_VERSIONED = ("lrlint", "libcst", "flake8", *_PEERS)


class Tools:
    """Programs by their paths. lrlint is installed from this checkout, each time anew, as users install it."""

    def __init__(self, cache: Path) -> None:
        self._cache = cache / "environments"
        ours, flake8, peers = (self._cache / name for name in ("lrlint", "flake8", "peers"))
        _install(ours, "flake8", str(ROOT))
        _install(ours, "--force-reinstall", "--no-deps", str(ROOT))
        _install(flake8, "flake8")
        self.python, self.lrlint = _program(ours, "python"), _program(ours, "lrlint")
        self.flake8 = _program(flake8, "flake8")
        self.peers: dict[str, Path] = {}
        for name in _PEERS:
            try:
                _install(peers, name)
            except subprocess.CalledProcessError:
                continue  # not every one is there for every Python
            self.peers[name] = _program(peers, name)

    @property
    def versions(self) -> str:
        """What was measured, in a line."""
        found = {"Python": sys.version.split()[0]}
        for environment in ("peers", "flake8", "lrlint"):
            python = _program(self._cache / environment, "python")
            if not python.exists():
                continue
            for line in _output(python, "-m", "pip", "freeze", "--all").splitlines():
                name, equals, version = line.replace(" @ ", "==").partition("==")
                if equals and name.lower() in _VERSIONED and not version.startswith("file:"):
                    found[name.lower()] = version
        if rg := shutil.which("rg"):
            found["ripgrep"] = _output(Path(rg), "--version").split()[1]
        return ", ".join(f"{name} {found[name]}" for name in sorted(found, key=str.lower))


def search() -> tuple[str, list[str]]:
    """How the names are searched for by a program made for it: its name, and its words."""
    pattern = "|".join(sorted(DECAY_NAMES))
    if rg := shutil.which("rg"):
        return "ripgrep", [rg, "--count", pattern, "."]
    return "grep", ["grep", "-rcE", pattern, "."]


def _install(environment: Path, *words: str) -> None:
    if not environment.is_dir():
        subprocess.run([sys.executable, "-m", "venv", str(environment)], check=True)
    command = [str(_program(environment, "python")), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*command, "--compile", *words], check=True, stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def _program(environment: Path, name: str) -> Path:
    return environment / _BIN / f"{name}{_EXE}"


def _output(*words: str | Path) -> str:
    done = subprocess.run([str(word) for word in words], capture_output=True, text=True, check=True)
    return re.sub(r"\x1b\[[0-9;]*m", "", done.stdout)
