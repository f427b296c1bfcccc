"""Functions given to a loop or a branch that cannot be called with what they will be called with."""

from __future__ import annotations

from jaxlint.rules import source_of
from jaxlint.trace.arity import arity
from jaxlint.trace.observations import LoopCall
from jaxlint.values import Bound, Function, Partial, Transformed, Value, underlying

_CALLABLE = (Function, Bound, Partial, Transformed)


def misfit(call: LoopCall) -> str:
    """What is wrong with the first function that does not take as many arguments as it is given; empty if none is."""
    if not call.arguments.is_exact or any(_takes_functions_elsewhere(run.function, run.inside) for run in call.runs):
        return ""
    for run in call.runs:
        takes = arity(run.function)
        if run.inside is not None and takes is not None and not takes.accepts(len(run.inside)):
            count = len(run.inside)
            return f"calls {_name(run.function)} with {count} argument{'' if count == 1 else 's'}, and it takes {takes}"
    return ""


def _takes_functions_elsewhere(function: Value, inside: tuple[Value, ...] | None) -> bool:
    """Whether it may be the old form `cond(p, x, f, y, g)`, in which operands stand between the functions."""
    return not isinstance(function, _CALLABLE) or any(isinstance(value, _CALLABLE) for value in inside or ())


def _name(function: Value) -> str:
    base = underlying(function)
    if not isinstance(base, Function):
        return "a function"
    return f"`{source_of(base.node)}`" if base.name == "<lambda>" else f"`{base.name}`"
