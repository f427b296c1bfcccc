"""Every row about a framework against that framework, run; each library's rows where it is installed.

`pip install "pylint-jaxlint[frameworks]"` has them all.
"""

from __future__ import annotations

import dataclasses
import importlib
import inspect
from collections.abc import Callable, Iterator
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from jaxlint.model import Model
from jaxlint.model.frameworks import chex, equinox, flax, flax_nnx, haiku, optax
from jaxlint.model.schema import (
    ArgumentResult,
    ArrayResult,
    Caller,
    ClassDecorator,
    ClassKind,
    FieldMarker,
    Gets,
    Hiding,
    HostResult,
    KeyResult,
    Leaves,
    Lessener,
    LibraryClass,
    LikeResult,
    Loop,
    Maker,
    ObjectResult,
    Operation,
    Reads,
    RefResult,
    Row,
    Selects,
    Staging,
    TreeResult,
    TupleResult,
    UnknownResult,
    Wrapper,
)
from jaxlint.values.base import HostKind

MODULES = (chex, equinox, flax, flax_nnx, haiku, optax)
ROWS = [row for module in MODULES for row in module.ROWS]

X = jnp.linspace(0.5, 1.0, 3)
KEY = jax.random.PRNGKey(0)


def of(*kinds: type[Row]) -> Any:
    """A test for each row of these kinds."""
    rows = [row for row in ROWS if isinstance(row, kinds)]
    return pytest.mark.parametrize("row", rows, ids=lambda row: row.path)


def library(path: str) -> Any:
    """What a public dotted name is in the installed library; the test is skipped where that is not."""
    top = path.partition(".")[0]
    found: Any = pytest.importorskip(top, reason=f"the rows about {top} are tested where {top} is installed")
    parts = path.split(".")[1:]
    for index, part in enumerate(parts):
        if not hasattr(found, part) and inspect.ismodule(found):
            importlib.import_module(".".join([top, *parts[: index + 1]]))
        found = getattr(found, part)
    return found


MADE_UP = {
    "optax.Schedule.__call__": "what Optax's schedules return is a function, which has no class",
    "flax.nnx.Rngs.params": "any name",
    "flax.nnx.Rngs.dropout": "any name",
    "flax.nnx.Rngs.default": "any name",
}
"""Paths of rows that are no attribute of the library, and why."""


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.path)
def test_the_name_is_public(row: Row) -> None:
    for path in (row.path, *row.aliases):
        if path not in MADE_UP:
            assert library(path) is not None


@of(Wrapper, Loop, Operation)
def test_the_parameters_are_those_of_the_signature(row: Wrapper | Loop | Operation) -> None:
    function = library(row.path) if row.path not in MADE_UP else None
    if not row.parameters or not inspect.isroutine(function):
        return  # a field of a named tuple is no function
    names = [name for name in inspect.signature(function).parameters if name != "self"]
    for position, name in enumerate(row.parameters):
        if name.startswith("*"):
            break
        assert names[position] == name


# ------------------------------------------------------------------------------------------------ transformations


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


def kind_of(value: Any) -> str:
    if not isinstance(value, jax.core.Tracer):
        return "array" if isinstance(value, jax.Array | np.ndarray) else "python"
    try:
        bool(jnp.sum(value) > 0)
    except jax.errors.ConcretizationTypeError:
        return "hidden"
    return "primal"


KINDS = {Hiding.HIDDEN: "hidden", Hiding.PRIMAL: "primal"}


def plain(function: Seen) -> Callable[..., Any]:
    """The same as a function, which has a name."""

    def named(*arguments: Any) -> Any:
        return function(*arguments)

    return named


def module_of(function: Seen) -> Any:
    import flax.linen as nn

    class Noted(nn.Module):
        def __call__(self, *arguments: Any) -> Any:
            return function(*arguments)

    return Noted


def _haiku(body: Callable[[], Any]) -> Any:
    import haiku as hk

    return hk.transform(body).apply({}, None)


def scanned(function: Seen) -> Seen:
    function._result = lambda carry, x: (carry, x)
    return function


