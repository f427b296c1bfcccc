"""The row types: everything that the tool claims about a library is one of these, in a table.

A *row* says what a name means: a function's result and what it does to its arguments (`Operation`), a transformation
(`Wrapper`: returns a function; `Loop`: calls its functions at once), a function or method that calls the user's own
(`Caller`), what makes an object of such functions (`Maker`, `Lessener`), a class (`LibraryClass`), what declares one
(`ClassDecorator`, `FieldMarker`), a context manager (`Manager`). A name without a row claims nothing. Rows know nothing of
the abstract tracer that reads them; tests hold them against the installed libraries.

    Operation("jax.numpy.sin", result=ArrayResult())
    Operation("jax.numpy.shape", result=HostResult(HostKind.OBJECT), reads=Reads.NOTHING)
    Operation("numpy.sin", library=Library.NUMPY, reads=Reads.AS_NUMPY)
"""

from __future__ import annotations

from jaxlint.model.schema.attributes import ArrayAttribute, Attr
from jaxlint.model.schema.callers import Caller, Gets, Lessener, Maker
from jaxlint.model.schema.classes import ClassDecorator, ClassKind, Contract, FieldMarker, LibraryClass
from jaxlint.model.schema.demands import Asks, Demand
from jaxlint.model.schema.managers import Manager
from jaxlint.model.schema.operations import Constant, Effect, KeyUse, Library, Operation, Reads
from jaxlint.model.schema.results import (
    ArgumentResult,
    ArrayListResult,
    ArrayResult,
    HostResult,
    InitialisingResult,
    KeyResult,
    LikeResult,
    NumPyResult,
    ObjectResult,
    RecordResult,
    RefResult,
    Result,
    StateResult,
    TreeResult,
    TupleResult,
    UnknownResult,
    VaryingResult,
)
from jaxlint.model.schema.transformations import (
    Callee,
    From,
    Gives,
    Hiding,
    Leaves,
    Loop,
    Returns,
    Selects,
    Source,
    Staging,
    Wrapper,
)

Row = (
    Operation | LibraryClass | Constant | Wrapper | Loop | Manager
    | Caller | Maker | Lessener | ClassDecorator | FieldMarker
)  # fmt: skip

__all__ = [
    "ArgumentResult",
    "ArrayAttribute",
    "ArrayListResult",
    "ArrayResult",
    "Asks",
    "Attr",
    "Callee",
    "Caller",
    "ClassDecorator",
    "ClassKind",
    "Constant",
    "Contract",
    "Demand",
    "Effect",
    "FieldMarker",
    "From",
    "Gets",
    "Gives",
    "Hiding",
    "HostResult",
    "InitialisingResult",
    "KeyResult",
    "KeyUse",
    "Leaves",
    "Lessener",
    "Library",
    "LibraryClass",
    "LikeResult",
    "Loop",
    "Maker",
    "Manager",
    "NumPyResult",
    "ObjectResult",
    "Operation",
    "Reads",
    "RecordResult",
    "RefResult",
    "Result",
    "Returns",
    "Row",
    "Selects",
    "Source",
    "Staging",
    "StateResult",
    "TreeResult",
    "TupleResult",
    "UnknownResult",
    "VaryingResult",
    "Wrapper",
]
