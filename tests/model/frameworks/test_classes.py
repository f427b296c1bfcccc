"""Classes of frameworks are of the kind that their rows say, and so are those that users derive from them."""

from __future__ import annotations

import contextlib
import dataclasses
import inspect
from typing import Any

import jax
import pytest

from jaxlint.model.schema import ClassDecorator, ClassKind, FieldMarker, LibraryClass
from tests.model.frameworks.rows import library, of
from tests.model.frameworks.running import X, kind_of


@of(LibraryClass)
def test_a_class_is_of_its_kind(row: LibraryClass) -> None:
    cls = library(row.path)
    if row.kind is ClassKind.REF:
        assert isinstance(cls(X).value, jax.Array)
        assert isinstance(cls(X)[...], jax.Array)
        assert isinstance(cls(X) + 1, jax.Array)
        return
    for name in row.initialisers:
        assert callable(getattr(cls, name))
    if row.base:
        assert issubclass(cls, library(row.base))
    match row.kind:
        case ClassKind.NAMEDTUPLE:
            assert issubclass(cls, tuple)
            assert cls._fields == row.fields
        case ClassKind.MODULE_BASE:
            sub = type("Sub", (cls,), {})
            assert dataclasses.is_dataclass(sub)
            assert len(jax.tree.leaves(object.__new__(sub))) == 1
        case ClassKind.OBJECT:
            assert not dataclasses.is_dataclass(cls)
            parameters = list(inspect.signature(cls).parameters)
            assert tuple(parameters[: len(row.fields)]) == row.fields
        case ClassKind.OWN_PYTREE:
            sub: Any = type("Sub", (cls,), dict.fromkeys(getattr(cls, "__abstractmethods__", ())))
            made = sub.__new__(sub)
            with contextlib.suppress(AttributeError):
                assert jax.tree.leaves(made) != [made]  # flattened, or refused for what its constructor did not set
        case ClassKind.PYTREE_BASE if row.fields and row.fields == row.static:
            assert tuple(inspect.signature(cls).parameters) == row.fields
            assert not jax.tree.leaves(cls(X))
            assert all(getattr(cls(X), name) is not None for name in row.fields)
        case ClassKind.PYTREE_BASE if row.fields:
            fields = {field.name: field for field in dataclasses.fields(cls)}
            assert tuple(fields) == row.fields
            assert tuple(n for n, field in fields.items() if not field.metadata.get("pytree_node", True)) == row.static
            for creator in row.creators:
                assert inspect.ismethod(getattr(cls, creator))


@pytest.mark.parametrize("path", ["equinox.Module", "flax.struct.PyTreeNode"])
def test_annotated_fields_of_a_subclass_are_children(path: str) -> None:
    base = library(path)
    marker = library("equinox.field" if path.startswith("equinox") else "flax.struct.field")
    static = {"static": True} if path.startswith("equinox") else {"pytree_node": False}

    class Sub(base):  # type: ignore[misc]
        w: Any
        n: int
        kept: str = marker(default="kept", **static)

    assert jax.tree.leaves(Sub(X, 2)) == [X, 2]


def test_the_state_of_a_module_is_its_arrays() -> None:
    nnx = library("flax.nnx")

    class Sub(nnx.Module):  # type: ignore[misc]
        def __init__(self) -> None:
            self.n = 2
            self.w = nnx.Param(X)

    kinds: list[str] = []

    @nnx.jit
    def run(module: Any) -> None:
        kinds.extend([kind_of(module.n), kind_of(module.w.value)])
        module.w.value = module.w.value + 1

    module = Sub()
    run(module)
    assert kinds == ["python", "hidden"]
    assert isinstance(module.w.value, jax.Array)
    assert float(module.w.value[0]) == 1.5


@of(ClassDecorator)
def test_a_decorated_class_is_a_pytree(row: ClassDecorator) -> None:
    decorate = library(row.path)

    class Plain:
        w: Any
        n: int

    made = decorate(Plain)(w=X, n=2)
    assert sorted(map(str, jax.tree.leaves(made))) == sorted([str(X), "2"])


@of(FieldMarker)
def test_a_field_marker_declares_a_field(row: FieldMarker) -> None:
    assert isinstance(library(row.path)(), dataclasses.Field)
