"""Built-in functions that ask objects what they are: `isinstance`, `type`, `getattr`, `hasattr`, `super`."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from jaxlint.trace.attributes import module_has, read_attribute, set_attribute
from jaxlint.trace.binding import Arguments, Builtin
from jaxlint.trace.host_arithmetic import is_text
from jaxlint.trace.iteration import items_of
from jaxlint.trace.narrowing import has_attribute, instance_of
from jaxlint.trace.observations import TypeTest
from jaxlint.values import (
    FALSE,
    HOST_BOOL,
    NONE,
    TRUE,
    UNKNOWN,
    Answer,
    Array,
    Class,
    Const,
    Dict,
    External,
    Function,
    Instance,
    List,
    Module,
    NumPyArray,
    Super,
    Transformed,
    Tuple,
    TypeOf,
    Value,
    alternatives,
    join,
    join_all,
)
from jaxlint.values.objects import tuple_fields

if TYPE_CHECKING:
    from astroid import nodes

    from jaxlint.trace.frame import Frame
    from jaxlint.trace.tracer import Tracer


def _isinstance(t: Tracer, frame: Frame, node: nodes.NodeNG, arguments: Arguments) -> Value:
    if len(arguments.positional) < 2:
        return HOST_BOOL
    t.observe(TypeTest(node, frame, arguments.positional[0], arguments.positional[1]))
    answers = {instance_of(option, arguments.positional[1]) for option in alternatives(arguments.positional[0])}
    if len(answers) != 1:
        return HOST_BOOL
    answer = answers.pop()
    return HOST_BOOL if answer is Answer.UNKNOWN else (TRUE if answer is Answer.YES else FALSE)


def _callable(_t: Tracer, _frame: Frame, _node: nodes.NodeNG, arguments: Arguments) -> Value:
    value = arguments.first
    if isinstance(value, Function | Class | Transformed):
        return TRUE
    return FALSE if isinstance(value, Const | Array | List | Dict | Tuple | NumPyArray) else HOST_BOOL


def _type(_t: Tracer, _frame: Frame, _node: nodes.NodeNG, arguments: Arguments) -> Value:
    value = arguments.first
    if isinstance(value, Instance) and value.exact:
        return value.cls
    if isinstance(value, Const):
        return External(f"builtins.{type(value.value).__name__}")
    return TypeOf(value) if isinstance(value, Array) else UNKNOWN


def _getattr(t: Tracer, frame: Frame, node: nodes.NodeNG, arguments: Arguments) -> Value:
    if len(arguments.positional) < 2:
        return UNKNOWN
    target, name = arguments.positional[:2]
    if not (isinstance(name, Const) and isinstance(name.value, str)):
        return _any_field(target) if len(arguments.positional) == 2 and is_text(name) else UNKNOWN
    value = read_attribute(t, frame, node, target, name.value)
    return value if len(arguments.positional) < 3 else join(value, arguments.positional[2])


def _any_field(target: Value) -> Value:
    """What stands in whichever field of a named tuple."""
    return UNKNOWN if tuple_fields(target) is None else join_all(items_of(target) or (UNKNOWN,))


def _setattr(t: Tracer, frame: Frame, node: nodes.NodeNG, arguments: Arguments) -> Value:
    match arguments.positional:
        case (target, Const(str() as name), value) if arguments.nodes:
            set_attribute(t, frame, node, arguments.nodes[0], target, name, value)
    return NONE


def _hasattr(t: Tracer, _frame: Frame, _node: nodes.NodeNG, arguments: Arguments) -> Value:
    match arguments.positional:
        case (value, Const(str() as name)):
            answers = {
                module_has(t, option, name) if isinstance(option, Module) else has_attribute(option, name)
                for option in alternatives(value)
            }
            if len(answers) == 1:
                return {Answer.YES: TRUE, Answer.NO: FALSE}.get(answers.pop(), HOST_BOOL)
    return HOST_BOOL


def _super(_t: Tracer, frame: Frame, _node: nodes.NodeNG, arguments: Arguments) -> Value:
    owner: Value | None = frame.owner
    scope: Frame | None = frame
    while owner is None and scope is not None:
        owner, scope = scope.owner, scope.parent
    receiver: Value | None = None
    if len(arguments.positional) == 2:
        owner, receiver = arguments.positional
    elif frame.function is not None:
        args = frame.function.node.args
        names = [*args.posonlyargs, *(args.args or ())]
        receiver = frame.env.get(names[0].name) if names else None
    if isinstance(owner, Class) and receiver is not None:
        return Super(owner, receiver)
    return UNKNOWN


REFLECTION: Mapping[str, Builtin] = MappingProxyType({
    "isinstance": _isinstance,
    "callable": _callable,
    "type": _type,
    "getattr": _getattr,
    "setattr": _setattr,
    "hasattr": _hasattr,
    "super": _super,
})
