"""Which arguments a transformation of a framework traces, and which leaves of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from jaxlint.model.schema import Gives, Hiding, Leaves, Loop, Selects, Staging, Wrapper
from tests.model.frameworks.rows import library, of
from tests.model.frameworks.running import X, in_linen, kind_of


class Seen:
    """A function that notes what it is given."""

    def __init__(self, result: Callable[..., Any] = lambda *arguments: jnp.sum(arguments[0])) -> None:
        self.kinds: list[str] = []
        self.staged: bool | None = None
        self._result = result

    def __call__(self, *arguments: Any) -> Any:
        self.kinds = [kind_of(argument) for argument in arguments]
        self.staged = isinstance(jnp.zeros(2), jax.core.Tracer)
        return self._result(*arguments)


KINDS = {Hiding.HIDDEN: "hidden", Hiding.PRIMAL: "primal"}


def plain(function: Seen) -> Callable[..., Any]:
    """The same as a function, which has a name."""

    def named(*arguments: Any) -> Any:
        return function(*arguments)

    return named


def module_of(function: Seen) -> Any:
    nn = library("flax.linen")

    class Noted(nn.Module):  # type: ignore[misc]
        def __call__(self, *arguments: Any) -> Any:
            return function(*arguments)

    return Noted


def scanned(function: Seen) -> Seen:
    function._result = lambda carry, x: (carry, x)
    return function


def _in_haiku(body: Callable[[], Any]) -> Any:
    """In `apply` only, since not all of Haiku's loops can be called in `init`."""
    return library("haiku").transform(body).apply({}, None)


def _with_derivative(function: Any) -> Any:
    """The function with a rule, without which it cannot be called."""
    function.def_jvp(lambda primals, tangents: (primals[0], tangents[0]))
    return function


WRAPPED: dict[str, Callable[[Any, Seen], Any]] = {
    "equinox.filter_vmap": lambda wrap, f: wrap(plain(f))(X, 3),
    "equinox.filter_custom_jvp": lambda wrap, f: _with_derivative(wrap(plain(f)))(X, 3),
    "equinox.filter_pmap": lambda wrap, f: wrap(plain(f))(X[:1], 3),
    "flax.linen.jit": lambda wrap, f: wrap(module_of(f))().apply({}, X, 3),
    "flax.linen.remat": lambda wrap, f: wrap(module_of(f))().apply({}, X, 3),
    "flax.linen.vmap": lambda wrap, f: wrap(module_of(f), in_axes=(0, None))().apply({}, X, 3),
    "flax.linen.scan": lambda wrap, f: wrap(module_of(scanned(f)))().apply({}, jnp.zeros(3), X),
    "flax.nnx.vmap": lambda wrap, f: wrap(plain(f), in_axes=(0, None))(X, 3),
    "flax.nnx.pmap": lambda wrap, f: wrap(plain(f))(X[:1], jnp.ones(1)),
    "flax.nnx.scan": lambda wrap, f: wrap(plain(scanned(f)))(jnp.zeros(3), X),
    "haiku.grad": lambda wrap, f: _in_haiku(lambda: wrap(plain(f))(X, 3)),
    "haiku.value_and_grad": lambda wrap, f: _in_haiku(lambda: wrap(plain(f))(X, 3)),
    "haiku.vmap": lambda wrap, f: _in_haiku(lambda: wrap(plain(f), in_axes=(0, None), split_rng=False)(X, 3)),
    "haiku.remat": lambda wrap, f: _in_haiku(lambda: wrap(plain(f))(X, 3)),
    "numpyro.handlers.substitute": lambda wrap, f: wrap(plain(f), {})(X, 3),
    "numpyro.handlers.condition": lambda wrap, f: wrap(plain(f), {})(X, 3),
    "numpyro.handlers.reparam": lambda wrap, f: wrap(plain(f), {})(X, 3),
    "numpyro.handlers.replay": lambda wrap, f: wrap(plain(f), {})(X, 3),
    "numpyro.handlers.seed": lambda wrap, f: wrap(plain(f), 0)(X, 3),
    "numpyro.handlers.lift": lambda wrap, f: wrap(plain(f), {})(X, 3),
    "numpyro.handlers.infer_config": lambda wrap, f: wrap(plain(f), lambda site: {})(X, 3),
    "equinox.debug.assert_max_traces": lambda wrap, f: wrap(plain(f), max_traces=2)(X, 3),
}


@of(Wrapper)
def test_a_wrapper_traces_what_its_row_says(row: Wrapper) -> None:
    wrap, seen = library(row.path), Seen()
    WRAPPED.get(row.path, lambda wrap, f: wrap(plain(f))(X, 3))(wrap, seen)
    first, second = seen.kinds
    assert first == KINDS.get(row.hiding, "array")
    if row.selects is Selects.ARGNUMS or row.leaves is not Leaves.ALL or row.hiding is Hiding.SAME:
        assert second == "python"
    elif row.selects is not Selects.IN_AXES:
        assert second == "hidden"
    assert seen.staged is (row.staging is Staging.YES)


_FILTERED = (Leaves.ARRAYS, Leaves.INEXACT)


