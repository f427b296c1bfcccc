"""What a dict is looked up by, as far as it is known: constants, classes of the project, tuples of these.

A constant stands in `Dict.items` as itself, everything else as the abstract value. A registry whose keys are classes,
`RULES[type(p), type(q)]`, is read as one whose keys are names.
"""

from __future__ import annotations

from jaxlint.values.base import Const, Value
from jaxlint.values.containers import Tuple
from jaxlint.values.functions import External
from jaxlint.values.objects import Class


def known_key(index: Value) -> tuple[object] | None:
    """The key that a value is, alone in a tuple; None where it is not known which one."""
    match index:
        case Const(value):
            return (value,)
        case Class():
            return (index,)
        case Tuple(items) if items and all(map(_is_known, items)):
            return (index,)
    return None


def _is_known(part: Value) -> bool:
    return isinstance(part, External) or known_key(part) is not None


def key_value(key: object) -> Value:
    """The value that a key of a dict is."""
    return key if isinstance(key, Value) else Const(key)
