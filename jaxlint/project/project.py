"""`Project`: the modules that a linted file stands among, their imports, and their trees."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from pathlib import Path

from astroid import nodes

from jaxlint.project.build import BuildFailure, build_tree, read_source
from jaxlint.project.collect import collect, real_path
from jaxlint.project.discovery import Home, SourceFile, absolute
from jaxlint.project.graph import ImportGraph
from jaxlint.project.resolve import Resolver, folder_above

JAX = frozenset({"jax"})

TreeProvider = Callable[[Path], nodes.Module | None]
"""Gives the tree of a file where there is one already: pylint's own, or an editor's from before the last keystroke."""


class Project:
    """A snapshot of the modules around the linted files; lazy about trees, which it keeps.

    `source_roots`: folders from which modules are imported, in place of what the files' own packages say.
    `follow_package`: whether the modules beside the linted files, and those that they import, belong to the project.
    `libraries`: the top-level names that bring JAX.
    `trees`: asked for each tree before the file is parsed.
    `unsaved`: what an editor holds for a file, in place of what is on disk.

    For the same set of files, everything that a project answers is the same, whatever their order was.
    """

    def __init__(
        self,
        files: Iterable[Path],
        *,
        source_roots: Iterable[Path] = (),
        follow_package: bool = True,
        libraries: frozenset[str] = JAX,
        trees: TreeProvider | None = None,
        unsaved: Mapping[Path, bytes] | None = None,
    ) -> None:
        roots = sorted({absolute(root) for root in source_roots})
        self._provider = trees
        self._unsaved = {absolute(path): data for path, data in (unsaved or {}).items()}
        self._resolver = Resolver(roots, libraries)
        self._found = collect(
            [absolute(path) for path in files], roots, libraries, self._read, self._resolver, follow=follow_package
        )
        self._graph = ImportGraph(self._found.imports)
        self._trees: dict[str, nodes.Module | BuildFailure] = {}

    @property
    def modules(self) -> tuple[SourceFile, ...]:
        """All modules of the project, sorted by name."""
        return tuple(self._found.files.values())

    def find(self, dotted: str) -> SourceFile | None:
        """The module of that name; None for libraries, namespace folders and names that modules use differently."""
        return self._found.files.get(dotted) or self._found.files.get(self._found.aliases.get(dotted, ""))

    def at(self, path: Path) -> SourceFile | None:
        """The module that stands at `path`."""
        path = absolute(path)
        name = self._found.names.get(path) or self._found.real_names.get(real_path(path))
        return None if name is None else self._found.files[name]

    def resolve_import(self, module: str, modname: str, level: int = 0) -> str:
        """The absolute name of what `from modname import …` means in `module`, with `level` dots before `modname`.

        The name of a module of the project if it is one (to be given to `find`), else the name as Python would spell
        it; empty where the dots lead above the top of the package. `import a.b` is `modname="a.b"`, `level=0`. `module`
        has to be the name of a module of the project.
        """
        file = self._found.files[module]
        if level == 0 and not modname:
            return ""
        path = self._resolver.locate(file, level, modname)
        target = None if path is None else self.at(path)
        if target is not None:
            return target.name
        if level == 0:
            return modname
        folder = folder_above(file, level)
        if folder is None or not folder.is_relative_to(file.home.root):
            return ""
        label = file.name.removesuffix(file.dotted)
        return label + ".".join([*folder.relative_to(file.home.root).parts, *filter(None, [modname])])

    def tree(self, name: str) -> nodes.Module | None:
        """The tree of a module, made when first asked for; None if there is none, of which `failure` says why."""
        built = self._tree_or_failure(name)
        return built if isinstance(built, nodes.Module) else None

    def failure(self, name: str) -> BuildFailure | None:
        """Why a module of the project has no tree; None if it has one, or is not of the project."""
        built = self._tree_or_failure(name)
        return built if isinstance(built, BuildFailure) else None

    def imports(self, name: str) -> frozenset[str]:
        """The modules that `name` imports, directly or through others, less itself."""
        return self._graph.imports([name]) - {name}

    def importers(self, name: str) -> frozenset[str]:
        """The modules that import `name`, directly or through others, less itself."""
        return self._graph.importers([name]) - {name}

    def mentions_jax(self, name: str) -> bool:
        """Whether the module, or one that it imports, can name anything of JAX: false only if that is sure."""
        return name in self._mentioning

    def concerns_jax(self, name: str) -> bool:
        """Whether the module mentions JAX, or one of its home does that imports it and might put it under `jit`.

        What is outside of its home does not count: a module's findings are its project's alone.
        """
        return name in self._concerned

    def connected(self, name: str) -> frozenset[str]:
        """All that can bear on the findings in `name`: it, its importers within its home, and all that these import."""
        home = self._found.files[name].home
        above = [each for each in self._graph.importers([name]) if self._found.files[each].home == home]
        return self._graph.imports(above)

    @cached_property
    def _mentioning(self) -> frozenset[str]:
        return self._graph.importers(self._found.mentioning)

    @cached_property
    def _concerned(self) -> frozenset[str]:
        by_home: dict[Home, list[str]] = {}
        for name in self._mentioning:
            by_home.setdefault(self._found.files[name].home, []).append(name)
        return frozenset(
            name
            for home, mentioning in by_home.items()
            for name in self._graph.imports(mentioning)
            if self._found.files[name].home == home
        )

    def _tree_or_failure(self, name: str) -> nodes.Module | BuildFailure | None:
        file = self.find(name)
        if file is None:
            return None
        if file.name not in self._trees:
            self._trees[file.name] = self._make_tree(file)
        return self._trees[file.name]

    def _make_tree(self, file: SourceFile) -> nodes.Module | BuildFailure:
        ready = None if self._provider is None else self._provider(file.path)
        if ready is not None:
            return ready
        data = self._read(file.path)
        built = data if isinstance(data, BuildFailure) else build_tree(data, file.path, file.name)
        return built if isinstance(built, BuildFailure) else built.module

    def _read(self, path: Path) -> bytes | BuildFailure:
        return self._unsaved[path] if path in self._unsaved else read_source(path)
