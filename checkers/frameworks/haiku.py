"""Haiku: modules, parameters and keys stand around a function, which `hk.transform` is given."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from jaxlint.model.schema import LibraryClass, Maker
from jaxlint.rules import CERTAIN, Because, Finding, Rule, Severity, listens_to
from jaxlint.trace.frame import Frame
from jaxlint.trace.observations import OutsideFramework
from jaxlint.values import External

HAIKU_UNTRANSFORMED = Rule(
    7004,
    "jax-haiku-untransformed",
    Severity.ERROR,
    "`{name}` is used outside of a function that hk.transform was given: transform the function, and call its apply",
    explanation="""Haiku is used outside of `hk.transform`.

What it does
Reports a module that is made, and `hk.get_parameter`, `hk.get_state`, `hk.set_state`, `hk.next_rng_key` and their
relatives that are called, where all callers are in view and none of them is a transformed function.

Why
Parameters, state and keys stand around the call of a transformed function. Elsewhere there are none, and Haiku raises
ValueError.

    layer = hk.Linear(10)
    y = layer(x)

Write instead
    network = hk.transform(lambda x: hk.Linear(10)(x))
    params = network.init(key, x)
    y = network.apply(params, None, x)

When it stays silent
In functions of which not all callers are in view: whoever calls them may be transformed. Functions of Haiku that need
nothing around them, `hk.max_pool` or `hk.initializers`, may be called anywhere.

References
https://dm-haiku.readthedocs.io/en/latest/api.html#haiku-transforms
https://dm-haiku.readthedocs.io/en/latest/notebooks/basics.html
""",
)


class Haiku:
    """70: what Haiku's functions need around them."""

    rules: ClassVar[tuple[Rule, ...]] = (HAIKU_UNTRANSFORMED,)

    @listens_to(OutsideFramework)
    def untransformed(self, outside: OutsideFramework) -> Iterator[Finding]:
        """A module is made, or a parameter asked for, where nothing is transformed."""
        if isinstance(outside.within, Maker) and not _in_module(outside.frame):
            yield Finding(HAIKU_UNTRANSFORMED, outside.node, {"name": outside.name}, _called(outside.frame))


def _in_module(frame: Frame | None) -> bool:
    """Whether a module's method is walked: the trouble began where the module was made."""
    while frame is not None:
        bases = frame.owner.mro if frame.owner is not None else ()
        rows = [base.meaning for base in bases if isinstance(base, External)]
        if any(isinstance(row, LibraryClass) and row.within for row in rows):
            return True
        frame = frame.caller
    return False


def _called(frame: Frame) -> Because:
    """How the code is reached from the body of a module."""
    calls = []
    while frame.caller is not None and frame.call_node is not None:
        calls.append(f"{frame.name} called at line {frame.call_node.lineno}")
        frame = frame.caller
    return Because(", ".join(calls[:2])) if calls else CERTAIN


__all__ = ["HAIKU_UNTRANSFORMED", "Haiku"]