WRAPPED: dict[str, Callable[[Any, Seen], Any]] = {
    "equinox.filter_vmap": lambda wrap, f: wrap(plain(f))(X, 3),
    "equinox.filter_pmap": lambda wrap, f: wrap(plain(f))(X[:1], 3),
    "flax.linen.jit": lambda wrap, f: wrap(module_of(f))().apply({}, X, 3),
    "flax.linen.remat": lambda wrap, f: wrap(module_of(f))().apply({}, X, 3),
    "flax.linen.vmap": lambda wrap, f: wrap(module_of(f), in_axes=(0, None))().apply({}, X, 3),
    "flax.linen.scan": lambda wrap, f: wrap(module_of(scanned(f)))().apply({}, jnp.zeros(3), X),
    "flax.nnx.vmap": lambda wrap, f: wrap(plain(f), in_axes=(0, None))(X, 3),
    "flax.nnx.pmap": lambda wrap, f: wrap(plain(f))(X[:1], jnp.ones(1)),
    "flax.nnx.scan": lambda wrap, f: wrap(plain(scanned(f)))(jnp.zeros(3), X),
    "haiku.grad": lambda wrap, f: _haiku(lambda: wrap(plain(f))(X, 3)),
    "haiku.value_and_grad": lambda wrap, f: _haiku(lambda: wrap(plain(f))(X, 3)),
    "haiku.vmap": lambda wrap, f: _haiku(lambda: wrap(plain(f), in_axes=(0, None), split_rng=False)(X, 3)),
    "haiku.remat": lambda wrap, f: _haiku(lambda: wrap(plain(f))(X, 3)),
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


@of(Wrapper)
def test_only_some_leaves_are_traced(row: Wrapper) -> None:
    wrap = library(row.path)
    if row.leaves in (Leaves.ALL, Leaves.PARAMETERS) or row.path == "equinox.filter_pmap":
        return
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


def _mdl(call: Callable[[Any], Any]) -> Any:
    import flax.linen as nn

    class Around(nn.Module):
        def __call__(self) -> Any:
            return call(self)

    return Around().apply({})


LOOPED: dict[str, Callable[[Any, Seen], Any]] = {
    "equinox.filter_eval_shape": lambda loop, f: loop(plain(f), X),
    "equinox.filter_jvp": lambda loop, f: loop(plain(f), (X,), (X,)),
    "equinox.filter_vjp": lambda loop, f: loop(plain(f), X),
    "equinox.filter_pure_callback": lambda loop, f: loop(
        plain(f), X, result_shape_dtypes=jax.ShapeDtypeStruct((), jnp.float32)
    ),
    "flax.linen.cond": lambda loop, f: _mdl(lambda m: loop(True, lambda m, x: f(x), lambda m, x: f(x), m, X)),
    "flax.linen.switch": lambda loop, f: _mdl(lambda m: loop(0, [lambda m, x: f(x)] * 2, m, X)),
    "flax.linen.while_loop": lambda loop, f: _mdl(
        lambda m: loop(lambda m, x: x.sum() < 3, lambda m, x: (f(x), x + 1)[1], m, X)
    ),
    "flax.linen.jvp": lambda loop, f: _mdl(lambda m: loop(lambda m, x: f(x), m, (X,), (X,), {})),
    **{
        f"flax.linen.{name}": lambda loop, f: _mdl(lambda m: loop(lambda m, x: f(x), m, X))
        for name in ("vjp", "grad", "value_and_grad")
    },
    "flax.nnx.eval_shape": lambda loop, f: loop(plain(f), X),
    "haiku.eval_shape": lambda loop, f: _haiku(lambda: loop(plain(f), X)),
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


@of(Loop)
def test_a_loop_traces_what_its_row_says(row: Loop) -> None:
    loop, seen = library(row.path), Seen()
    if row.staging is Staging.NO:
        seen = Seen(lambda *arguments: np.sum(arguments[0]))
    recipe = LOOPED.get(row.path)
    if recipe is not None:
        recipe(loop, seen)
    elif row.path.startswith("haiku."):
        _haiku(lambda: _generic(loop, row.path.rpartition(".")[2], seen))
    else:
        _generic(loop, row.path.rpartition(".")[2], seen)
    assert seen.kinds[0] == KINDS.get(row.hiding, "array")
    if row.staging is not Staging.NO:
        assert seen.staged is (row.staging is Staging.YES)


# ------------------------------------------------------------------------------------------------ callers


def _linen(seen: list[Any]) -> Any:
    import flax.linen as nn

    class Noted(nn.Module):
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


@of(Caller)
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


@of(Caller)
def test_a_caller_opens_no_trace(row: Caller) -> None:
    library(row.path)
    kinds: list[str] = []
    model = _linen([])
    own = VARIABLES if row.state else KEY
    if row.gets is not Gets.OBJECT:
        getattr(model, row.name)(own, X, method=lambda module, x: (kinds.append(kind_of(x)), x)[1])
        assert kinds == ["array"]
        jax.jit(lambda x: getattr(model, row.name)(own, x, method=lambda module, x: (kinds.append(kind_of(x)), x)[1]))(X)
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


# ------------------------------------------------------------------------------------------------ classes


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


@of(Wrapper)
def test_of_the_variables_the_parameters_are_differentiated(row: Wrapper) -> None:
    if row.leaves is not Leaves.PARAMETERS:
        return
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


# ------------------------------------------------------------------------------------------------ layers


IMAGE = {1: jnp.ones((1, 4)), 2: jnp.ones((1, 4, 4)), 3: jnp.ones((1, 4, 4, 4))}


def _rank(name: str) -> int:
    return next((int(part) for part in name if part.isdigit()), 2)


def equinox_layer(name: str) -> tuple[Any, Any]:
    cls = library(f"equinox.nn.{name}")
    key = jax.random.key(0)
    if "Conv" in name:
        rank = _rank(name)
        first = (rank,) if name in ("Conv", "ConvTranspose") else ()
        return cls(*first, 1, 1, 2, key=key), IMAGE[rank]
    if "Pool" in name:
        return cls(2), IMAGE[_rank(name)]
    made: dict[str, tuple[Callable[[], Any], Any]] = {
        "Linear": (lambda: cls(3, 2, use_bias=False, key=key), X),
        "MLP": (lambda: cls(3, 2, 4, 1, key=key), X),
        "Embedding": (lambda: cls(3, 2, key=key), jnp.array(1)),
        "LayerNorm": (lambda: cls(3), X),
        "RMSNorm": (lambda: cls(3), X),
        "GroupNorm": (lambda: cls(1, 3), jnp.ones((3, 2))),
        "PReLU": (cls, X),
        "Identity": (cls, X),
        "Lambda": (lambda: cls(jnp.sin), X),
    }
    if name == "GRUCell":
        layer = cls(3, 2, key=key)
        return layer, (X, jnp.ones(2))
    make, argument = made[name]
    return make(), argument


def haiku_layer(name: str) -> Callable[[], Any]:
    cls = library(f"haiku.{name}")
    grid = {1: jnp.ones((1, 4, 1)), 2: jnp.ones((1, 4, 4, 1)), 3: jnp.ones((1, 4, 4, 4, 1))}
    match name:
        case "ConvND":
            return lambda: cls(2, 1, 2)(grid[2])
        case "DepthwiseConv2D" | "SeparableDepthwiseConv2D":
            return lambda: cls(1, 2)(grid[2])
        case _ if "Conv" in name:
            return lambda: cls(1, 2)(grid[_rank(name)])
        case "Embed":
            return lambda: cls(3, 2)(jnp.array([1]))
        case "LayerNorm":
            return lambda: cls(-1, True, True)(X)
        case "RMSNorm":
            return lambda: cls(-1)(X)
        case "GroupNorm":
            return lambda: cls(1)(grid[2])
        case "InstanceNorm":
            return lambda: cls(True, True)(grid[2])
        case "BatchNorm":
            return lambda: cls(True, True, 0.9)(grid[2], is_training=True)
        case "MultiHeadAttention":
            return lambda: cls(1, 2, w_init=library("haiku.initializers").Constant(1.0))(*[jnp.ones((2, 3))] * 3)
        case "AvgPool" | "MaxPool":
            return lambda: cls(2, 1, "SAME")(grid[2])
        case "Reshape":
            return lambda: cls((3, 1))(jnp.ones((2, 3)))
        case "Flatten":
            return lambda: cls()(grid[2])
        case "Bias":
            return lambda: cls()(jnp.ones((1, 3)))
    return lambda: cls(2)(X)


def linen_layer(name: str) -> Callable[[], Any]:
    cls = library(f"flax.linen.{name}")
    grid = jnp.ones((1, 4, 4, 2))
    match name:
        case "Conv" | "ConvTranspose" | "ConvLocal":
            return lambda: cls(2, (2, 2))(grid)
        case "Embed":
            return lambda: cls(3, 2)(jnp.array([1]))
        case "LayerNorm" | "RMSNorm" | "InstanceNorm" | "PReLU":
            return lambda: cls()(grid)
        case "GroupNorm":
            return lambda: cls(num_groups=1)(grid)
        case "BatchNorm":
            return lambda: cls(use_running_average=False)(grid)
        case "Einsum":
            return lambda: cls((3, 2), "a,ab->b")(X)
        case "MultiHeadDotProductAttention" | "SelfAttention" | "MultiHeadAttention":
            return lambda: cls(num_heads=1)(jnp.ones((1, 2, 3)))
        case "Dropout":
            return lambda: cls(0.5, deterministic=False)(X)
    return lambda: cls(2)(X)


def nnx_layer(name: str) -> tuple[Any, Any]:
    cls = library(f"flax.nnx.{name}")
    rngs = library("flax.nnx").Rngs(0)
    grid = jnp.ones((1, 4, 4, 2))
    match name:
        case "Einsum":
            return cls("a,ab->b", (3, 2), rngs=rngs), X
        case "Conv" | "ConvTranspose":
            return cls(2, 2, (2, 2), rngs=rngs), grid
        case "Embed":
            return cls(3, 2, rngs=rngs), jnp.array([1])
        case "GroupNorm":
            return cls(2, num_groups=1, rngs=rngs), grid
        case "BatchNorm" | "LayerNorm" | "RMSNorm":
            return cls(2, rngs=rngs), grid
        case "Dropout":
            return cls(0.5, rngs=rngs), X
    return cls(3, 2, rngs=rngs), X


def _layers() -> Iterator[Operation]:
    owners = ("equinox.nn.", "haiku.", "flax.linen.", "flax.nnx.")
    for row in ROWS:
        if isinstance(row, Operation) and row.path.startswith(owners) and row.path.endswith(".__call__"):
            yield row


LAYERS = [row for row in _layers() if row.path != "flax.nnx.Rngs.__call__"]


def call_layer(path: str) -> Any:
    """What a layer of the framework gives, made and called; and the layer, where its attributes are arrays."""
    owner, _, name = path.rpartition(".")
    match owner:
        case "equinox.nn":
            layer, argument = equinox_layer(name)
            return layer, layer(*argument) if isinstance(argument, tuple) else layer(argument)
        case "haiku":
            return None, run_haiku(haiku_layer(name))
        case "flax.linen":
            return None, run_linen(linen_layer(name))
        case "flax.nnx":
            layer, argument = nnx_layer(name)
            return layer, layer(argument)
    raise AssertionError(path)


def run_haiku(body: Callable[[], Any]) -> Any:
    hk = library("haiku")
    made = hk.transform_with_state(body)
    params, state = made.init(KEY)
    return made.apply(params, state, KEY)[0]


def run_linen(body: Callable[[], Any]) -> Any:
    nn = library("flax.linen")

    class Around(nn.Module):  # type: ignore[misc]
        @nn.compact
        def __call__(self) -> Any:
            return body()

    return Around().init_with_output({"params": KEY, "dropout": KEY})[0]


@pytest.mark.parametrize("row", LAYERS, ids=lambda row: row.path)
def test_a_layer_gives_an_array(row: Operation) -> None:
    path = row.path.removesuffix(".__call__")
    layer, result = call_layer(path)
    assert isinstance(row.result, ArrayResult)
    assert row.result.held
    assert isinstance(result, jax.Array)
    cls = Model.standard().meaning(path)
    assert isinstance(cls, LibraryClass)
    for name in cls.arrays:
        value = getattr(layer, name)
        assert isinstance(value.value if cls.kind is ClassKind.STATE_BASE else value, jax.Array)


# ------------------------------------------------------------------------------------------------ operations


TREE = {"a": X, "b": (X, X)}
OBJECTS = {"optax.GradientTransformation": "optax.GradientTransformation", "optax.Schedule": None}


def _in_module(call: Callable[[Any], Any]) -> Any:
    nn = library("flax.linen")
    kept: list[Any] = []

    class Around(nn.Module):  # type: ignore[misc]
        @nn.compact
        def __call__(self) -> Any:
            kept.append(call(self))
            return jnp.zeros(())

    Around().init({"params": KEY, "noise": KEY})
    return kept[0]


def _in_haiku(call: Callable[[Any], Any]) -> Any:
    hk = library("haiku")
    kept: list[Any] = []
    hk.transform_with_state(lambda: kept.append(call(hk))).init(KEY)
    return kept[0]


def _state_of_training() -> Any:
    import optax as installed

    return library("flax.training.train_state.TrainState").create(apply_fn=None, params=TREE, tx=installed.sgd(0.1))


LABELS = jnp.array([0, 1, 2])
LOGITS = jnp.ones((3, 3))

OPERATIONS: dict[str, Callable[[Any], Any]] = {
    "equinox.filter": lambda f: f(TREE, lambda leaf: True),
    "equinox.partition": lambda f: f(TREE, lambda leaf: True),
    "equinox.combine": lambda f: f(TREE, {"a": None, "b": (None, None)}),
    "equinox.tree_at": lambda f: f(lambda tree: tree["a"], TREE, X),
    "equinox.apply_updates": lambda f: f(TREE, TREE),
    **{
        f"equinox.{name}": lambda f: f(X)
        for name in ("is_array", "is_array_like", "is_inexact_array", "is_inexact_array_like")
    },
    "flax.linen.Module.param": lambda f: _in_module(lambda m: m.param("w", lambda key: X)),
    "flax.linen.Module.variable": lambda f: _in_module(lambda m: m.variable("stats", "w", lambda: X)),
    "flax.linen.Module.make_rng": lambda f: _in_module(lambda m: m.make_rng("noise")),
    "flax.linen.Module.perturb": lambda f: _in_module(lambda m: m.perturb("p", X)),
    "flax.linen.Module.sow": lambda f: _in_module(lambda m: m.sow("stats", "w", X)),
    "flax.linen.Module.has_variable": lambda f: _in_module(lambda m: m.has_variable("stats", "w")),
    "flax.linen.Module.has_rng": lambda f: _in_module(lambda m: m.has_rng("noise")),
    "flax.linen.Module.is_initializing": lambda f: _in_module(lambda m: m.is_initializing()),
    "flax.linen.Module.is_mutable_collection": lambda f: _in_module(lambda m: m.is_mutable_collection("stats")),
    **{f"flax.linen.{name}_pool": lambda f: f(jnp.ones((1, 4, 4, 1)), (2, 2)) for name in ("max", "avg", "min")},
    "flax.linen.pool": lambda f: f(jnp.ones((1, 4, 4, 1)), 0.0, jax.lax.add, (2, 2), (1, 1), "SAME"),
    "flax.linen.one_hot": lambda f: f(LABELS, 3),
    "flax.linen.glu": lambda f: f(jnp.ones(4)),
    "flax.training.train_state.TrainState.apply_gradients": lambda f: _state_of_training().apply_gradients(grads=TREE),
    "flax.nnx.Rngs.__call__": lambda f: library("flax.nnx").Rngs(0)(),
    **{
        f"flax.nnx.Rngs.{n}": lambda f, n=n: getattr(library("flax.nnx").Rngs(0), n)()
        for n in ("params", "dropout", "default")
    },
    "flax.nnx.state": lambda f: f(library("flax.nnx").Linear(3, 2, rngs=library("flax.nnx").Rngs(0))),
    "haiku.get_parameter": lambda f: _in_haiku(lambda hk: f("w", (3,), init=_ones_of_shape)),
    "haiku.get_state": lambda f: _in_haiku(lambda hk: f("s", (3,), init=_ones_of_shape)),
    "haiku.set_state": lambda f: _in_haiku(lambda hk: f("s", X)),
    "haiku.next_rng_key": lambda f: _in_haiku(lambda hk: f()),
    "haiku.maybe_next_rng_key": lambda f: _in_haiku(lambda hk: f()),
    "haiku.next_rng_keys": lambda f: _in_haiku(lambda hk: f(2)),
    "haiku.running_init": lambda f: _in_haiku(lambda hk: f()),
    "haiku.dropout": lambda f: f(KEY, 0.5, X),
    "haiku.avg_pool": lambda f: f(jnp.ones((1, 4, 4, 1)), 2, 1, "SAME"),
    "haiku.max_pool": lambda f: f(jnp.ones((1, 4, 4, 1)), 2, 1, "SAME"),
    "haiku.one_hot": lambda f: f(LABELS, 3),
    "optax.GradientTransformation.init": lambda f: library("optax").adam(0.1).init(TREE),
    "optax.GradientTransformation.update": lambda f: (
        library("optax").adam(0.1).update(TREE, library("optax").adam(0.1).init(TREE), TREE)
    ),
    "optax.apply_updates": lambda f: f(TREE, TREE),
    "optax.incremental_update": lambda f: f(TREE, TREE, 0.5),
    "optax.periodic_update": lambda f: f(TREE, TREE, jnp.array(1), 2),
    "optax.global_norm": lambda f: f(TREE),
    "optax.Schedule.__call__": lambda f: library("optax").exponential_decay(0.1, 10, 0.5)(3),
    "optax.softmax_cross_entropy": lambda f: f(LOGITS, LOGITS),
    "optax.softmax_cross_entropy_with_integer_labels": lambda f: f(LOGITS, LABELS),
    "optax.sigmoid_binary_cross_entropy": lambda f: f(LOGITS, LOGITS),
    "optax.smooth_labels": lambda f: f(LOGITS, 0.1),
    **{
        f"optax.{name}": lambda f: f(X, X)
        for name in ("huber_loss", "l2_loss", "squared_error", "log_cosh", "cosine_similarity", "cosine_distance")
    },
    "optax.add_decayed_weights": lambda f: f(0.1),
    "optax.adaptive_grad_clip": lambda f: f(0.1),
    "optax.add_noise": lambda f: f(0.1, 0.5, 0),
    "optax.clip": lambda f: f(0.1),
    "optax.clip_by_block_rms": lambda f: f(0.1),
    "optax.clip_by_global_norm": lambda f: f(0.1),
    "optax.ema": lambda f: f(0.1),
    "optax.scale": lambda f: f(0.1),
    "optax.scale_by_schedule": lambda f: f(lambda count: 0.1),
    "optax.scale_by_learning_rate": lambda f: f(0.1),
    "optax.trace": lambda f: f(0.9),
    "optax.noisy_sgd": lambda f: f(0.1),
    "optax.cosine_decay_schedule": lambda f: f(0.1, 10),
    "optax.cosine_onecycle_schedule": lambda f: f(10, 0.1),
    "optax.exponential_decay": lambda f: f(0.1, 10, 0.5),
    "optax.linear_onecycle_schedule": lambda f: f(10, 0.1),
    "optax.linear_schedule": lambda f: f(0.1, 0.2, 10),
    "optax.piecewise_constant_schedule": lambda f: f(0.1, {5: 0.5}),
    "optax.polynomial_schedule": lambda f: f(0.1, 0.2, 1, 10),
    "optax.warmup_cosine_decay_schedule": lambda f: f(0.1, 0.2, 2, 10),
    "optax.warmup_exponential_decay_schedule": lambda f: f(0.1, 0.2, 2, 10, 0.5),
}


def _ones_of_shape(shape: Any, dtype: Any) -> Any:
    return jnp.ones(shape, dtype)


def _default(row: Operation, function: Any) -> Any:
    """Activations take an array; optimisers take a learning rate, or nothing."""
    if isinstance(row.result, ArrayResult):
        return function(X)
    names = [p.name for p in inspect.signature(function).parameters.values() if p.default is p.empty]
    return function(0.1) if names[:1] == ["learning_rate"] else function()


def _arrays(tree: Any) -> bool:
    return all(isinstance(leaf, jax.Array | np.ndarray) for leaf in jax.tree.leaves(tree))


def fits(result: Any, value: Any) -> bool:
    """Whether a value is what the row says of it."""
    match result:
        case ArrayResult():
            return isinstance(value, jax.Array)
        case TreeResult():
            return _arrays(value)
        case LikeResult():
            numbers = [leaf for leaf in jax.tree.leaves(value) if isinstance(leaf, int | float)]
            return len(numbers) <= 1 and len(jax.tree.leaves(value)) - len(numbers) == len(jax.tree.leaves(TREE))
        case TupleResult(items):
            return len(value) == len(items) and all(map(fits, items, value))
        case ObjectResult(cls):
            return callable(value) if OBJECTS[cls] is None else isinstance(value, library(cls))
        case RefResult():
            return isinstance(value.value, jax.Array)
        case KeyResult(batch=batch):
            shape = np.shape(jax.random.key_data(value)) if jnp.issubdtype(value.dtype, jax.dtypes.prng_key) else value.shape
            return len(shape) == (1 if batch is None else 2)
        case ArgumentResult():
            return isinstance(value, jax.Array)
        case HostResult(None):
            return value is None
        case HostResult(HostKind.BOOL):
            return isinstance(value, bool)
        case UnknownResult():
            return True
    raise AssertionError(f"no check for {result}")


CHECKED_ELSEWHERE = {row.path for row in LAYERS}


@of(Operation)
def test_an_operation_gives_what_its_row_says(row: Operation) -> None:
    if row.path in CHECKED_ELSEWHERE or row.path.startswith("chex.") or isinstance(row.result, UnknownResult):
        return
    function = library(row.path) if row.path not in MADE_UP else library(row.path.partition(".")[0])
    recipe = OPERATIONS.get(row.path)
    value = recipe(function) if recipe is not None else _default(row, function)
    assert fits(row.result, value), value


def test_each_new_key_is_another_one() -> None:
    first, second = _in_haiku(lambda hk: (hk.next_rng_key(), hk.next_rng_key()))
    assert not np.array_equal(first, second)
    rngs = library("flax.nnx").Rngs(0)
    assert rngs() != rngs()


# ------------------------------------------------------------------------------------------------ assertions


def _assertion(name: str) -> Callable[[Any], Any]:
    function = library(f"chex.{name}")
    matrix = jnp.ones((3, 3))
    special: dict[str, Callable[[Any], Any]] = {
        "assert_shape": lambda x: function(x, (3,)),
        "assert_rank": lambda x: function(x, 1),
        "assert_type": lambda x: function(x, float),
        "assert_size": lambda x: function(x, 3),
        "assert_axis_dimension": lambda x: function(x, 0, 3),
        "assert_axis_dimension_gt": lambda x: function(x, 0, 2),
        "assert_equal_shape_prefix": lambda x: function([x, x], 1),
        "assert_is_broadcastable": lambda x: function(x.shape, matrix.shape),
        "assert_tree_no_nones": function,
        "assert_tree_has_only_ndarrays": function,
        "assert_tree_all_finite": function,
        "assert_tree_shape_prefix": lambda x: function(x, (3,)),
        "assert_exactly_one_is_none": lambda x: function(x, None),
        "assert_not_both_none": lambda x: function(x, None),
        "assert_scalar": lambda x: function(x[0]),
        "assert_scalar_in": lambda x: function(x[0], 0, 2),
        "assert_scalar_negative": lambda x: function(-x[0]),
        "assert_scalar_non_negative": lambda x: function(x[0]),
        "assert_scalar_positive": lambda x: function(x[0]),
        **{f"assert_equal_{what}": lambda x: function([x, x]) for what in ("shape", "rank", "size")},
    }
    return special.get(name, lambda x: function(x, x))


@of(Operation)
def test_an_assertion_meets_tracers_as_its_row_says(row: Operation) -> None:
    if not row.path.startswith("chex."):
        return
    check = _assertion(row.path.rpartition(".")[2])

    def traced(x: Any) -> Any:
        check(x)
        return x

    if row.reads is Reads.NOTHING:
        jax.jit(traced)(X)
        jax.vmap(traced)(jnp.stack([X, X]))
        return
    with pytest.raises((RuntimeError, AssertionError)):
        jax.jit(traced)(X)
