"""Arguments: what is passed at a static position must be hashable, what is passed at a traced one must be data."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from jaxlint.model.schema import Hiding, Leaves, Staging, Wrapper
from jaxlint.rules import Finding, Rule, Severity, listens_to, source_of
from jaxlint.trace.descriptors import ClassMethod, StaticMethod
from jaxlint.trace.observations import LoopCall, StaticArgument, TransformApplied, TransformedCall
from jaxlint.values import Class, Function, Instance, Value

from .kinds import builds_program, is_plain, no_array, unhashable

UNHASHABLE_STATIC = Rule(
    6601,
    "jax-unhashable-static",
    Severity.ERROR,
    "`{code}` passes {what} at a static position, which cannot be hashed; pass a tuple or a frozen dataclass, or make it "
    "traced",
    explanation="""Something that cannot be hashed is a static argument.

What it does
Reports a list, a dict, an array, a dataclass that is not frozen, or a tuple that holds one, passed at a position that
`static_argnums` or `static_argnames` lists; also `self` of such a class.

Why
A program is kept for each value of a static argument, which is looked up by its hash: ValueError, "Non-hashable static
arguments are not supported".

    @functools.partial(jax.jit, static_argnames="sizes")
    def split(x, sizes): ...
    split(x, [2, 3])

Write instead
    split(x, (2, 3))
    @dataclasses.dataclass(frozen=True)       # for a configuration
and no `static_argnames` for arrays.

When it stays silent
A default that is a list does no harm as long as it is the default that is used. NumPy scalars, tuples, functions and plain
objects can be hashed. What `jax.checkpoint` keeps static need not be.

References
https://docs.jax.dev/en/latest/_autosummary/jax.jit.html
https://docs.jax.dev/en/latest/jit-compilation.html#marking-arguments-as-static
""",
)

NON_ARRAY_ARGUMENT = Rule(
    6602,
    "jax-non-array-argument",
    Severity.ERROR,
    "`{code}` passes {what} to a function under {transformation}, which takes arrays only; make it static, or close over it",
    explanation="""A string, function or plain object is passed where JAX traces.

What it does
Reports a string, a function, a class, a dtype, a set, or an object of a class that is no pytree, passed to a function under
`jax.jit`, `jax.checkpoint` and their like at a position that is not static, or as a carry or operand of `lax.scan`, `cond`,
`while_loop` and their like; in a container, too.

Why
Arguments become tracers, and a tracer stands for an array: TypeError, "Error interpreting argument … as an abstract array".

    @jax.jit
    def pool(x, how):
        return x.max() if how == "max" else x.mean()
    pool(x, "max")

Write instead
    @functools.partial(jax.jit, static_argnames="how")
    jax.jit(functools.partial(pool, how="max"))(x)
    jax.tree_util.register_dataclass(Config)      # for objects that hold arrays

When it stays silent
`grad` and `vmap` pass what they do not trace as it is. Numbers, None, containers, named tuples and registered classes are
data. `eqx.filter_jit` and `nnx.jit` sort their arguments out themselves.

References
https://docs.jax.dev/en/latest/jit-compilation.html#marking-arguments-as-static
https://docs.jax.dev/en/latest/pytrees.html
""",
)

JIT_METHOD = Rule(
    6603,
    "jax-jit-method",
    Severity.ERROR,
    "{what}; {instead}",
    explanation="""A method is put under `jax.jit` in a way that does not work.

What it does
Reports `@jax.jit` on a method of a class that is no pytree, where `self` is not static either; on a class method, whose
class is no array; and above `@staticmethod` or `@classmethod` instead of below.

Why
`self` is an argument like the others, and `jit` takes arrays only: TypeError at the first call. What `staticmethod` and
`classmethod` make is no function: TypeError at once.

    class Filter:
        @jax.jit
        def apply(self, x): ...

Write instead
    @functools.partial(jax.jit, static_argnums=0)     # where self never changes
    @jax.tree_util.register_dataclass                 # where self holds arrays
    @staticmethod
    @jax.jit
    def apply(x): ...

