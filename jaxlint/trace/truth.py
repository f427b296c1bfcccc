"""Truth and identity: `bool(x)`, `x is None`, and what is known of the answers.

if x > 0: …      # truth(x > 0), at the site IF: JAX refuses it where x hides its value
if y is None: …  # no question to the array: identical(y, None)
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jaxlint.trace.events import await_all
from jaxlint.trace.observations import Site, TruthTest
from jaxlint.values import (
    HOST_BOOL,
    NONE,
    Answer,
    Array,
    Bound,
    Class,
    Const,
    Dict,
    External,
    Function,
    Host,
    HostKind,
    List,
    Module,
    Never,
    Partial,
    Transformed,
    Tree,
    Tuple,
    Union,
    Unknown,
    Value,
    View,
    alternatives,
)
from jaxlint.values.base import NO_ARRAY

if TYPE_CHECKING:
    from astroid import nodes

    from jaxlint.trace.frame import Frame
    from jaxlint.trace.tracer import Tracer


def truth(t: Tracer, frame: Frame, node: nodes.NodeNG, value: Value, site: Site, builtin: str = "") -> Answer:
    """Python asks `bool(value)`, at this kind of place; the answer where it is known."""
    if isinstance(value, Array):
        await_all(frame, node)
    if type(value) not in NO_ARRAY:
        t.observe(TruthTest(node, frame, value, site, builtin))
    return known_truth(value)


def has_no_truth(value: Value) -> bool:
    """Whether a value certainly is an array that has no truth, traced or not: of another size than one, or a key."""
    if not isinstance(value, Array):
        return False
    if value.key is not None:
        return True
    # Whatever the sizes that are not known, the product is not one.
    return value.plural or (value.shape is not None and any(size is not None and size != 1 for size in value.shape))


def refuses_truth(value: Value) -> bool:
    """Whether `bool(value)` certainly raises, so that nothing after it is reached."""
    options = alternatives(value)
    return bool(options) and all(
        isinstance(option, Array) and (option.tracing.hides is Answer.YES or has_no_truth(option)) for option in options
    )


def known_truth(value: Value) -> Answer:
    """The truth of a value, where every object that it stands for has the same."""
    match value:
        case Const(constant):
            return Answer.of(bool(constant))
        case Tuple(items) | List(items=tuple(items)) | View(items=tuple(items)):
            return Answer.of(bool(items))
        case Dict(items, rest):
            return Answer.YES if items else (Answer.NO if rest is None else Answer.UNKNOWN)
        case Function() | Class() | Module() | Bound() | Partial() | Transformed():
            return Answer.YES
        case Union():
            answers = [known_truth(option) for option in alternatives(value)]
            return answers[0] if len(set(answers)) == 1 else Answer.UNKNOWN
    return Answer.UNKNOWN


def identical(left: Value, right: Value) -> Value:
    """`left is right`: known for None and other constants, and for values that cannot be None."""
    if isinstance(left, Const) and isinstance(right, Const):
        same = left == right
        return Const(same) if not same or left.value is None or isinstance(left.value, bool) else HOST_BOOL
    other = right if left == NONE else left if right == NONE else None
    if other is not None and is_none(other) is Answer.NO:
        return Const(False)
    if isinstance(left, Class | Function) and isinstance(right, Class | Function):
        return Const(left is right) if left is right or type(left) is not type(right) else HOST_BOOL
    return HOST_BOOL


def is_none(value: Value) -> Answer:
    """Whether a value is None."""
    match value:
        case Const(constant):
            return Answer.of(constant is None)
        case Unknown() | Tree() | Never():
            return Answer.UNKNOWN
        case Host(HostKind.OBJECT):
            return Answer.UNKNOWN
        case Union(options):
            return Answer.UNKNOWN if NONE in options or any(map(_may_be_none, options)) else Answer.NO
        case External():
            return Answer.UNKNOWN
    return Answer.NO


def _may_be_none(value: Value) -> bool:
    return is_none(value) is not Answer.NO
