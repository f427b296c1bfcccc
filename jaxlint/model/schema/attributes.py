"""Attributes and methods of an array."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Flag, auto

from jaxlint.model.schema.operations import KeyUse
from jaxlint.model.schema.results import Result, UnknownResult
from jaxlint.values.functions import Meaning


class Attr(Flag):
    """Properties of an attribute or method of an array."""

    METHOD = auto()
    STATIC = auto()  # a Python value, known while tracing
    CONVERTS = auto()  # needs the concrete value: raises on a hidden tracer
    MISSING_ON_TRACER = auto()  # AttributeError on every tracer
    MISSING = auto()  # AttributeError on concrete arrays, too


@dataclass(frozen=True, slots=True)
class ArrayAttribute(Meaning):
    """What `x.name`, or `x.name(...)` for methods, gives for an array `x`.

    `parameters` (without the array), `static`, `sized_by`, `sized_from` and `refuses_out` are those of `Operation`;
    `sized_from` may name the array itself as "self".
    """

    name: str
    flags: Attr
    result: Result = UnknownResult()
    pure: bool = True
    key: KeyUse | None = None
    parameters: tuple[str, ...] = ()
    static: tuple[str, ...] = ()
    sized_by: str = ""
    sized_from: tuple[str, ...] = ()
    refuses_out: bool = False
