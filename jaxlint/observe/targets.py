"""Which files are observed: packages by name or folder, and the script that is run."""

from __future__ import annotations

import importlib.metadata
import importlib.util
from collections.abc import Sequence
from pathlib import Path

from jaxlint.observe.sites import ObservationError

_NOT_THE_PROJECT = frozenset({"benchmark", "benchmarks", "build", "dist", "docs", "example", "examples", "test", "tests"})
"""Folders beside a project's package that may be packages themselves."""


def targets(names: Sequence[str], command: Sequence[str], here: Path) -> list[Path]:
    """The folders and files to observe: those named, else the packages that lie here and the script that is run.

    Raises:
        ObservationError: there is nothing of that name, or nothing at all.
    """
    if names:
        return [path for name in names for path in _named(name)]
    found = _lying_in(here)
    script = Path(command[0])
    if script.suffix == ".py" and script.is_file() and not any(path in script.resolve().parents for path in found):
        found.append(script.resolve())
    if not found:
        raise ObservationError("no package lies here: say with --package which is to be observed")
    return found


def check(command: Sequence[str]) -> None:
    """Whether a command can be run.

    Raises:
        ObservationError: it cannot, and why.
    """
    match command:
        case ["-m", module, *_]:
            if _spec(module.partition(".")[0]) is None:
                raise ObservationError(f"there is no module {module}")
        case ["-m"]:
            raise ObservationError("-m needs the name of a module")
        case [name, *_]:
            is_script = name.endswith(".py") and Path(name).is_file()
            if not is_script and not importlib.metadata.entry_points(group="console_scripts", name=name):
                raise ObservationError(f"{name} is no Python script, no -m MODULE, and no command of an installed package")


def _named(name: str) -> list[Path]:
    path = Path(name)
    if path.is_dir() or (path.suffix == ".py" and path.is_file()):
        return [path.resolve()]
    spec = _spec(name) if name.isidentifier() else None
    if spec is None:
        raise ObservationError(f"there is no package, folder or file {name}")
    if spec.submodule_search_locations:
        return [Path(folder).resolve() for folder in spec.submodule_search_locations]
    if spec.origin is None or not spec.origin.endswith(".py"):
        raise ObservationError(f"{name} is not written in Python")
    return [Path(spec.origin).resolve()]


def _spec(name: str) -> importlib.machinery.ModuleSpec | None:
    """Where a module that is no part of a package would be imported from; nothing is imported."""
    try:
        return importlib.util.find_spec(name)
    except ValueError:
        return None


def _lying_in(here: Path) -> list[Path]:
    """The packages in the current folder, or in its `src`."""
    return sorted(
        folder.resolve()
        for root in (here, here / "src")
        if root.is_dir()
        for folder in root.iterdir()
        if (folder / "__init__.py").is_file() and folder.name not in _NOT_THE_PROJECT
    )
