"""Test frameworks: absl, unittest, Chex's variants."""

from __future__ import annotations

from dataclasses import replace

from jaxlint.model.schema import ClassKind, Hiding, LibraryClass, Row, Selects, Staging, Wrapper

_CASE = LibraryClass("unittest.TestCase", ClassKind.OBJECT, initialisers=("setUp",), runs="test")
_JITTED = Wrapper("chex.variants.with_jit", Hiding.HIDDEN, Staging.YES, Selects.NOT_STATIC, decorator_options=True)

ROWS: tuple[Row, ...] = (
    replace(_CASE, aliases=("unittest.case.TestCase",)),
    replace(_CASE, path="absl.testing.absltest.TestCase"),
    replace(_CASE, path="absl.testing.parameterized.TestCase"),
    replace(_CASE, path="chex.TestCase"),
    # `@chex.variants(with_jit=True)` and its relatives give the test an attribute that jits, maps, or does neither; which
    # of them it is hangs on the decorator alone.
    _JITTED,
    # What is handed in is copied for each device, or has an axis for them already; what comes out is that of the first, or
    # has one more.
    replace(_JITTED, path="chex.variants.with_pmap", axis=True, binds="i", blocks=True),
    replace(_JITTED, path="chex.variants.plain", hiding=Hiding.SAME, staging=Staging.INHERIT),
)
