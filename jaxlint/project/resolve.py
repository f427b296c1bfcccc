"""From an import to the file that it names, without running any import machinery.

What Python would find depends on a search path that no file shows. So that nothing is resolved to the wrong file, two
kinds of folder are told apart:

- *sure*: the root of the importing file's own home, for the names of that home (a script also finds its neighbours,
  as Python has it), and configured source roots;
- *guessed*: where a project usually lies importable, namely the folder with its `pyproject.toml`, the `src` in that,
  the neighbours of a package, and for folders without `__init__.py` (namespace packages) the folders between.

Neither the standard library's names nor those of `libraries`, which are taken to be installed, are looked for elsewhere
than in the file's own home.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from jaxlint.project.discovery import Home, HomeKind, SourceFile, is_file, is_package_folder, project_root


class Resolver:
    """Looks up imports on disk; remembers what folders hold and where top-level names were found."""

    def __init__(self, source_roots: Sequence[Path], libraries: frozenset[str]) -> None:
        self._source_roots = tuple(source_roots)
        self._elsewhere = libraries | sys.stdlib_module_names
        self._roots: dict[tuple[Home, str], tuple[Path, ...]] = {}
        self._located: dict[tuple[Path, str], Path | None] = {}
        self._files: dict[str, frozenset[str]] = {}

    def locate(self, file: SourceFile, level: int, dotted: str) -> Path | None:
        """The file that `dotted` names for an import in `file`; None for a library, a namespace folder, a mistake."""
        if level:
            folder = folder_above(file, level)
            return None if folder is None else self._below(folder, dotted)
        for root in self._roots_of(file.home, dotted.partition(".")[0]):
            found = self._below(root, dotted)
            if found is not None:
                return found
        return self._below(file.path.parent, dotted) if self._is_neighbour(file, dotted.partition(".")[0]) else None

    def is_external(self, file: SourceFile, top: str) -> bool:
        """Whether `import top` in `file` leads out of everything that is looked at here: to a library."""
        return not self._roots_of(file.home, top) and not self._is_neighbour(file, top)

    def _is_neighbour(self, file: SourceFile, top: str) -> bool:
        """Whether `top` stands beside a program that lies in a folder without `__init__.py` inside of a package."""
        folder = file.path.parent
        if file.home.kind is not HomeKind.PACKAGE or top in self._elsewhere or is_package_folder(folder):
            return False
        return self._has_module(folder, top)

    def _roots_of(self, home: Home, top: str) -> tuple[Path, ...]:
        key = (home, top)
        if key not in self._roots:
            self._roots[key] = self._find_roots(home, top)
        return self._roots[key]

    def _find_roots(self, home: Home, top: str) -> tuple[Path, ...]:
        """The folder from which `top` is a module or package; else all from which it is a namespace folder."""
        own = home.root
        if home.kind is HomeKind.PACKAGE:
            if top == home.folder.name:
                return (own,)
        elif self._has_module(own, top):
            return (own,)
        if top in self._elsewhere:
            return ()
        project = project_root(home.folder)
        guessed = () if project is None else (own, project, project / "src")
        for root in (*self._source_roots, *guessed):
            if self._has_module(root, top):
                return (root,)
        namespaces = [*self._source_roots, *guessed]
        if home.kind is not HomeKind.PACKAGE:
            namespaces.append(own)
        if home.kind is HomeKind.SCRIPTS and own.name == top:
            # In `models/mlp.py`, `from models.layers import …` means its own folder, seen from the one above.
            namespaces.append(own.parent)
        if project is not None:
            namespaces += [folder for folder in own.parents if project in folder.parents]
        return tuple(root for root in dict.fromkeys(namespaces) if os.path.isdir(root / top))

    def _has_module(self, root: Path, name: str) -> bool:
        return self._below(root, name) is not None

    def _below(self, folder: Path, dotted: str) -> Path | None:
        key = (folder, dotted)
        if key not in self._located:
            parts = dotted.split(".") if dotted else []
            base = os.path.join(folder, *parts)
            if self._has_file(base, "__init__.py"):
                self._located[key] = Path(base, "__init__.py")
            elif parts and self._has_file(os.path.dirname(base), f"{parts[-1]}.py"):
                self._located[key] = Path(f"{base}.py")
            else:
                self._located[key] = None
        return self._located[key]

    def _has_file(self, folder: str, name: str) -> bool:
        if folder not in self._files:
            try:
                with os.scandir(folder) as entries:
                    self._files[folder] = frozenset(entry.name for entry in entries if is_file(entry))
            except (OSError, ValueError):
                self._files[folder] = frozenset()
        return name in self._files[folder]


def folder_above(file: SourceFile, level: int) -> Path | None:
    """The folder that `level` dots mean in `file`; None above the top of its package, where Python refuses them."""
    folder = file.path.parent
    for _ in range(level - 1):
        if folder == (file.home.root if file.home.kind is not HomeKind.SCRIPTS else folder.parent):
            return None
        folder = folder.parent
    return None if folder == file.home.root and file.home.kind is HomeKind.PACKAGE else folder
