"""Signatures: `static_argnums`, `static_argnames` and their like must name parameters of the function."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from astroid import nodes

from jaxlint.model.schema import Wrapper
from jaxlint.rules import Finding, Rule, Severity, listens_to
from jaxlint.trace.binding import Parameters, parameters_of
from jaxlint.trace.observations import TransformApplied
from jaxlint.trace.options import integers, strings
from jaxlint.values import NONE, Bound, Const, Function, Partial, Transformed, Value
from jaxlint.values.immutable import immutable

INVALID_STATIC_ARGUMENT = Rule(
    6605,
    "jax-invalid-static-argument",
    Severity.ERROR,
    "`{option}={given}` names no parameter of `{name}`, which has {parameters}",
    explanation="""`static_argnums`, `static_argnames` or a `donate_` option names no parameter.

What it does
Reports a name or number given to `jax.jit` as static or donated that the function has no parameter for; numbers given as
names, and names given as numbers.

Why
`jax.jit` looks the signature up at once: ValueError, "Jitted function has invalid argnames …".

    @functools.partial(jax.jit, static_argnames="axes")
    def total(x, axis): ...

Write instead
    @functools.partial(jax.jit, static_argnames="axis")

When it stays silent
Where the function takes `*args` (numbers) or `**kwargs` (names): JAX says nothing then. A parameter after `*` has a name
and no number. What `functools.partial` fixed by position is no parameter any more.

References
https://docs.jax.dev/en/latest/_autosummary/jax.jit.html
""",
)

_NUMBERS = ("static_argnums", "donate_argnums")
_NAMES = ("static_argnames", "donate_argnames")


@immutable(frozen=True, slots=True)
class _Signature:
    """What a caller can pass, as `inspect.signature` tells it. `counted` is None when any number may be passed."""

    name: str
    counted: tuple[str, ...]
    named: tuple[str, ...]
    any_number: bool
    any_name: bool


class SignatureListeners:
    """The rule about options that name parameters."""

    rules: ClassVar[tuple[Rule, ...]] = (INVALID_STATIC_ARGUMENT,)

    @listens_to(TransformApplied)
    def named(self, applied: TransformApplied) -> Iterator[Finding]:
        """`jit(f, static_argnames="k")`."""
        if not applied.wrapper.validates:
            return
        seen = _signature(applied.transformed.function, applied.node)
        if seen is None:
            return
        for option in (*_NUMBERS, *_NAMES):
            value = applied.transformed.option(option)
            if value is None or value == NONE:
                continue
            wrong = _wrong_numbers(seen, value) if option in _NUMBERS else _wrong_names(seen, value)
            if wrong:
                parameters = ", ".join(dict.fromkeys((*seen.counted, *seen.named))) or "none"
                fills = {"option": option, "given": wrong, "name": seen.name, "parameters": parameters}
                yield Finding(INVALID_STATIC_ARGUMENT, applied.node, fills)


def _wrong_numbers(seen: _Signature, value: Value) -> str:
    if isinstance(value, Const) and isinstance(value.value, str):
        return repr(value.value)
    count = len(seen.counted)
    wrong = sorted(number for number in integers(value) or () if not -count <= number < count)
    return "" if seen.any_number else ", ".join(map(str, wrong))


def _wrong_names(seen: _Signature, value: Value) -> str:
    if isinstance(value, Const) and isinstance(value.value, int):
        return repr(value.value)
    wrong = sorted((strings(value) or set()) - set(seen.named))
    return "" if seen.any_name else ", ".join(map(repr, wrong))


def _signature(function: Value, applied: nodes.NodeNG) -> _Signature | None:
    """The signature that JAX sees; None where a decorator that is not known may have changed it."""
    match function:
        case Function():
            return _of_function(function, parameters_of(function.node)) if _is_bare(function, applied) else None
        case Bound(function=inner):
            seen = _signature(inner, applied)
            return None if seen is None else _without_first(seen, 1)
        case Partial(function=inner, arguments=given, keywords=keywords):
            seen = _signature(inner, applied)
            if seen is None:
                return None
            rest = _without_first(seen, len(given))
            fixed = [rest.counted.index(name) for name, _ in keywords if name in rest.counted]
            counted = rest.counted[: min(fixed, default=len(rest.counted))]
            return _Signature(rest.name, counted, rest.named, rest.any_number and not fixed, rest.any_name)
        case Transformed(transformation=Wrapper(path=path, lifts=False), function=inner) if path.startswith("jax."):
            return _signature(inner, applied)
    return None


def _of_function(function: Function, parameters: Parameters) -> _Signature:
    named = (*parameters.positional[parameters.positional_only :], *parameters.keyword_only)
    return _Signature(
        function.name, parameters.positional, named, parameters.vararg is not None, parameters.kwarg is not None
    )


def _without_first(seen: _Signature, count: int) -> _Signature:
    gone = seen.counted[:count]
    named = tuple(name for name in seen.named if name not in gone)
    return _Signature(seen.name, seen.counted[count:], named, seen.any_number, seen.any_name)


def _is_bare(function: Function, applied: nodes.NodeNG) -> bool:
    """Whether no decorator stands between the function and the transformation."""
    decorators = getattr(function.node, "decorators", None)
    below = [] if decorators is None else decorators.nodes
    if applied in below:
        below = below[below.index(applied) + 1 :]
    return not below


__all__ = ["INVALID_STATIC_ARGUMENT", "SignatureListeners"]
