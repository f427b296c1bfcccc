"""Tests of types that come out the same whatever is passed: a tracer is no float, a scalar type is no dtype."""

from __future__ import annotations

from collections.abc import Iterator

from astroid import nodes

from jaxlint.rules import Finding, Rule, Severity, because, is_tracer, listens_to, source_of
from jaxlint.trace.observations import Membership, TypeTest
from jaxlint.values import (
    HOST_DTYPE,
    Array,
    Const,
    Dict,
    External,
    Set,
    Tuple,
    Value,
    alternatives,
)
from jaxlint.values.keys import key_value

INSTANCE_CHECK = Rule(
    6817,
    "jax-instance-check",
    Severity.WARNING,
    "`{code}` is always {outcome}: {why}; {instead}",
    explanation="""A test of the type of a JAX array that always comes out the same.

What it does
Reports `isinstance(x, np.ndarray)`, `isinstance(x, float)`, `isinstance(x, int)`, … of a value that is a tracer, and
`type(x) is jax.Array`, `type(x) == jnp.ndarray` of any JAX array.

Why
`jit`, `grad` and `vmap` pass tracers in the place of arrays and numbers: these are `jax.Array` to `isinstance`, and
nothing else. `type(x)` is the class of the tracer, or of the concrete array, neither of which has a public name. So the
way that the code takes is always the other one, without a word.

    @jax.jit
    def step(x, rate):
        if isinstance(rate, float):                       # never: the rate is a tracer
            rate = jnp.full(x.shape, rate)

Write instead
    if isinstance(rate, jax.Array): …
    if jnp.ndim(rate) == 0: …
    if jnp.issubdtype(x.dtype, jnp.floating): …

When it stays silent
Where `jax.Array` stands among the classes, on values that are not surely tracers (static arguments, plain calls), on
tests of containers, of `None`, and of classes that may be anything; in functions that are called with NumPy arrays or
numbers elsewhere and can come out either way.

References
https://docs.jax.dev/en/latest/_autosummary/jax.Array.html
https://docs.jax.dev/en/latest/jax.dtypes.html
""",
)

DTYPE_LOOKUP = Rule(
    6818,
    "jax-dtype-lookup",
    Severity.WARNING,
    "`{code}` {outcome}: `{scalar}` is no dtype, and hashes otherwise; put {dtype} into the {container}",
    explanation="""A dtype looked for in a set or dict of scalar types.

What it does
Reports `x.dtype in {jnp.float32, …}`, `x.dtype in {np.float32: …}` and `{jnp.float32: …}.get(x.dtype)`, where the members or
keys are scalar types.

Why
`x.dtype == jnp.float32` is true, since NumPy makes a dtype of the type to compare. A set and a dict compare hashes
first, and these differ: the dtype is never found.

    if x.dtype in {jnp.float32, jnp.bfloat16}: …          # never

Write instead
    if x.dtype in (jnp.float32, jnp.bfloat16): …
    if x.dtype in {jnp.dtype("float32"), jnp.dtype("bfloat16")}: …
    if jnp.issubdtype(x.dtype, jnp.floating): …

When it stays silent
On tuples and lists, which compare; on sets of `jnp.dtype(…)`; and where the members are not known.

References
https://docs.jax.dev/en/latest/jax.dtypes.html
https://numpy.org/doc/stable/reference/arrays.dtypes.html
""",
)

DTYPE_KEY = Rule(
    6819,
    "jax-dtype-key",
    Severity.ERROR,
    "`{code}` raises KeyError: `{scalar}` is no dtype, and hashes otherwise; make the keys dtypes, {dtype}",
    explanation="""A dtype looked up in a dict whose keys are scalar types.

What it does
Reports `table[x.dtype]` where all keys of the dict are known, and are scalar types, `jnp.float32` or `np.float32`.

Why
`x.dtype == jnp.float32` is true, since NumPy makes a dtype of the type to compare. A dict compares hashes first, and these
differ: KeyError.

    limit = {jnp.float32: 1e-6, jnp.bfloat16: 1e-2}[x.dtype]

Write instead
    limit = {jnp.dtype("float32"): 1e-6, jnp.dtype("bfloat16"): 1e-2}[x.dtype]
    limit = {"float32": 1e-6, "bfloat16": 1e-2}[x.dtype.name]
    limit = jnp.finfo(x.dtype).eps

When it stays silent
Where a key is not known or made by `jnp.dtype(…)`, where entries may have been added, on `x.dtype.type` and `x.dtype.name`.

References
https://docs.jax.dev/en/latest/jax.dtypes.html
https://numpy.org/doc/stable/reference/arrays.dtypes.html
""",
)

RULES = (INSTANCE_CHECK, DTYPE_LOOKUP, DTYPE_KEY)

_ARRAYS = frozenset({"jax.Array", "jax.numpy.ndarray"})
_NEVER = {
    "numpy.ndarray": "a tracer is no NumPy array",
    "numpy.generic": "a tracer is no NumPy scalar",
    "numpy.number": "a tracer is no NumPy scalar",
    "numpy.floating": "a tracer is no NumPy scalar",
    "numpy.integer": "a tracer is no NumPy scalar",
    "numpy.float32": "a tracer is no NumPy scalar",
    "numpy.float64": "a tracer is no NumPy scalar",
    "numpy.int32": "a tracer is no NumPy scalar",
    "numpy.int64": "a tracer is no NumPy scalar",
    "numpy.bool_": "a tracer is no NumPy scalar",
    "builtins.float": "a tracer is no Python number",
    "builtins.int": "a tracer is no Python number",
    "builtins.bool": "a tracer is no Python number",
    "builtins.complex": "a tracer is no Python number",
    "numbers.Number": "a tracer is no Python number",
    "numbers.Real": "a tracer is no Python number",
    "numbers.Integral": "a tracer is no Python number",
}
"""Classes that no tracer is an instance of, although what the caller passed may be one."""


