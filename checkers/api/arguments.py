"""Arguments of JAX's functions: keywords that they do not take or refuse, and lists where arrays are wanted."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from astroid import nodes

from jaxlint.model.jax_api import Api
from jaxlint.model.jax_refused import REFUSED, UFUNCS
from jaxlint.model.jax_sequences import SEQUENCES_OF_ARRAYS, array_positions
from jaxlint.rules import AsksFacts, Finding, Rule, Severity, listens_to, source_of
from jaxlint.trace.guards import is_guarded
from jaxlint.trace.observations import MethodCall, NamedCall
from jaxlint.values import Array, Const, Dict, List, Set, Tree, Tuple, TupleOf, Value

UNSUPPORTED = Rule(
    6806,
    "jax-unsupported-argument",
    Severity.ERROR,
    "`{name}` {what}{instead}",
    explanation="""A keyword argument that a function of JAX does not take, or refuses.

What it does
Reports keywords that are not in the signature of a function of `jax.numpy`, `jax.lax`, `jax.nn`, `jax.random`,
`jax.scipy` and of the transformations in the newest JAX in use, and values that are refused though the keyword is
there for NumPy's sake.

Why
NumPy's keywords about memory (`order`, `subok`, `casting`, `like`) mean nothing for JAX, and the functions of JAX have
some of other names: TypeError or NotImplementedError.

    jnp.zeros((2, 3), order="F")
    jnp.sort(x, kind="stable")
    jax.random.normal(key, size=(3,))
    jnp.sum(x, dim=0)

Write instead
    jnp.zeros((2, 3))
    jnp.sort(x, stable=True)
    jax.random.normal(key, shape=(3,))
    jnp.sum(x, axis=0)

When it stays silent
Where keywords come from `**options`, where the signature is not known, in code that is prepared for several versions;
on a keyword that is like no other and none of NumPy's, since a newer JAX than jaxlint knows may take it, unless
`jax-version` rules such a JAX out.
`out=` has a rule of its own, jax-numpy-out.

References
https://docs.jax.dev/en/latest/jax.numpy.html
""",
)

SEQUENCE = Rule(
    6807,
    "jax-sequence-argument",
    Severity.ERROR,
    "`{name}` is given a {what} where it wants an array, which raises a TypeError; {instead}",
    explanation="""A list or tuple where a function of JAX wants an array.

What it does
Reports a list, tuple, dict or set as an array argument of functions of `jax.numpy`, `jax.lax`, `jax.nn`, `jax.ops` and
`jax.scipy.special`, and lists within the list of `jnp.stack` and `jnp.concatenate`.

Why
NumPy makes an array of a list without being asked. JAX refuses (TypeError), since each number of the list would be
sent to the device by itself, and traced by itself.

    jnp.sum([1, 2, 3])
    jnp.maximum(x, [0.0, 1.0])
    jnp.concatenate([x, [1.0]])

Write instead
    jnp.sum(jnp.array([1, 2, 3]))
    jnp.maximum(x, jnp.array([0.0, 1.0]))
    jnp.concatenate([x, jnp.array([1.0])])

When it stays silent
On functions that take lists (`jnp.array`, `jnp.asarray`, `jax.nn.one_hot`, …), on shapes, axes and indices of
`jnp.split`, on NumPy arrays, and where it is not known that a value is a list.

