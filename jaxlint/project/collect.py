"""From the linted files to all the files of a project, and what each of them imports.

Guarantees: the result depends on the set of linted files and not on their order; every linted file is in it, also if it
cannot be read; a file that symbolic links to folders reach in several ways is in it once.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from jaxlint.project.build import BuildFailure, decode_source
from jaxlint.project.discovery import Home, HomeKind, SourceFile, files_of, home_of, plain_name, source_file
from jaxlint.project.resolve import Resolver
from jaxlint.project.scan import Import, library_strings, scan_imports

ReadSource = Callable[[Path], "bytes | BuildFailure"]


@dataclass(frozen=True, slots=True)
class Collection:
    """The files of a project by name, sorted by it, and what the scan of their imports gave."""

    files: dict[str, SourceFile]
    imports: dict[str, frozenset[str]]
    """For each module, the modules of the project that its own import statements name."""
    mentioning: frozenset[str]
    """The modules whose own text imports a JAX library, holds one's name in a string, or could not be read."""
    aliases: dict[str, str]
    """Further dotted names that imports use for a module (through namespace folders, say), where unambiguous."""
    names: dict[Path, str]
    """The module of each path."""
    real_names: dict[str, str]
    """The module of each path whose folder's symbolic links were resolved."""


def collect(
    linted: Iterable[Path],
    source_roots: Sequence[Path],
    libraries: frozenset[str],
    read: ReadSource,
    resolver: Resolver,
    *,
    follow: bool,
) -> Collection:
    """The linted files alone; if `follow` is set, the homes of all, and the homes that imports lead to from there."""
    collector = _Collector(source_roots, libraries, read, resolver, follow)
    for root in source_roots if follow else ():
        collector.add_home(Home(root, root, HomeKind.SOURCE_ROOT))
    for path in sorted(set(linted)):
        collector.add(path)
    collector.scan_all()
    return collector.named()


@dataclass(slots=True)
class _Collector:
    source_roots: Sequence[Path]
    libraries: frozenset[str]
    read: ReadSource
    resolver: Resolver
    follow: bool
    files: dict[Path, SourceFile] = field(default_factory=dict)
    real: dict[str, Path] = field(default_factory=dict)
    homes: set[Home] = field(default_factory=set)
    unscanned: deque[SourceFile] = field(default_factory=deque)
    imports: dict[Path, set[Path]] = field(default_factory=dict)
    mentioning: set[Path] = field(default_factory=set)
    externals: set[str] = field(default_factory=set)
    spellings: dict[str, set[Path]] = field(default_factory=dict)

    def add(self, path: Path) -> None:
        home = home_of(path, self.source_roots)
        if self.follow:
            self.add_home(home)
        self._add_file(source_file(path, home))

    def add_home(self, home: Home) -> None:
        if home not in self.homes:
            self.homes.add(home)
            for file in files_of(home, self.source_roots):
                self._add_file(file)

    def _add_file(self, file: SourceFile) -> None:
        if file.path not in self.files and real_path(file.path) not in self.real:
            self.files[file.path] = file
            self.real[real_path(file.path)] = file.path
            self.unscanned.append(file)

    def scan_all(self) -> None:
        """Scans what there is, and what is added meanwhile."""
        strings = library_strings(self.libraries)
        while self.unscanned:
            file = self.unscanned.popleft()
            data = self.read(file.path)
            text = data if isinstance(data, BuildFailure) else decode_source(data, file.path)
            found: set[Path] = set()
            if isinstance(text, BuildFailure):
                self.mentioning.add(file.path)
            else:
                imports = scan_imports(text)
                for statement in imports:
                    found |= self._targets(file, statement)
                if any(not each.level and _top(each.module) in self.libraries for each in imports) or (
                    strings is not None and strings.search(text)
                ):
                    self.mentioning.add(file.path)
            found.discard(file.path)
            self.imports[file.path] = found

    def _targets(self, file: SourceFile, statement: Import) -> set[Path]:
        """The files of the project that a statement names, as modules or possibly as modules."""
        if not statement.level and self.resolver.is_external(file, _top(statement.module)):
            self.externals.add(_top(statement.module))
            return set()
        if statement.names:
            prefix = f"{statement.module}." if statement.module else ""
            dotted = [statement.module, *(prefix + name for name in statement.names if name != "*")]
        else:
            parts = statement.module.split(".")
            dotted = [".".join(parts[: length + 1]) for length in range(len(parts))]
        found = set()
        for name in dotted:
            path = self.resolver.locate(file, statement.level, name) if name or statement.level else None
            target = None if path is None else self._member(path)
            if target is not None:
                found.add(target)
                if not statement.level:
                    self.spellings.setdefault(name, set()).add(target)
        return found

    def _member(self, path: Path) -> Path | None:
        """The path under which the file is in the project, into which it is taken if imports are followed."""
        if path not in self.files and real_path(path) not in self.real and self.follow:
            self.add(path)
        return path if path in self.files else self.real.get(real_path(path))

    def named(self) -> Collection:
        labels = _labels({(file.home.root, _top(file.dotted)) for file in self.files.values()}, self.externals)
        names = {
            path: labels.get((file.home.root, _top(file.dotted)), "") + file.dotted for path, file in self.files.items()
        }
        by_name = sorted((name, path) for path, name in names.items())
        return Collection(
            files={name: replace(self.files[path], name=name) for name, path in by_name},
            imports={name: frozenset(names[target] for target in self.imports[path]) for name, path in by_name},
            mentioning=frozenset(names[path] for path in self.mentioning),
            aliases={
                spelling: names[next(iter(targets))]
                for spelling, targets in self.spellings.items()
                if len(targets) == 1 and _top(spelling) not in self.externals
            },
            names=names,
            real_names={real: names[path] for real, path in self.real.items()},
        )


def real_path(path: Path) -> str:
    """`path` with its folder's symbolic links resolved, not its own: Python takes a linked file for a module too."""
    return os.path.join(os.path.realpath(path.parent), path.name)


def _top(dotted: str) -> str:
    return dotted.partition(".")[0]


def _labels(units: set[tuple[Path, str]], externals: set[str]) -> dict[tuple[Path, str], str]:
    """For each top-level name that would not be unambiguous, what to put before it: `mnist/` for `mnist/train`.

    Not unambiguous is what stands in several roots, or is also the name of a library that some module imports. The
    label is as many of the last folders as tell this root from the others; it is no identifier, so that no import can
    spell it.
    """
    roots_of: dict[str, list[Path]] = {}
    for root, top in units:
        roots_of.setdefault(top, []).append(root)
    labels: dict[tuple[Path, str], str] = {}
    for top, roots in roots_of.items():
        if len(roots) == 1 and top not in externals:
            continue
        for root in roots:
            length = 1
            while sum(other.parts[-length:] == root.parts[-length:] for other in roots) > 1:
                length += 1
            labels[root, top] = "/".join(map(plain_name, root.parts[-length:])).lstrip("/") + "/"
    return labels