class TypeListeners:
    """The rules about types."""

    @listens_to(TypeTest)
    def instance(self, test: TypeTest) -> Iterator[Finding]:
        """`isinstance(x, float)`, `type(x) is jax.Array`."""
        paths = _paths(test.classes)
        if not paths:
            return
        if test.exact:
            if paths[0] in _ARRAYS and isinstance(test.value, Array):
                outcome = "True" if _is_negated(test.node) else "False"
                why = f"`type({_subject(test.node)})` is the class of the tracer or of the concrete array"
                fills = {"code": source_of(test.node), "outcome": outcome, "why": why, "instead": _ISINSTANCE}
                yield Finding(INSTANCE_CHECK, test.node, fills)
            return
        if is_tracer(test.value) and all(path in _NEVER for path in paths) and _is_always_traced(test):
            fills = {"code": source_of(test.node), "outcome": "False", "why": _NEVER[paths[0]], "instead": _ISINSTANCE}
            yield Finding(INSTANCE_CHECK, test.node, fills, because(test, test.value))

    @listens_to(Membership)
    def lookup(self, test: Membership) -> Iterator[Finding]:
        """`x.dtype in {jnp.float32}`, `{jnp.float32: …}[x.dtype]`."""
        if test.value != HOST_DTYPE:
            return
        key = _scalar_in(test.container)
        if key is None:
            return
        name = key.rpartition(".")[2]
        dtype = f'jnp.dtype("{name}")'
        shown = key.replace("jax.numpy.", "jnp.").replace("numpy.", "np.") if "." in key else f'"{key}"'
        fills = {"code": source_of(test.node), "scalar": shown, "dtype": dtype}
        if test.key:
            yield Finding(DTYPE_KEY, test.node, fills)
            return
        fills["container"] = "set" if isinstance(test.container, Set) else "dict"
        fills["outcome"] = f"is always {_is_not_in(test.node)}" if isinstance(test.node, nodes.Compare) else "finds nothing"
        yield Finding(DTYPE_LOOKUP, test.node, fills)


def _is_not_in(comparison: nodes.Compare) -> bool:
    return bool(comparison.ops[0][0] == "not in")


def _scalar_in(container: Value) -> str | None:
    """The first member of a set, or key of a dict, if all that it has are known and none of them can be a dtype."""
    match container:
        case Set(element=element):
            members = alternatives(element)
        case Dict(items=items, rest=rest, partial=False, others=others) if rest is not None:
            members = (*alternatives(others), *(key_value(key) for key, _ in items))
        case _:
            return None
    names = [_scalar(member) for member in members]
    return names[0] if names and all(names) else None


def _scalar(member: Value) -> str | None:
    """The name of a scalar type, or a text."""
    match member:
        case External(path=path) if _is_scalar_type(path):
            return path
        case Const(str() as name) if name in _SCALARS:
            return name
    return None


def _is_always_traced(test: TypeTest) -> bool:
    """Whether the code is the transformed function itself, and not a helper that takes numbers and arrays elsewhere.

    A function that asks for `jax.Array` or a tracer as well tells them apart, and is right to.
    """
    frame = test.frame
    if frame.caller is None or frame.function is None or frame.caller.traces >= frame.traces:
        return False
    return not any(name in _TELLS_APART for name in _names_in(frame.function.node))


_TELLS_APART = frozenset({"Array", "Tracer", "ArrayLike"})


def _names_in(function: nodes.NodeNG) -> Iterator[str]:
    for test in function.nodes_of_class(nodes.Call):
        if isinstance(test.func, nodes.Name) and test.func.name == "isinstance" and len(test.args) == 2:
            for name in test.args[1].nodes_of_class((nodes.Name, nodes.Attribute)):
                yield name.name if isinstance(name, nodes.Name) else name.attrname


_ISINSTANCE = "test isinstance(x, jax.Array), the dtype, or the rank"


def _paths(classes: Value) -> list[str]:
    """The dotted names of the classes of a test; none when any is not known."""
    found: list[str] = []
    for each in classes.items if isinstance(classes, Tuple) else (classes,):
        if not isinstance(each, External):
            return []
        found.append(each.path)
    return found


def _is_negated(node: nodes.NodeNG) -> bool:
    return isinstance(node, nodes.Compare) and node.ops[0][0] in ("is not", "!=")


def _subject(node: nodes.NodeNG) -> str:
    left = node.left if isinstance(node, nodes.Compare) else node
    return source_of(left.args[0]) if isinstance(left, nodes.Call) and left.args else "x"


_SCALARS = frozenset({
    "float16", "float32", "float64", "bfloat16", "int4", "int8", "int16", "int32", "int64", "uint4", "uint8", "uint16",
    "uint32", "uint64", "bool_", "complex64", "complex128", "half", "single", "double", "float_", "int_", "complex_",
})  # fmt: skip


def _is_scalar_type(path: str) -> bool:
    module, _, name = path.rpartition(".")
    return module in ("jax.numpy", "numpy") and name in _SCALARS
