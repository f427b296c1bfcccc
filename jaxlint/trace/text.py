"""Text: what formatting asks of a value, and which texts show a tracer.

    f"{x}"  str(x)  "%s" % x  "{}".format(x)     # run, and the text has the tracer's representation in it
    f"{x:.2f}"  "%.2f" % x                       # need the number itself

https://docs.python.org/3/library/string.html#formatstrings, https://docs.python.org/3/library/stdtypes.html#old-string-formatting
"""

from __future__ import annotations

import re
from string import Formatter
from typing import TYPE_CHECKING

from jaxlint.trace.iteration import iterate
from jaxlint.trace.observations import ConversionKind
from jaxlint.trace.operations import convert
from jaxlint.values import HOST_STR, TRACER_TEXT, Const, Dict, Host, Tuple, Unknown, Value
from jaxlint.values.pytree import leaves, tracer_in

if TYPE_CHECKING:
    from collections.abc import Iterable

    from astroid import nodes

    from jaxlint.trace.binding import Arguments
    from jaxlint.trace.frame import Frame
    from jaxlint.trace.tracer import Tracer

_PERCENT = re.compile(
    r"%(?:\((?P<name>[^)]*)\))?[#0\- +]*(?P<width>\*|\d+)?(?:\.(?P<precision>\*|\d+))?[hlL]?(?P<kind>.)"
)
_AS_TEXT = "rsa"


def shows_tracer(value: Value) -> bool:
    """Whether the text of a value certainly has the representation of a tracer in it."""
    match value:
        case Const() | Unknown():
            return False
        case Host():
            return value.shows_tracer
    return tracer_in(value) is not None or any(isinstance(leaf, Host) and leaf.shows_tracer for leaf in leaves(value))


def text_of(values: Iterable[Value]) -> Value:
    """A text that has the texts of these values in it."""
    return TRACER_TEXT if any(shows_tracer(value) for value in values) else HOST_STR


def percent(t: Tracer, frame: Frame, node: nodes.NodeNG, template: Value, operand: Value) -> Value:
    """`template % operand`."""
    shown: list[Value] = [template]
    if isinstance(template, Const) and isinstance(template.value, str):
        given = list(operand.items) if isinstance(operand, Tuple) else [operand]
        for match in _PERCENT.finditer(template.value):
            if match["kind"] == "%":
                continue
            if "*" in (match["width"], match["precision"]):
                break
            value: Value | None
            if match["name"] is not None:
                value = operand.get(match["name"]) if isinstance(operand, Dict) else None
            else:
                value = given.pop(0) if given else None
            if value is None:
                continue
            if match["kind"] in _AS_TEXT:
                shown.append(value)
            else:
                convert(t, frame, node, value, ConversionKind.PERCENT, f"%{match['kind']}")
    return text_of(shown)


def formatted(t: Tracer, frame: Frame, node: nodes.NodeNG, template: Value, arguments: Arguments) -> Value:
    """`template.format(*arguments)`."""
    shown: list[Value] = [template]
    for name, specification, conversion in placeholders(template):
        value = arguments.positional[int(name)] if name.isdigit() and int(name) < len(arguments.positional) else None
        value = arguments.keyword(name) if value is None else value
        if value is None:
            continue
        if specification and not conversion:
            convert(t, frame, node, value, ConversionKind.FORMAT, "format")
        else:
            shown.append(value)
    return text_of(shown)


def placeholders(template: Value) -> list[tuple[str, str, str]]:
    """The replacement fields of a format string that is known, numbered where they are empty: the name or number of
    the argument, its specification, its conversion. An attribute or item of an argument has the argument's name.
    """
    if not isinstance(template, Const) or not isinstance(template.value, str):
        return []
    found: list[tuple[str, str, str]] = []
    try:
        for _, field, specification, conversion in Formatter().parse(template.value):
            if field is not None:
                name = re.split(r"[.\[]", field, maxsplit=1)[0]
                number = sum(1 for known, _, _ in found if known.isdigit())
                found.append((name or str(number), specification or "", conversion or ""))
    except ValueError:
        return []
    return found


def text_method(
    t: Tracer, frame: Frame, node: nodes.NodeNG, receiver: Value, name: str, arguments: Arguments
) -> Value:
    """A method of a string that gives a string."""
    if name == "format":
        return formatted(t, frame, node, receiver, arguments)
    if name == "join":
        return text_of((receiver, *(iterate(t, frame, node, value) for value in arguments.positional)))
    return text_of((receiver,))
