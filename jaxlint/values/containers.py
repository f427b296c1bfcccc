"""Python containers as pytrees: they hold abstract values of their own.

`made` is the depth of the trace in which a mutable container was made (0: outside of every trace), which decides
whether writing a tracer into it leaks. `rebuilt` marks a container that JAX rebuilt on the way into a traced function:
changing it changes a copy.
"""

from __future__ import annotations

from dataclasses import field

from jaxlint.values.arrays import Tracing
from jaxlint.values.base import UNKNOWN, Unknown, Value
from jaxlint.values.dependence import NOWHERE, Origin
from jaxlint.values.immutable import immutable
from jaxlint.values.provenance import TraceEntry


@immutable(frozen=True, slots=True)
class Tree(Value):
    """A pytree of unknown structure whose leaves are arrays with this `tracing`; it may be a single array.

    What a transformation hands to a function of which no call is seen. `of` is what all of its leaves are computed from.
    Where it is not `filled`, there need be no leaf in it: a part of a structure, of which nothing was known.
    """

    tracing: Tracing
    why: TraceEntry | None = field(default=None, compare=False)
    of: frozenset[Origin] = NOWHERE
    filled: bool = True

    def __repr__(self) -> str:
        return f"Tree({self.tracing.value})"


@immutable(frozen=True, slots=True)
class Filtered(Unknown):
    """Any object at all of which a transformation has traced the arrays, and nothing else: `eqx.filter_jit`.

    Whatever array is in it is a tracer that hides its value. It is `filled` as a `Tree` is.
    """

    why: TraceEntry | None = field(default=None, compare=False)
    filled: bool = True

    def __repr__(self) -> str:
        return "Filtered"


@immutable(frozen=True, slots=True)
class Tuple(Value):
    """A tuple whose length is known."""

    items: tuple[Value, ...]

    def __repr__(self) -> str:
        return f"({', '.join(map(repr, self.items))}{',' if len(self.items) == 1 else ''})"


@immutable(frozen=True, slots=True)
class TupleOf(Value):
    """A tuple of unknown length, each item being `element`."""

    element: Value

    def __repr__(self) -> str:
        return f"tuple[{self.element!r}, ...]"


@immutable(frozen=True, slots=True)
class List(Value):
    """A list. `items` holds its items while its length is known, else None and `element` is their join."""

    items: tuple[Value, ...] | None
    element: Value = UNKNOWN
    made: int = 0
    rebuilt: bool = False

    def __repr__(self) -> str:
        if self.items is None:
            return f"list[{self.element!r}]"
        return f"[{', '.join(map(repr, self.items))}]"


@immutable(frozen=True, slots=True)
class Dict(Value):
    """A dict with the keys that are known, in order, and the join of what stands under all other keys.

    `rest` is None when there are no other keys; `others` is what these are, joined. `partial` when some of the keys that are
    known may be missing: the dict is one of several.
    """

    items: tuple[tuple[object, Value], ...]
    rest: Value | None = None
    made: int = 0
    rebuilt: bool = False
    partial: bool = False
    others: Value = UNKNOWN

    def __repr__(self) -> str:
        shown = [f"{k!r}: {v!r}" for k, v in self.items]
        if self.rest is not None:
            shown.append(f"…: {self.rest!r}")
        return "{" + ", ".join(shown) + "}"

    def get(self, key: object) -> Value | None:
        """The value under a constant key; None when the key is not among the known ones."""
        for known, value in self.items:
            if type(known) is type(key) and known == key:
                return value
        return None

    def with_item(self, key: object, value: Value) -> Dict:
        """The dict after `d[key] = value` for a constant key."""
        kept = tuple((k, v) for k, v in self.items if not (type(k) is type(key) and k == key))
        if len(kept) == len(self.items):
            return Dict((*self.items, (key, value)), self.rest, self.made, self.rebuilt, self.partial, self.others)
        replaced = tuple((k, value if type(k) is type(key) and k == key else v) for k, v in self.items)
        return Dict(replaced, self.rest, self.made, self.rebuilt, self.partial, self.others)


@immutable(frozen=True, slots=True)
class Slice(Value):
    """`lower:upper:step` between brackets; None where a part is left out."""

    lower: Value | None = None
    upper: Value | None = None
    step: Value | None = None

    def __repr__(self) -> str:
        parts = [self.lower, self.upper] if self.step is None else [self.lower, self.upper, self.step]
        return ":".join("" if part is None else repr(part) for part in parts)


@immutable(frozen=True, slots=True)
class Set(Value):
    """A set or frozenset. Its members are hashable, so none is an array."""

    element: Value = UNKNOWN
    made: int = 0

    def __repr__(self) -> str:
        return f"set[{self.element!r}]"


@immutable(frozen=True, slots=True)
class View(Value):
    """What can be gone through again and again and is no pytree: `range(n)`, `d.keys()`, `d.values()`, `d.items()`."""

    element: Value = UNKNOWN
    items: tuple[Value, ...] | None = None

    def __repr__(self) -> str:
        return f"view[{self.element!r}]"


@immutable(frozen=True, slots=True)
class Iterator(Value):
    """A generator or iterator: `next` gives `element`. `made` is the depth of the trace in which it was made."""

    element: Value = UNKNOWN
    made: int = 0
    items: tuple[Value, ...] | None = None

    def __repr__(self) -> str:
        return f"iterator[{self.element!r}]"
