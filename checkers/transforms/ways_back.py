"""What a transformation cannot go through: loops without a way back, callbacks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from astroid import nodes

from jaxlint.model.schema import Gives, Hiding, Returns, Wrapper
from jaxlint.rules import Finding, Rule, Severity, around, listens_to, source_of
from jaxlint.trace.dependence import loops_without_way_back
from jaxlint.trace.observations import LoopCall, Observation, PullbackCall, TransformedCall
from jaxlint.values import Array, Const, List, Location, Tree, Tuple, Value
from jaxlint.values.dependence import Origin, Variable
from jaxlint.values.pytree import leaves

REVERSE_WHILE = Rule(
    6708,
    "jax-reverse-while",
    Severity.ERROR,
    "{transformation} cannot go back through `{code}` ({place}), whose steps nobody can count; "
    "use jax.lax.scan, or fori_loop with static bounds",
    explanation="""Reverse-mode differentiation through a loop without a bound.

What it does
Reports `while_loop`, and `fori_loop` whose bounds are hidden by `jit`, where `grad`, `value_and_grad`, `jacrev` or the
function that `jax.vjp` gives differentiates what comes out by what went in.

Why
To go back, JAX keeps what every step computed, and must know how many there are: ValueError. Bounds of `fori_loop` that
are numbers at that moment do, whatever they come from.

    jax.grad(lambda x: jax.lax.while_loop(lambda c: c < 10, lambda c: c * 2, x))(1.0)

Write instead
    jax.grad(lambda x: jax.lax.fori_loop(0, 4, lambda i, c: c * 2, x))(1.0)
    jax.jacfwd(f)(1.0)                                # forward mode needs no way back

When it stays silent
For `jax.vjp` whose function is not called, and `jax.linearize`, which goes forward; where the result does not surely depend
on the variable: behind `stop_gradient`, in `has_aux` results, in functions with
a derivative of their own (`custom_vjp`, `custom_root`).

References
https://docs.jax.dev/en/latest/_autosummary/jax.lax.while_loop.html
https://docs.jax.dev/en/latest/_autosummary/jax.lax.fori_loop.html
""",
)

CALLBACK_TRANSFORM = Rule(
    6709,
    "jax-callback-transform",
    Severity.ERROR,
    "`{code}` gets {what}, {refused}; {instead}",
    explanation="""A callback under a transformation that cannot go through it.

What it does
Reports `pure_callback` and `io_callback` of what is differentiated by, `pure_callback` of a slice of `vmap` without
`vmap_method`, and `io_callback` of one with `ordered=True`.

Why
JAX does not know the function on the host: it has no derivative of it, and no batched version: ValueError,
NotImplementedError.

    jax.grad(lambda x: jax.pure_callback(np.sin, x, x))(1.0)
    jax.vmap(lambda x: jax.pure_callback(np.sin, jax.ShapeDtypeStruct((), x.dtype), x))(xs)

Write instead
    @jax.custom_jvp
    def sin(x):
        return jax.pure_callback(np.sin, x, x)

    sin.defjvp(lambda primals, tangents: (sin(*primals), jnp.cos(primals[0]) * tangents[0]))
    jax.pure_callback(np.sin, jax.ShapeDtypeStruct((), x.dtype), x, vmap_method="sequential")

When it stays silent
Where an argument does not surely depend on the variable or the slice, and on `jax.debug.callback`, which may be
differentiated and mapped.

References
https://docs.jax.dev/en/latest/external-callbacks.html
https://docs.jax.dev/en/latest/_autosummary/jax.pure_callback.html
""",
)

_BACKWARDS = (Returns.GRADIENT, Returns.VALUE_AND_GRADIENT, Returns.JACOBIAN)


class WayBackListeners:
    """The rules about what a transformation cannot go through."""

    rules: ClassVar[tuple[Rule, ...]] = (REVERSE_WHILE, CALLBACK_TRANSFORM)

    @listens_to(TransformedCall)
    def reverse(self, call: TransformedCall) -> Iterator[Finding]:
        """A loop that what is differentiated went through."""
        wrapper = call.transformed.transformation
        if not isinstance(wrapper, Wrapper):
            return
        if wrapper.returns in _BACKWARDS and not wrapper.forward:
            loops = loops_without_way_back(Tuple(_differentiated(call)), call.frame.context.depth + 1)
            yield from _no_way_back(call, wrapper.path, loops)

    @listens_to(PullbackCall)
    def pulled_back(self, call: PullbackCall) -> Iterator[Finding]:
        """`_, f_vjp = jax.vjp(f, x)`, and `f_vjp(1.0)`: `vjp` alone goes forward."""
        yield from _no_way_back(call, call.pullback.path, call.pullback.through)

    @listens_to(LoopCall)
    def callbacks(self, call: LoopCall) -> Iterator[Finding]:
        """A function on the host under `grad` or `vmap`."""
        loop = call.loop
        if loop.hiding is not Hiding.HOST or loop.gives is not Gives.DECLARED:
            return
        for value in call.arguments.positional[len(loop.parameters) - 1 :]:
            for origin in _origins((value,)):
                fills = _refusal(call, origin)
                if fills is not None:
                    yield Finding(CALLBACK_TRANSFORM, call.node, fills, around(call, origin.depth))
                    return


def _no_way_back(call: Observation, path: str, loops: frozenset[Origin]) -> Iterator[Finding]:
    """The first of the loops, if there is one."""
    for loop in sorted((o.node for o in loops if isinstance(o.node, nodes.Call)), key=lambda node: node.lineno or 0)[:1]:
        place = Location(loop.root().name, loop.lineno or 0).seen_from(call.frame.module_name)
        fills = {"transformation": path, "code": source_of(loop.func), "place": place}
        yield Finding(REVERSE_WHILE, call.node, fills, around(call))


def _refusal(call: LoopCall, origin: Origin) -> dict[str, str] | None:
    """Why a callback cannot be given this."""
    code = source_of(getattr(call.node, "func", call.node))
    if origin.variable is Variable.DERIVATIVE:
        return {
            "code": code,
            "what": "what is differentiated by",
            "refused": "and has no derivative",
            "instead": "give it one with jax.custom_jvp, or put jax.lax.stop_gradient around the argument",
        }
    if origin.variable is not Variable.LANE or not call.arguments.is_exact:
        return None
    if call.loop.path == "jax.pure_callback":
        if call.arguments.keyword("vmap_method") in (None, Const(None)) and call.arguments.keyword("vectorized") is None:
            return {
                "code": code,
                "what": "a slice of what is mapped over",
                "refused": "and does not say how to be mapped",
                "instead": 'say vmap_method="sequential" or another',
            }
    elif call.arguments.keyword("ordered") == Const(True):
        return {
            "code": code,
            "what": "a slice of what is mapped over",
            "refused": "and lanes have no order",
            "instead": "leave out ordered=True, or map with jax.lax.map",
        }
    return None


def _differentiated(call: TransformedCall) -> tuple[Value, ...]:
    """The part of what a function returns of which the derivative is taken."""
    option = call.transformed.option("has_aux")
    if option is None or option == Const(False):
        return (call.returned,)
    match option, call.returned:
        case Const(True), Tuple((first, _)) | List(items=(first, _)):
            return (first,)
    return ()


def _origins(values: tuple[Value, ...]) -> list[Origin]:
    found = {
        origin: None
        for value in values
        for leaf in leaves(value)
        if isinstance(leaf, Array | Tree)
        for origin in leaf.of
    }
    return sorted(found, key=lambda origin: (origin.depth, origin.variable.value, getattr(origin.node, "lineno", 0)))

