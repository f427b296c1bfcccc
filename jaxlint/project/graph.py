"""Who imports whom: closures over the import statements of a project. Cycles are fine."""

from __future__ import annotations

from collections.abc import Iterable, Mapping


class ImportGraph:
    """Modules by name, and for each the modules of the project that it imports."""

    def __init__(self, imports: Mapping[str, Iterable[str]]) -> None:
        self._imports = imports
        importers: dict[str, list[str]] = {name: [] for name in imports}
        for importer, imported in imports.items():
            for name in imported:
                importers[name].append(importer)
        self._importers: Mapping[str, Iterable[str]] = importers

    def imports(self, names: Iterable[str]) -> frozenset[str]:
        """`names`, with all that they import, directly or through others."""
        return _reachable(names, self._imports)

    def importers(self, names: Iterable[str]) -> frozenset[str]:
        """`names`, with all that import them, directly or through others."""
        return _reachable(names, self._importers)


def _reachable(names: Iterable[str], edges: Mapping[str, Iterable[str]]) -> frozenset[str]:
    found = set(names)
    waiting = list(found)
    while waiting:
        for name in edges[waiting.pop()]:
            if name not in found:
                found.add(name)
                waiting.append(name)
    return frozenset(found)
