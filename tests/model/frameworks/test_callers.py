"""What calls the user's functions takes off what is its own; what makes an object of them makes that object."""

from __future__ import annotations

from typing import Any

import jax
import jax.numpy as jnp

from jaxlint.model import Model
from jaxlint.model.schema import Caller, Gets, Lessener, LibraryClass, Maker
from tests.model.frameworks.rows import library, of
from tests.model.frameworks.running import KEY, X, kind_of

IN_LINEN = of(Caller, where=lambda row: row.path.startswith("flax."))


def _linen(seen: list[Any]) -> Any:
    nn = library("flax.linen")

    class Noted(nn.Module):  # type: ignore[misc]
        def setup(self) -> None:
            self.w = self.param("w", nn.initializers.ones, (3,))

        def __call__(self, *arguments: Any, **keywords: Any) -> Any:
            seen.append((arguments, keywords))
            return arguments[0] * self.w

        def other(self, *arguments: Any) -> Any:
            seen.append(("other", arguments))
            return arguments[0]

    return Noted()


VARIABLES = {"params": {"w": jnp.ones(3)}}


@IN_LINEN
def test_a_caller_of_a_module_takes_off_what_is_its_own(row: Caller) -> None:
    library(row.path)
    seen: list[Any] = []
    model = _linen(seen)
    method = getattr(model, row.name)
    own = VARIABLES if row.state else KEY
    assert len(row.own) == 1
    if row.gets is Gets.OBJECT:
        bound = method(own)
        bound(X)
        assert seen == [((X,), {})]
        return
    result = method(own, X, 2, flag=True)
    assert seen == [((X, 2), {"flag": True})]
    seen.clear()
    method(own, X, **{row.instead: "other"})
    method(own, X, **{row.instead: type(model).other})
    method(own, X, **{row.instead: model.other})
    assert seen == [("other", (X,))] * 3
    match row.gets:
        case Gets.STATE:
            assert all(isinstance(leaf, jax.Array) for leaf in jax.tree.leaves(result))
        case Gets.WITH_STATE:
            assert len(result) == 2
        case Gets.PERHAPS_STATE:
            assert isinstance(result, jax.Array)
            assert isinstance(method(own, X, **{row.switch: False}), jax.Array)
            assert len(method(own, X, **{row.switch: ["params"]})) == 2


@of(Caller, where=lambda row: row.path.startswith("flax.") and row.gets is not Gets.OBJECT)
def test_a_caller_opens_no_trace(row: Caller) -> None:
    library(row.path)
    kinds: list[str] = []
    model = _linen([])
    own = VARIABLES if row.state else KEY
    call = getattr(model, row.name)

    def noted(x: Any) -> Any:
        return call(own, x, method=lambda module, x: (kinds.append(kind_of(x)), x)[1])

    noted(X)
    assert kinds == ["array"]
    jax.jit(noted)(X)
    assert kinds == ["array", "hidden"]


@of(Maker)
def test_a_maker_makes_an_object_of_functions(row: Maker) -> None:
    make = library(row.path)
    hk = library("haiku")
    seen: list[Any] = []

    def function(*arguments: Any, **keywords: Any) -> Any:
        seen.append((arguments, keywords))
        return arguments[0] * hk.get_parameter("w", (3,), init=jnp.ones)

    made = make(function)
    cls = library(row.makes)
    assert isinstance(made, cls)
    fields = Model.standard().meaning(row.makes)
    assert isinstance(fields, LibraryClass)
    assert cls._fields == fields.fields
    own: dict[str, Any] = {"rng": KEY, "params": {"~": {"w": jnp.ones(3)}}, "state": {}}
    for member in row.members:
        seen.clear()
        result = getattr(made, member.name)(*(own[name] for name in member.own), X, 2, flag=True)
        assert seen == [((X, 2), {"flag": True})]
        match member.gets:
            case Gets.SAME:
                assert isinstance(result, jax.Array)
            case Gets.STATE:
                assert isinstance(result, dict)
            case Gets.STATES | Gets.WITH_STATE:
                assert len(result) == 2


@of(Lessener)
def test_a_lessener_takes_a_parameter_away(row: Lessener) -> None:
    lessen, hk = library(row.path), library("haiku")
    seen: list[Any] = []
    made = lessen(hk.transform(lambda *arguments: (seen.append(arguments), arguments[0])[1]))
    getattr(made, row.member)({}, X)
    assert seen == [(X,)]
