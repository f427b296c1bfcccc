"""Flax linen: a module has neither variables nor keys, `apply` brings them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from astroid import nodes

from jaxlint.model.schema import ClassKind, LibraryClass
from jaxlint.rules import Because, Finding, Rule, Severity, listens_to, source_of
from jaxlint.trace.attributes import class_kind
from jaxlint.trace.frame import Frame
from jaxlint.trace.observations import FrameworkCall, OutsideFramework
from jaxlint.values import Array, Class, Confidence, Const, Dict, Instance, List, NumPyArray, Tuple, Value

LINEN_MUTABLE = Rule(
    7001,
    "jax-linen-mutable",
    Severity.ERROR,
    '`{code}` writes into the collection "{collection}", which is not mutable: pass mutable=["{collection}"], and unpack '
    "the pair that is returned then",
    explanation="""`apply` of a module that writes variables, without `mutable=`.

What it does
Reports `module.apply(...)` where the module surely writes into a collection of variables, as `nn.BatchNorm` does in
training into "batch_stats", and `mutable=` is missing or does not name that collection.

Why
All variables are read-only in `apply` but for those that `mutable=` names, and Flax raises ModifyScopeVariableError.

    logits = model.apply(variables, x, train=True)

Write instead
    logits, updates = model.apply(variables, x, train=True, mutable=["batch_stats"])
    variables = variables | updates

When it stays silent
When the module may not write: it asks `is_mutable_collection` or `has_variable` first, or the flag is not known.
`mutable=True` names all collections. `init` lets all be written. `sow` does nothing where its collection is read-only.

References
https://flax-linen.readthedocs.io/en/latest/guides/training_techniques/batch_norm.html
https://flax-linen.readthedocs.io/en/latest/api_reference/flax.errors.html#flax.errors.ModifyScopeVariableError
""",
)

LINEN_VARIABLES = Rule(
    7002,
    "jax-linen-variables",
    Severity.ERROR,
    "`{code}` computes with variables that it does not have: {instead}",
    explanation="""A linen module is called without its variables.

What it does
Reports a module that is called outside of `init` and `apply` and uses parameters, variables, keys or what its `setup`
made; and `module.apply(x)` with an array in the place of the variables.

Why
A module of linen holds no parameters. `apply` binds them for one call; without it Flax raises
CallCompactUnboundModuleError, or AttributeError for what `setup` makes. An array in the place of the variables is taken for
them, and what then is missing is the other argument: TypeError.

    y = nn.Dense(3)(x)
    y = model(x)
    y = model.apply(x)

Write instead
    variables = model.init(key, x)
    y = model.apply(variables, x)
    y = model.bind(variables)(x)

When it stays silent
Inside of a module, in what is given to `init`, `apply` or `bind`, where not all callers are in view, and for methods that
use no variables.

References
https://flax-linen.readthedocs.io/en/latest/guides/flax_fundamentals/flax_basics.html
https://flax-linen.readthedocs.io/en/latest/api_reference/flax.errors.html#flax.errors.CallCompactUnboundModuleError
""",
)

LINEN_RNGS = Rule(
    7003,
    "jax-linen-rngs",
    Severity.ERROR,
    '`{code}` draws random numbers from "{stream}", and has no key for it: pass rngs={{"{stream}": key}}',
    explanation="""`apply` of a module that draws random numbers, without a key.

What it does
Reports `module.apply(...)` where the module surely draws random numbers, through an active `nn.Dropout` or
`self.make_rng(name)`, and `rngs=` is missing or has neither that name nor "params".

Why
A module has no key of its own. Flax raises InvalidRngError.

    logits = model.apply(variables, x, train=True)

Write instead
    logits = model.apply(variables, x, train=True, rngs={"dropout": key})

When it stays silent
When dropout may be inactive: `deterministic` or the rate is not known, the rate is 0 or 1. A single key serves for all
streams, and so does one named "params".

