"""The sweep's own parts, offline: its lists can be read, and it says what it finds."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from lrlint.rules import all_rules
from sweep import sweep as sweeping
from sweep.sweep import Package, Place, Result, Verdict

PLACE = Place("package==1.0", "train.py", 7, "LRL101")


def test_corpus_is_in_order() -> None:
    packages = sweeping.read_corpus()
    assert len(set(packages)) == len(packages)
    assert all(package.name and package.version for package in packages)


def test_verdicts_are_about_what_is_swept() -> None:
    labels = {f"{package.name}=={package.version}" for package in sweeping.read_corpus()}
    codes = {rule.code for rule in all_rules()}
    for place in sweeping.read_verdicts():
        assert place.package in labels
        assert place.code in codes
        assert place.line > 0


@pytest.mark.parametrize(
    ("found", "verdicts", "well", "says"),
    [
        ({}, {}, True, ""),
        ({PLACE: "message"}, {PLACE: Verdict("true", "why")}, True, ""),
        ({PLACE: "message"}, {}, False, "package==1.0,train.py,7,LRL101,?,message"),
        (
            {PLACE: "message"},
            {PLACE: Verdict("false", "it is fed")},
            False,
            "Known to be false:\n  package==1.0: train.py:7",
        ),
        ({}, {PLACE: Verdict("true", "why")}, False, "not found any more:\n  package==1.0: train.py:7"),
        ({}, {PLACE: Verdict("false", "it is fed")}, True, ""),
        ({}, {Place("other==1.0", "train.py", 7, "LRL101"): Verdict("true", "why")}, True, ""),
    ],
)
def test_report(found: dict[Place, str], verdicts: dict[Place, Verdict], well: bool, says: str) -> None:
    out = io.StringIO()
    assert sweeping.report({"package==1.0": Result(found=found)}, verdicts, out) is well
    assert says in out.getvalue()


def test_a_failure_is_not_well() -> None:
    out = io.StringIO()
    assert not sweeping.report({"package==1.0": Result(problems=["exit status 2"])}, {}, out)
    assert "package==1.0: exit status 2" in out.getvalue()


def test_sweep_of_a_directory(tmp_path: Path) -> None:
    (tmp_path / "build").mkdir()  # which lrlint would leave out by itself
    (tmp_path / "build" / "old.py").write_text("tf.train.exponential_decay(0.1, 0, 1, 0.5); print 'two'\n")
    (tmp_path / "plain.py").write_text("import json\n")
    result = sweeping.sweep("package==1.0", tmp_path, timeout=60, slow=60)
    assert (result.files, result.decay_files, result.problems, result.slow) == (2, 1, [], [])
    assert list(result.found) == [Place("package==1.0", "build/old.py", 1, "LRL001")]


def test_what_is_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def download(package: Package, directory: Path) -> Path:
        directory.mkdir()
        archive = directory / "package-1.0-py3-none-any.whl"
        with zipfile.ZipFile(archive, "w") as wheel:
            for name in ("package/a.py", "package-1.0.data/purelib/package/b.py", "package/c.so", "../evil.py"):
                wheel.writestr(name, "")
        return archive

    monkeypatch.setattr(sweeping, "_download", download)
    home = sweeping.fetch(Package("package", "1.0", "wheel"), tmp_path / "cache")
    assert sorted(path.relative_to(home).as_posix() for path in home.rglob("*.py")) == ["package/a.py", "package/b.py"]
    assert [path.name for path in (tmp_path / "cache").iterdir()] == ["package-1.0"]
    monkeypatch.undo()
    assert sweeping.fetch(Package("package", "1.0", "wheel"), tmp_path / "cache") == home


def test_repositories_are_not_fetched(capsys: pytest.CaptureFixture[str]) -> None:
    repository = next(package for package in sweeping.read_corpus() if package.form == "git")
    assert sweeping.main([repository.name]) == 2
    assert repository.name in capsys.readouterr().err