@of(Wrapper, where=lambda row: row.leaves in _FILTERED and row.hiding in KINDS and row.path != "equinox.filter_pmap")
def test_only_some_leaves_are_traced(row: Wrapper) -> None:
    wrap = library(row.path)
    seen = Seen(lambda *arguments: jnp.sum(jnp.asarray(arguments[0])))
    wrap(plain(seen))(np.ones(3), 2.5, "text", None, True)
    assert seen.kinds == [KINDS[row.hiding], *["python"] * 4]
    if row.leaves is Leaves.INEXACT:
        inner: list[str] = []

        def look(tree: Any) -> Any:
            inner.extend(map(kind_of, tree))
            return jnp.sum(tree[0])

        wrap(look)((X, jnp.arange(3), 2))
        assert inner == [KINDS[row.hiding], "array", "python"]


LOOPED: dict[str, Callable[[Any, Seen], Any]] = {
    "equinox.filter_eval_shape": lambda loop, f: loop(plain(f), X),
    "equinox.filter_jvp": lambda loop, f: loop(plain(f), (X,), (X,)),
    "equinox.filter_vjp": lambda loop, f: loop(plain(f), X),
    "equinox.filter_closure_convert": lambda loop, f: loop(plain(f), X),
    "equinox.internal.cached_filter_eval_shape": lambda loop, f: loop(plain(f), X),
    "equinox.internal.while_loop": lambda loop, f: loop(lambda x: (f(x), x < 0)[1][0], lambda x: x, X, kind="lax"),
    "equinox.internal.scan": lambda loop, f: loop(lambda c, x: (f(c, x), (c, x))[1], X, X, kind="lax"),
    "equinox.filter_pure_callback": lambda loop, f: loop(
        plain(f), X, result_shape_dtypes=jax.ShapeDtypeStruct((), jnp.float32)
    ),
    "flax.linen.cond": lambda loop, f: in_linen(lambda m: loop(True, lambda m, x: f(x), lambda m, x: f(x), m, X)),
    "flax.linen.switch": lambda loop, f: in_linen(lambda m: loop(0, [lambda m, x: f(x)] * 2, m, X)),
    "flax.linen.while_loop": lambda loop, f: in_linen(
        lambda m: loop(lambda m, x: x.sum() < 3, lambda m, x: (f(x), x + 1)[1], m, X)
    ),
    "flax.linen.jvp": lambda loop, f: in_linen(lambda m: loop(lambda m, x: f(x), m, (X,), (X,), {})),
    **{
        f"flax.linen.{name}": lambda loop, f: in_linen(lambda m: loop(lambda m, x: f(x), m, X))
        for name in ("vjp", "grad", "value_and_grad")
    },
    "flax.nnx.eval_shape": lambda loop, f: loop(plain(f), X),
    "haiku.eval_shape": lambda loop, f: _in_haiku(lambda: loop(plain(f), X)),
}


def _generic(loop: Any, name: str, f: Seen) -> Any:
    match name:
        case "cond":
            return loop(True, plain(f), plain(f), X)
        case "switch":
            return loop(0, [plain(f), plain(f)], X)
        case "fori_loop":
            return loop(0, 3, lambda i, x: (f(x), x)[1], X)
        case "while_loop":
            return loop(lambda x: x.sum() < 3, lambda x: (f(x), x + 1)[1], X)
        case "scan":
            return loop(lambda carry, x: (f(carry), (carry, x))[1], X, X)
        case "map":
            return loop(plain(f), X)
    raise AssertionError(f"no recipe for {name}")


def _run(row: Loop, seen: Seen) -> None:
    loop = library(row.path)
    recipe = LOOPED.get(row.path)
    if recipe is not None:
        recipe(loop, seen)
    elif row.path.startswith("haiku."):
        _in_haiku(lambda: _generic(loop, row.path.rpartition(".")[2], seen))
    else:
        _generic(loop, row.path.rpartition(".")[2], seen)


@of(Loop)
def test_a_loop_traces_what_its_row_says(row: Loop) -> None:
    seen = Seen()
    if row.staging is Staging.NO:
        seen = Seen(lambda *arguments: np.sum(arguments[0]))
    _run(row, seen)
    assert seen.kinds[0] == KINDS.get(row.hiding, "array")
    if row.staging is not Staging.NO:
        assert seen.staged is (row.staging is Staging.YES)


@of(Wrapper, where=lambda row: row.hiding is Hiding.HIDDEN)
def test_a_wrapper_runs_as_python_does_where_its_row_says_so(row: Wrapper) -> None:
    seen = Seen()
    with jax.disable_jit():
        WRAPPED.get(row.path, lambda wrap, f: wrap(plain(f))(X, 3))(library(row.path), seen)
    assert (seen.kinds[0] != "hidden") is row.plain


@of(Loop, where=lambda row: row.hiding is Hiding.HIDDEN and row.gives is not Gives.SHAPES)
def test_a_loop_runs_as_python_does_where_its_row_says_so(row: Loop) -> None:
    seen = Seen()
    with jax.disable_jit():
        _run(row, seen)
    assert (seen.kinds[0] != "hidden") is row.plain


@of(Wrapper, where=lambda row: row.leaves is Leaves.PARAMETERS)
def test_of_the_variables_the_parameters_are_differentiated(row: Wrapper) -> None:
    wrap, nnx = library(row.path), library("flax.nnx")
    kinds: list[str] = []

    class Two(nnx.Module):  # type: ignore[misc]
        def __init__(self) -> None:
            self.w = nnx.Param(X)
            self.mean = nnx.BatchStat(X)

    def loss(module: Any) -> Any:
        kinds.extend(kind_of(variable.value) for variable in (module.w, module.mean))
        return jnp.sum(module.w.value)

    wrap(loss)(Two())
    assert kinds == ["primal", "array"]