References
https://docs.jax.dev/en/latest/notebooks/Common_Gotchas_in_JAX.html#non-array-inputs-numpy-vs-jax
""",
)

RULES = (UNSUPPORTED, SEQUENCE)

_CONTAINERS: dict[type[Value], str] = {List: "list", Tuple: "tuple", TupleOf: "tuple", Dict: "dict", Set: "set"}
_COUNTERPARTS = {
    "dim": "axis", "keepdim": "keepdims", "size": "shape", "kind": "stable", "low": "minval", "high": "maxval",
    "loc": "", "a_min": "min", "a_max": "max", "newshape": "shape", "interpolation": "method",
}  # fmt: skip
"""What a keyword of NumPy or PyTorch is called in JAX, if the function has it."""


_OF_NUMPY = frozenset({
    "order", "subok", "casting", "like", "where", "dtype", "signature", "extobj", "overwrite_input", "otypes", "doc",
    "cache", "ndmax", "edge_order", "keepdims", "initial", "ddof", "kind", "axis", "overwrite_a", "check_finite",
    "lapack_driver",
})  # fmt: skip
"""Keywords of NumPy and SciPy that functions of JAX lack for good."""


class ArgumentListeners(AsksFacts):
    """The rules about arguments."""

    @listens_to(NamedCall)
    def keywords(self, call: NamedCall) -> Iterator[Finding]:
        """`jnp.zeros(3, order="F")`."""
        if not call.arguments.keywords or not call.alone or not call.path.startswith("jax."):
            return
        refused = REFUSED.get(call.path, {})
        for name, value in call.arguments.keywords:
            if name in refused and _is_refused(value, refused[name]):
                what = f"refuses `{name}={_shown(value)}`"
                yield Finding(UNSUPPORTED, call.node, {"name": call.path, "what": what, "instead": _advice(name)})
                return
        release = self.facts.release
        if release is None or not _may_be_sure(call.node):
            return
        taken = UFUNCS.get(call.path) or Api.known().parameters(call.path, release)
        if taken is None or any(each.startswith("**") for each in taken):
            return
        named = taken[taken.index("/") + 1 :] if "/" in taken else taken
        for name, _ in call.arguments.keywords:
            if name in named or name == "out" or is_guarded(call.node):
                continue
            better = _suggested(name, named)
            if not better and name not in _OF_NUMPY and self.facts.allows_newer:
                continue  # a keyword that is like no other may be one of a JAX to come
            fills = {"name": call.path, "what": f"takes no `{name}=`", "instead": better or ": leave it out"}
            yield Finding(UNSUPPORTED, call.node, fills)
            return

    @listens_to(MethodCall)
    def method_keywords(self, call: MethodCall) -> Iterator[Finding]:
        """`x.sort(kind="stable")`."""
        if not isinstance(call.receiver, Array):
            return
        refused = REFUSED.get(f"jax.Array.{call.name}", {})
        for name, value in call.arguments.keywords:
            if name in refused and _is_refused(value, refused[name]):
                what = f"refuses `{name}={_shown(value)}`"
                fills = {"name": f"jax.Array.{call.name}", "what": what, "instead": _advice(name)}
                yield Finding(UNSUPPORTED, call.node, fills)
                return

    @listens_to(NamedCall)
    def sequences(self, call: NamedCall) -> Iterator[Finding]:
        """`jnp.sum([1, 2])`, `jnp.stack([[1], [2]])`."""
        if not call.alone or not call.path.startswith("jax."):
            return
        given = call.arguments.positional
        for position in array_positions().get(call.path, ()):
            value = given[position] if position < len(given) else None
            container = None if value is None else _CONTAINERS.get(type(value))
            if container is not None:
                yield _sequence(call, container, position)
                return
        if call.path in SEQUENCES_OF_ARRAYS and given and isinstance(given[0], List | Tuple):
            items = given[0].items or ()
            inner = next((_CONTAINERS[type(item)] for item in items if type(item) in _CONTAINERS), None)
            if inner is not None:
                yield _sequence(call, f"{_CONTAINERS[type(given[0])]} with a {inner} in it", None)


def _sequence(call: NamedCall, what: str, position: int | None) -> Finding:
    instead = "make arrays of them with jnp.array"
    if position is not None:
        node = call.arguments.nodes[position] if position < len(call.arguments.nodes) else None
        code = "…" if node is None else source_of(node, 40)
        makes = "jnp.array" if not what.startswith(("dict", "set")) else "jnp.array of its values"
        instead = f"write {makes}({code})" if makes == "jnp.array" else f"make a {makes}"
    return Finding(SEQUENCE, call.node, {"name": call.path, "what": what, "instead": instead})


def _may_be_sure(node: nodes.NodeNG) -> bool:
    """Whether the keywords are written at this very call, and not in a `partial` or by somebody else."""
    return isinstance(node, nodes.Call)


def _is_refused(value: Value, refused: frozenset[object]) -> bool:
    if not refused:
        return isinstance(value, Const | Array | Tree) and value != Const(None)
    return isinstance(value, Const) and value.value in refused


def _shown(value: Value) -> str:
    return repr(value.value) if isinstance(value, Const) else "…"


def _advice(name: str) -> str:
    match name:
        case "kind":
            return ": use stable=True or stable=False"
        case "where":
            return ": use jnp.where on the result"
    return ": leave it out"


def _suggested(name: str, taken: tuple[str, ...]) -> str:
    known = _COUNTERPARTS.get(name)
    if known and known in taken:
        return f": it is called `{known}`"
    near = get_close_matches(name, taken, n=1, cutoff=0.75)
    return f": did you mean `{near[0]}`?" if near else ""
