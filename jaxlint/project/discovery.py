"""From a path to its home, and from a home to its files.

A *home* is the folder whose modules form one project with a file, found from the file's path (and the configured source
roots) alone, so that every file of a home leads to the same home:

- below a configured source root, that folder, whether or not its subfolders have an `__init__.py`;
- inside of a package, its topmost folder with an `__init__.py`; a folder without one inside of a package is part of it
  (Optax's `_src` is such a folder), as Python imports it too;
- elsewhere, the file's own folder: a *script*, which can import its neighbours by their bare names.

For `/repo/src/net/layers/dense.py`, with an `__init__.py` in `net` and in `layers`: home `/repo/src/net`, which is
imported from the root `/repo/src`, as `net.layers.dense`.
"""

from __future__ import annotations

import enum
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

PROJECT_MARKERS = ("pyproject.toml", "setup.cfg", "setup.py")
"""The files that show a folder to be the top of a project, from which imports may be looked up."""

_NOT_SOURCE = frozenset({"build", "dist", "node_modules", "site-packages", "dist-packages", "venv", "env"})
"""Folders that hold copies or other people's code, unless an `__init__.py` makes them a package."""


_NAMESPACE_DEPTH = 3
"""Folders without `__init__.py` between a module and the package that it is part of; more have not been seen."""


class HomeKind(enum.Enum):
    """How a home was found, which decides what belongs to it."""

    PACKAGE = enum.auto()
    """A package with its subpackages."""
    SCRIPTS = enum.auto()
    """A folder that is no package: the modules directly inside."""
    SOURCE_ROOT = enum.auto()
    """A configured source root: all modules below, folders without `__init__.py` included."""


@dataclass(frozen=True, slots=True)
class Home:
    """A folder whose modules form one project; absolute names are looked up from `root`."""

    folder: Path
    root: Path
    kind: HomeKind


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A module of a project.

    `dotted` is its name for an import from `home.root`; `name` is its name in the project, which no other file has.
    They are the same unless two homes, or a home and a library, would claim one name: then `name` is `folder/dotted`.
    """

    name: str
    path: Path
    is_package: bool
    dotted: str
    home: Home


def absolute(path: Path) -> Path:
    """`path` from the root, without `..`; symbolic links stay, since Python names modules by them too."""
    return Path(os.path.abspath(path))


def is_package_folder(folder: str | Path) -> bool:
    """Whether the folder has an `__init__.py`. Like `os.path.isfile`, false for whatever cannot be looked at."""
    return os.path.isfile(os.path.join(folder, "__init__.py"))


def is_file(entry: os.DirEntry[str]) -> bool:
    """Like `entry.is_file()`, but false, not an error, for a link to itself."""
    return os.path.isfile(entry.path) if entry.is_symlink() else entry.is_file()


def home_of(path: Path, source_roots: Sequence[Path] = ()) -> Home:
    """The home of the file at `path` (absolute): of several source roots around it, the innermost."""
    around = [root for root in source_roots if root in path.parents]
    if around:
        root = max(around, key=lambda root: len(root.parts))
        return Home(root, root, HomeKind.SOURCE_ROOT)
    folder = _package_around(path.parent)
    if folder is None:
        return Home(path.parent, path.parent, HomeKind.SCRIPTS)
    while folder.parent != folder and is_package_folder(folder.parent):
        folder = folder.parent
    return Home(folder, folder.parent, HomeKind.PACKAGE)


def _package_around(folder: Path) -> Path | None:
    """The nearest folder with an `__init__.py`, from `folder` upwards, that `folder` can be imported through."""
    for _ in range(_NAMESPACE_DEPTH + 1):
        if is_package_folder(folder):
            return folder
        if not folder.name.isidentifier() or folder.name in _NOT_SOURCE:
            return None
        if any(os.path.isfile(folder / marker) for marker in PROJECT_MARKERS):
            return None
        folder = folder.parent
    return None


def source_file(path: Path, home: Home) -> SourceFile:
    """The file at `path` (absolute, below `home.root`), under the name that an import from there uses."""
    parts = list(path.relative_to(home.root).parts)
    is_package = parts[-1] == "__init__.py" and len(parts) > 1
    if is_package:
        parts.pop()
    else:
        parts[-1] = parts[-1].removesuffix(".py")
    dotted = ".".join(map(plain_name, parts))
    return SourceFile(dotted, path, is_package, dotted, home)


def plain_name(part: str) -> str:
    """The name of a file or folder, less dots that would look like a package's (as in the script `plot-1.2.py`)."""
    return part.replace("%", "%25").replace(".", "%2E")


def files_of(home: Home, source_roots: Sequence[Path] = ()) -> Iterator[SourceFile]:
    """The modules of a home that an import can name, in sorted order.

    Left out are hidden folders, `__pycache__`, virtual environments, build folders, and source roots inside of this
    one. A folder that symbolic links reach in several ways is listed once, so that a loop of them ends.
    """
    seen: set[str] = set()
    waiting = [str(home.folder)]
    while waiting:
        folder = waiting.pop()
        real = os.path.realpath(folder)
        if real in seen:
            continue
        seen.add(real)
        modules, inner = _entries(folder)
        for module in modules:
            yield source_file(Path(module), home)
        if home.kind is not HomeKind.SCRIPTS:
            waiting += reversed([sub for sub in inner if _belongs(sub, home, source_roots)])


def project_root(folder: Path) -> Path | None:
    """The nearest folder, from `folder` upwards, that holds one of `PROJECT_MARKERS`.

    None as well for code that is installed or hidden there (`.venv/lib/python3.13/site-packages`).
    """
    for candidate in (folder, *folder.parents):
        if candidate.name in _NOT_SOURCE or candidate.name.startswith("."):
            return None
        if any(os.path.isfile(candidate / marker) for marker in PROJECT_MARKERS):
            return candidate
    return None


def _entries(folder: str) -> tuple[list[str], list[str]]:
    """The importable modules and folders directly in `folder`, each sorted, real folders before linked ones."""
    modules: list[str] = []
    folders: list[tuple[bool, str]] = []
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                stem = entry.name.removesuffix(".py")
                if not stem.isidentifier() or stem == "__pycache__":
                    continue
                if os.path.isdir(entry.path) if entry.is_symlink() else entry.is_dir():
                    folders.append((entry.is_symlink(), entry.path))
                elif stem != entry.name and is_file(entry):
                    modules.append(entry.path)
    except OSError:
        # A folder that may not be listed, or went away meanwhile, has no modules for us.
        pass
    return sorted(modules), [path for _, path in sorted(folders)]


def _belongs(folder: str, home: Home, source_roots: Sequence[Path]) -> bool:
    if is_package_folder(folder):
        return Path(folder) not in source_roots
    if home.kind is HomeKind.PACKAGE and _package_around(Path(folder)) is None:
        return False
    is_environment = os.path.isfile(os.path.join(folder, "pyvenv.cfg"))
    return not (is_environment or os.path.basename(folder) in _NOT_SOURCE or Path(folder) in source_roots)
