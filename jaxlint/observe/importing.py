"""The import hook: modules of the observed files are rewritten in memory when they are imported."""

from __future__ import annotations

import importlib.machinery
import sys
from collections.abc import Callable, Sequence
from importlib.abc import MetaPathFinder
from pathlib import Path
from types import CodeType, ModuleType
from typing import Any

from jaxlint.observe.rewriting import rewritten
from jaxlint.observe.sites import Site

NumberOf = Callable[[Site], int]


def compiled(path: Path, number_of: NumberOf) -> CodeType:
    """The code of a file with its bindings observed."""
    real = str(path.resolve())
    code: CodeType = compile(rewritten(path.read_bytes(), real, number_of), str(path), "exec", dont_inherit=True)
    return code


class ObservedLoader(importlib.machinery.SourceFileLoader):
    """Loads a source file with its bindings observed, past the cache of bytecode."""

    number_of: NumberOf

    def get_code(self, fullname: str) -> CodeType:
        """The code of the module."""
        return compiled(Path(self.get_filename(fullname)), self.number_of)


def found_after(
    finder: MetaPathFinder, fullname: str, path: Sequence[str] | None, target: ModuleType | None
) -> importlib.machinery.ModuleSpec | None:
    """The spec of a module as the finders after this one find it."""
    after = sys.meta_path[sys.meta_path.index(finder) + 1 :]
    return next((spec for other in after if (spec := other.find_spec(fullname, path, target)) is not None), None)


class ObservingFinder(MetaPathFinder):
    """Finds modules as the finders after it do, and has those of the observed files rewritten."""

    def __init__(self, observed: Sequence[Path], number_of: NumberOf) -> None:
        self._observed = tuple(path.resolve() for path in observed)
        self._number_of = number_of

    def observes(self, path: Path) -> bool:
        """Whether a file is one of those to observe."""
        real = path.resolve()
        return any(real == observed or observed in real.parents for observed in self._observed)

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        """The spec of a module whose file is observed; None for all others, which the next finder finds."""
        spec = found_after(self, fullname, path, target)
        return None if spec is None else self._observing(spec)

    def _observing(self, spec: importlib.machinery.ModuleSpec) -> importlib.machinery.ModuleSpec:
        loader: Any = spec.loader
        if type(loader) is importlib.machinery.SourceFileLoader and self.observes(Path(loader.path)):
            spec.loader = ObservedLoader(loader.name, loader.path)
            spec.loader.number_of = self._number_of
        return spec