When it stays silent
On registered classes, `eqx.Module`, `nnx` modules; on classes with a base or a decorator that is not known; on
`jax.jit(self.apply)`, to which `self` is bound.

References
https://docs.jax.dev/en/latest/faq.html#how-to-use-jit-with-methods
""",
)


class ArgumentListeners:
    """The rules about what is passed."""

    rules: ClassVar[tuple[Rule, ...]] = (UNHASHABLE_STATIC, NON_ARRAY_ARGUMENT, JIT_METHOD)

    @listens_to(StaticArgument)
    def static(self, argument: StaticArgument) -> Iterator[Finding]:
        """`f(x, [1, 2])`."""
        row = argument.transformed.transformation
        what = unhashable(argument.value)
        if what is not None and isinstance(row, Wrapper) and row.hashes:
            yield Finding(UNHASHABLE_STATIC, argument.node, {"code": source_of(argument.node), "what": what})

    @listens_to(TransformedCall)
    def traced(self, call: TransformedCall) -> Iterator[Finding]:
        """`f(x, "max")`."""
        row = call.transformed.transformation
        if call.node is call.transformed.node or not isinstance(row, Wrapper) or not builds_program(row):
            return
        for value in call.traced:
            what = no_array(value)
            if what is not None and value is not _receiver(call):
                fills = {"code": source_of(call.node), "what": what, "transformation": row.path}
                yield Finding(NON_ARRAY_ARGUMENT, call.node, fills)
                return

    @listens_to(LoopCall)
    def operands(self, call: LoopCall) -> Iterator[Finding]:
        """`scan(f, "max", xs)`."""
        row = call.loop
        if row.hiding is not Hiding.HIDDEN or row.staging is not Staging.YES or row.leaves is not Leaves.ALL:
            return
        operands = call.operands
        if any(isinstance(operand, Function) for operand in operands):
            return  # cond(p, x, f, y, g), as in former versions
        what = next(filter(None, map(no_array, operands)), None)
        if what is not None:
            fills = {"code": source_of(call.node), "what": what, "transformation": row.path}
            yield Finding(NON_ARRAY_ARGUMENT, call.node, fills)

    @listens_to(TransformedCall)
    def method(self, call: TransformedCall) -> Iterator[Finding]:
        """A method whose `self` is traced."""
        row, receiver, node = call.transformed.transformation, _receiver(call), call.transformed.node
        if node is None or receiver is None or not isinstance(row, Wrapper) or not builds_program(row):
            return
        match receiver:
            case Instance(cls=Class() as cls) if is_plain(cls):
                what = f"{row.path} traces `self`, a {cls.name}, which is neither an array nor a pytree"
                instead = "make it static (static_argnums=0), or register the class"
                yield Finding(JIT_METHOD, node, {"what": what, "instead": instead})
            case Class(name=name):
                what = f"{row.path} traces `cls`, the class {name}, which is no array"
                yield Finding(JIT_METHOD, node, {"what": what, "instead": "make it static (static_argnums=0)"})

    @listens_to(TransformApplied)
    def decorator_object(self, applied: TransformApplied) -> Iterator[Finding]:
        """`jit` above `staticmethod`."""
        if isinstance(applied.transformed.function, StaticMethod | ClassMethod) and applied.wrapper.validates:
            kind = "staticmethod" if isinstance(applied.transformed.function, StaticMethod) else "classmethod"
            what = f"{applied.wrapper.path} is given what `{kind}` made, which is no function"
            yield Finding(JIT_METHOD, applied.node, {"what": what, "instead": f"write `@{kind}` above it"})


def _receiver(call: TransformedCall) -> Value | None:
    """The object or class whose method is called, if it is traced."""
    function, given = call.transformed.function, call.arguments.positional
    if not isinstance(function, Function) or function.owner is None or not given or not call.traced:
        return None
    return given[0] if call.traced[0] is given[0] and isinstance(given[0], Instance | Class) else None


__all__ = ["JIT_METHOD", "NON_ARRAY_ARGUMENT", "UNHASHABLE_STATIC", "ArgumentListeners"]
