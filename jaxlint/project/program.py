"""Facts about a program as a whole, from the text of its files: what it imports, and what it says anywhere.

They are looked up when a rule is about to speak, and then once. Unlike the walk, which sees what is reached, they err on
one side: a text that mentions something counts, wherever it stands, tests, examples and settings of tools among them.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

from jaxlint.project.build import BuildFailure, decode_source, read_source
from jaxlint.project.discovery import HomeKind, SourceFile, project_root
from jaxlint.project.project import Project
from jaxlint.project.requirement import required
from jaxlint.project.scan import scan_imports

_SUFFIXES = (".py", ".ipynb", ".toml", ".cfg", ".ini", ".sh", ".yml", ".yaml", ".env", ".bazel", ".mk")
_NAMES = frozenset({"Makefile", "Dockerfile", "BUILD", ".env", "justfile", "noxfile.py"})
_SKIPPED = frozenset({"__pycache__", "node_modules", "site-packages", "dist-packages", ".git", ".venv", "venv", ".tox"})
_MOST_FILES = 5_000
"""Files of one project that are looked through; a project with more is taken to say anything."""


class Program:
    """What a project's files say, for the file that is linted and its home."""

    def __init__(self, project: Project, source: SourceFile) -> None:
        self._project = project
        self._home = source.home
        self._texts: dict[frozenset[str], _Texts] = {}

    @cached_property
    def root(self) -> Path | None:
        """The top of the project around, where it has one."""
        return project_root(self._home.folder)

    @cached_property
    def requirement(self) -> str | None:
        """The range of versions of JAX that the project asks for; None when it asks for none."""
        return None if self.root is None else required(self.root, "jax")

    @cached_property
    def is_library(self) -> bool:
        """Whether the code is part of a package that others install, so that it is not known what runs it."""
        if self._home.kind is HomeKind.SCRIPTS:
            return False
        if self.root is None:
            return any(self._home.root.glob("*.dist-info"))
        return any(
            marker in _read(self.root / name)
            for name, marker in (("pyproject.toml", "[project]"), ("pyproject.toml", "[tool.poetry]"),
                                 ("setup.cfg", "[metadata]"), ("setup.py", "setup("))
        )

    def imports(self, module: str) -> frozenset[str]:
        """The absolute names of all modules, or names in modules, that the program around a module imports."""
        return self._parts(module).imports

    def says(self, module: str, pattern: re.Pattern[str]) -> bool:
        """Whether any file of the program around a module has a match of a pattern."""
        return self._parts(module).says(pattern)

    def is_own(self, module: str) -> bool:
        """Whether a name of an import leads to a module of the project."""
        top = module.partition(".")[0]
        return any(each.dotted.partition(".")[0] == top for each in self._project.modules)

    def _parts(self, module: str) -> _Texts:
        """The texts of a program: a package and all that stands around it, or a script with what it imports."""
        if self._home.kind is not HomeKind.SCRIPTS:
            names = frozenset(each.name for each in self._project.modules)
        else:
            names = self._project.connected(module)
        if names not in self._texts:
            own = [each.path for each in self._project.modules if each.name in names]
            self._texts[names] = _Texts(own, self._settings)
        return self._texts[names]

    @cached_property
    def _settings(self) -> tuple[Path, ...]:
        return tuple(self._around())

    def _around(self) -> Iterator[Path]:
        """The files of the project outside of the package: tests, examples, settings. Of scripts, the settings alone."""
        if self._home.kind is HomeKind.SCRIPTS:
            for folder in dict.fromkeys([self._home.folder, self.root or self._home.folder]):
                yield from (path for path in sorted(folder.iterdir()) if path.suffix != ".py" and _is_text(path.name))
            return
        count = 0
        for where, folders, files in os.walk(self.root or self._home.folder):
            folders[:] = sorted(each for each in folders if each not in _SKIPPED)
            for name in filter(_is_text, sorted(files)):
                count += 1
                if count > _MOST_FILES:
                    return
                yield Path(where, name)


class _Texts:
    """The texts of some files: modules, and what stands around them."""

    def __init__(self, modules: list[Path], around: tuple[Path, ...]) -> None:
        self._modules = modules
        self._around = around
        self._said: dict[re.Pattern[str], bool] = {}

    @cached_property
    def imports(self) -> frozenset[str]:
        found: set[str] = set()
        for path in self._modules:
            data = read_source(path)
            text = data if isinstance(data, BuildFailure) else decode_source(data, path)
            if isinstance(text, BuildFailure):
                continue
            for statement in scan_imports(text):
                if statement.level == 0:
                    found.add(statement.module)
                    found.update(f"{statement.module}.{name}" for name in statement.names)
        return frozenset(found)

    def says(self, pattern: re.Pattern[str]) -> bool:
        if pattern not in self._said:
            self._said[pattern] = any(pattern.search(text) is not None for text in self._mentioning)
        return self._said[pattern]

    @cached_property
    def _mentioning(self) -> tuple[str, ...]:
        """The texts that can say something about JAX or its process."""
        texts = map(_read, dict.fromkeys([*self._modules, *self._around]))
        return tuple(text for text in texts if _MENTION.search(text))


_MENTION = re.compile(r"jax|JAX|multiprocessing")


def _is_text(name: str) -> bool:
    return name.endswith(_SUFFIXES) or name in _NAMES


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
