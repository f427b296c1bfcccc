"""The table of all rows, looked up by the public dotted name.

model = Model.standard()
model.meaning("jax.numpy.sum")            # the Operation
model.canonical("jax.tree_util.tree_map") # "jax.tree.map"
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from types import MappingProxyType

from jaxlint.model import (
    array_api,
    host_numpy,
    host_random,
    jax_core,
    jax_lax,
    jax_nn,
    jax_numpy,
    jax_numpy_arrays,
    jax_numpy_linalg,
    jax_numpy_names,
    jax_random,
    jax_scipy,
    stdlib,
    transformations,
)
from jaxlint.model.frameworks import LIBRARIES, testing
from jaxlint.model.schema import ArrayAttribute, Row

MODULES = (
    jax_core,
    jax_numpy,
    jax_numpy_arrays,
    jax_numpy_linalg,
    jax_numpy_names,
    jax_lax,
    jax_nn,
    jax_random,
    jax_scipy,
    transformations,
    host_numpy,
    host_random,
    stdlib,
    testing,
    *LIBRARIES,
)
"""The modules of rows, in the order in which `Model.standard` reads them."""


class DuplicateRowError(ValueError):
    """Two rows claim one name."""


class Model:
    """Rows by name. Immutable once made.

    Raises:
        DuplicateRowError: when a path or alias stands in two rows.
    """

    __slots__ = ("_by_name", "_rows", "attributes")

    attributes: Mapping[str, ArrayAttribute]

    def __init__(self, rows: Iterable[Row], attributes: Mapping[str, ArrayAttribute] = array_api.ATTRIBUTES) -> None:
        self._rows = tuple(rows)
        by_name: dict[str, Row] = {}
        for row in self._rows:
            for name in (row.path, *row.aliases):
                if name in by_name:
                    raise DuplicateRowError(f"{name} has two rows")
                by_name[name] = row
        self._by_name: Mapping[str, Row] = MappingProxyType(by_name)
        self.attributes = attributes

    @staticmethod
    @cache
    def standard() -> Model:
        """The model of JAX, NumPy, SciPy and the standard library; made once per process."""
        return Model(row for module in MODULES for row in module.ROWS)

    def extended(self, rows: Iterable[Row]) -> Model:
        """The model with further rows.

        Raises:
            DuplicateRowError: when one of them has a name that a row has already.
        """
        return Model((*self._rows, *rows), self.attributes)

    def meaning(self, path: str) -> Row | None:
        """The row of a public name or of an alias; None when nothing is claimed of it."""
        return self._by_name.get(path)

    def canonical(self, path: str) -> str:
        """The path under which the row of a name is listed; the name itself when it has no row."""
        row = self._by_name.get(path)
        return path if row is None else row.path

    def __iter__(self) -> Iterator[Row]:
        """All rows, in the order of the modules."""
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)