References
https://flax-linen.readthedocs.io/en/latest/guides/flax_fundamentals/rng_guide.html
https://flax-linen.readthedocs.io/en/latest/guides/training_techniques/dropout.html
""",
)


class Linen:
    """70: what linen's `apply` has to be given."""

    rules: ClassVar[tuple[Rule, ...]] = (LINEN_MUTABLE, LINEN_VARIABLES, LINEN_RNGS)

    @listens_to(FrameworkCall)
    def mutable(self, call: FrameworkCall) -> Iterator[Finding]:
        """A module writes variables that are read-only."""
        writable = _names(call.given(call.row.writable)) if call.row.writable else None
        for collection, place in call.written:
            if writable is not None and collection not in writable:
                fills = {"code": source_of(call.node), "collection": collection}
                yield Finding(LINEN_MUTABLE, call.node, fills, _at(call, place, "written"))
                return

    @listens_to(FrameworkCall)
    def keys(self, call: FrameworkCall) -> Iterator[Finding]:
        """A module draws without a key."""
        streams = _keys(call.given(call.row.streams)) if call.row.streams else None
        for stream, place in call.drawn:
            if streams is not None and not streams & {stream, call.row.serves_all}:
                fills = {"code": source_of(call.node), "stream": stream}
                yield Finding(LINEN_RNGS, call.node, fills, _at(call, place, "drawn"))
                return

    @listens_to(FrameworkCall)
    def applied_to_data(self, call: FrameworkCall) -> Iterator[Finding]:
        """`module.apply(x)`: the variables are missing."""
        if not call.row.writable:
            return
        variables = call.own.get(call.row.state)
        missing = variables is None and call.arguments.is_exact
        if missing or isinstance(variables, Array | NumPyArray):
            fills = {"code": source_of(call.node), "instead": "pass those that init returned first"}
            yield Finding(LINEN_VARIABLES, call.node, fills)

    @listens_to(OutsideFramework)
    def unbound(self, outside: OutsideFramework) -> Iterator[Finding]:
        """A module is called outside of `apply`."""
        if not isinstance(outside.within, LibraryClass) or outside.within.kind is not ClassKind.MODULE_BASE:
            return
        place = _outermost(outside)
        if place is not None:
            yield Finding(LINEN_VARIABLES, place, {"code": source_of(place), "instead": "use module.apply(variables, …)"})


def _names(value: Value | None) -> frozenset[str] | None:
    """The collections that `mutable=` names; None for all, or when that is not known."""
    match value:
        case None | Const(None | False):
            return frozenset()
        case Const(str() as name):
            return frozenset({name})
        case List(items=tuple(items)) | Tuple(items) if all(isinstance(item, Const) for item in items):
            return frozenset(str(item.value) for item in items if isinstance(item, Const))
    return None


def _keys(value: Value | None) -> frozenset[str] | None:
    """The streams that `rngs=` has keys for; None for all, or when that is not known."""
    match value:
        case None | Const(None):
            return frozenset()
        case Dict(items, rest=None):
            return frozenset(str(name) for name, _ in items)
    return None


def _at(call: FrameworkCall, place: nodes.NodeNG, what: str) -> Because:
    """Where in the module it happens."""
    module = place.root().name
    line = f"line {place.lineno}" if module == call.frame.module_name else f"{module}:{place.lineno}"
    return Because(f"{what} at {line}", Confidence.HIGH if module == call.frame.module_name else Confidence.INFERENCE)


def _outermost(outside: OutsideFramework) -> nodes.NodeNG | None:
    """Where code outside of all modules calls one; None when that is bound to variables somehow."""
    frame, node, receiver = outside.frame, outside.node, outside.target
    while True:
        if isinstance(receiver, Instance) and (receiver.made is None or receiver.rebuilt or not receiver.exact):
            return None
        own = _receiver(frame)
        if own is None:
            return node
        if frame.caller is None or frame.call_node is None:
            return None
        receiver, node, frame = own, frame.call_node, frame.caller


def _receiver(frame: Frame) -> Instance | None:
    """The module whose method a frame walks; None when it walks none."""
    tree = frame.function.node if frame.function is not None else None
    names = tree.args.args if tree is not None and frame.owner is not None else None
    own = frame.env.get(names[0].name) if names else None
    if isinstance(own, Instance) and isinstance(own.cls, Class) and any(map(_is_linen, own.cls.mro)):
        return own
    return None


def _is_linen(cls: Value) -> bool:
    return class_kind(cls) is ClassKind.MODULE_BASE


__all__ = ["LINEN_MUTABLE", "LINEN_RNGS", "LINEN_VARIABLES", "Linen"]
