"""Test frameworks: absl, unittest, Chex's variants."""

from __future__ import annotations

from jaxlint.model.schema import ClassKind, Hiding, LibraryClass, Row, Selects, Staging, Wrapper

ROWS: tuple[Row, ...] = (
    LibraryClass("unittest.TestCase", ClassKind.OBJECT, ("unittest.case.TestCase",), initialisers=("setUp",)),
    LibraryClass("absl.testing.absltest.TestCase", ClassKind.OBJECT, initialisers=("setUp",)),
    LibraryClass("absl.testing.parameterized.TestCase", ClassKind.OBJECT, initialisers=("setUp",)),
    LibraryClass("chex.TestCase", ClassKind.OBJECT, initialisers=("setUp",)),
    # `@chex.variants(with_jit=True)` and its relatives give the test an attribute that jits.
    Wrapper(
        "chex.TestCase.variant",
        Hiding.HIDDEN,
        Staging.YES,
        Selects.NOT_STATIC,
        decorator_options=True,
        aliases=("absl.testing.parameterized.TestCase.variant",),
    ),
)
