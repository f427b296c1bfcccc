"""A package's tests, run by pytest in this process: those within the package, and those in a folder beside it.

pytest runs the tests of `unittest` and absl as well. The settings of the library's own project are left alone: what they say
of warnings, plugins and processes is no matter of a mutation.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

BESIDE = ("tests", "test")
"""Folders beside a package that hold its tests in source releases."""


def folders_of_tests(folder: Path) -> list[Path]:
    """The folders beside a package that hold tests of it."""
    return [tests for name in BESIDE if (tests := folder.parent / name).is_dir()]


def files_of_tests(folder: Path) -> list[str]:
    """The files that hold a package's tests, from the folder that the package stands in."""
    places = [folder, *folders_of_tests(folder)]
    files = {path for place in places for pattern in ("*_test.py", "test_*.py") for path in place.rglob(pattern)}
    return sorted(path.relative_to(folder.parent).as_posix() for path in files)


def run_tests(root: Path, tests: Iterable[str], *options: str, plugins: Iterable[object] = ()) -> None:
    """Run tests, by file or by pytest's own names of them, in that order; what is seen of them is the plugins' matter.

    Raises:
        RuntimeError: pytest cannot run them.
    """
    parse_flags()
    given = [
        f"--rootdir={root}",
        f"--config-file={os.devnull}",
        "--assert=plain",  # pytest would load the test modules itself, and past the mutants
        "--capture=no",
        "-q",
        *("-p", "no:cacheprovider"),
        *options,
        *(str(root / test) for test in tests),
    ]
    status = pytest.main(given, plugins=[*plugins, _Flags()])
    if status in {pytest.ExitCode.INTERNAL_ERROR, pytest.ExitCode.USAGE_ERROR}:
        raise RuntimeError(f"pytest ends with {status}")


def parse_flags() -> None:
    """What tests of absl's want done before they run."""
    flags: Any = sys.modules.get("absl.flags")  # there if a test asks for it
    if flags is not None and not flags.FLAGS.is_parsed():
        flags.FLAGS(["test"])


class _Flags:
    """Flags of absl's that a module of tests was the first to import."""

    @pytest.hookimpl
    def pytest_collection_finish(self) -> None:
        """The modules are imported, and no test has run."""
        parse_flags()


def forget(folder: Path) -> None:
    """Have a package imported anew, though another one may have imported it already."""
    for name in [*sys.modules]:
        if name.partition(".")[0] == folder.name:
            del sys.modules[name]


def modules_elsewhere(root: Path) -> Iterator[str]:
    """The modules that are imported, those from files in a folder excepted."""
    own = str(root.resolve()) + "/"
    for name, module in [*sys.modules.items()]:
        file = getattr(module, "__file__", None)
        if file is None or not str(Path(file).resolve()).startswith(own):
            yield name
