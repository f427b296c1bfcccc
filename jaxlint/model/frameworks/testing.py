"""Test frameworks: absl, unittest, Chex's variants."""

from __future__ import annotations

from dataclasses import replace

from jaxlint.model.schema import ClassKind, Hiding, LibraryClass, Row, Selects, Staging, Wrapper

_CASE = LibraryClass("unittest.TestCase", ClassKind.OBJECT, initialisers=("setUp",), runs="test")
_VARIANT = Wrapper("chex.TestCase.variant", Hiding.HIDDEN, Staging.YES, Selects.NOT_STATIC, decorator_options=True)

ROWS: tuple[Row, ...] = (
    replace(_CASE, aliases=("unittest.case.TestCase",)),
    replace(_CASE, path="absl.testing.absltest.TestCase"),
    replace(_CASE, path="absl.testing.parameterized.TestCase"),
    replace(_CASE, path="chex.TestCase"),
    # `@chex.variants(with_jit=True)` and its relatives give the test an attribute that jits, or does not.
    replace(_VARIANT, aliases=("absl.testing.parameterized.TestCase.variant",)),
    replace(_VARIANT, path="chex.TestCase.variant.plain", hiding=Hiding.SAME, staging=Staging.INHERIT),
)
