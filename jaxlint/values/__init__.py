"""Abstract values: what the abstract tracer knows of a Python object. See `base` for the idea."""

from jaxlint.values.arrays import Array, IndexUpdate, Identity, KeyKind, NumPyArray, Ref, Shape, Tracing
from jaxlint.values.base import (
    FALSE,
    HOST,
    HOST_BOOL,
    HOST_DTYPE,
    HOST_FLOAT,
    HOST_INT,
    HOST_STR,
    NEVER,
    NONE,
    TRACER_TEXT,
    TRUE,
    UNKNOWN,
    Answer,
    Const,
    Host,
    HostKind,
    Never,
    Unknown,
    Value,
)
from jaxlint.values.containers import Dict, Iterator, List, Set, Slice, Tree, Tuple, TupleOf, View
from jaxlint.values.functions import (
    ArrayMethod,
    Bound,
    Environment,
    External,
    Function,
    Meaning,
    Method,
    Partial,
    Transformed,
    underlying,
)
from jaxlint.values.join import Union, alternatives, join, join_all
from jaxlint.values.objects import Class, Fields, FieldSpec, Instance, Module, PytreeKind, Super
from jaxlint.values.provenance import Confidence, Location, TraceEntry

__all__ = [
    "FALSE", "HOST", "HOST_BOOL", "HOST_DTYPE", "HOST_FLOAT", "HOST_INT", "HOST_STR", "NEVER", "NONE", "TRACER_TEXT", "TRUE", "UNKNOWN",
    "Answer", "Array", "ArrayMethod", "Bound", "Class", "Confidence", "Const", "Dict", "Environment", "External",
    "FieldSpec", "Fields", "Function", "Host", "HostKind", "IndexUpdate", "Instance", "Iterator", "Identity", "KeyKind",
    "List", "Location", "Meaning", "Method", "Module", "Never", "NumPyArray", "Partial", "PytreeKind", "Ref", "Set",
    "Shape", "Slice", "Super", "TraceEntry", "Tracing", "Transformed", "Tree", "Tuple", "TupleOf", "Union", "Unknown", "Value", "View",
    "alternatives", "join", "join_all", "underlying",
]  # fmt: skip
