"""What the abstract tracer observes: the closed set of events that rules listen to.

Each says what happened to which abstract values at which node. A rule that needs a new kind of knowledge adds an
observation here; it does not reach into the tracer. An observation made in code that cannot be reached does not occur.
"""

from jaxlint.trace.observations.base import (
    Observation,
)
from jaxlint.trace.observations.calls import (
    CachedCall,
    FunctionReturn,
    LibraryCall,
    LoopCall,
    MethodCall,
    TransformApplied,
    TransformedCall,
)
from jaxlint.trace.observations.operations import (
    AttributeRead,
    AttributeWrite,
    BinaryOperation,
    Conversion,
    ConversionKind,
    Discarded,
    Display,
    ExceptionGuard,
    ItemRead,
    ItemWrite,
    Iteration,
    PatternMatch,
    PythonIndex,
    RangeBound,
    Site,
    TruthTest,
    UnaryOperation,
)
from jaxlint.trace.observations.state import (
    BufferWrite,
    DonatingCall,
    Escape,
    IteratorAdvance,
    KeyMisuse,
    KeyTrouble,
    StaleRead,
    Target,
)

__all__ = [
    "AttributeRead",
    "AttributeWrite",
    "BinaryOperation",
    "BufferWrite",
    "CachedCall",
    "Conversion",
    "ConversionKind",
    "Discarded",
    "Display",
    "DonatingCall",
    "Escape",
    "ExceptionGuard",
    "FunctionReturn",
    "ItemRead",
    "ItemWrite",
    "Iteration",
    "IteratorAdvance",
    "KeyMisuse",
    "KeyTrouble",
    "LibraryCall",
    "LoopCall",
    "MethodCall",
    "Observation",
    "PatternMatch",
    "PythonIndex",
    "RangeBound",
    "Site",
    "StaleRead",
    "Target",
    "TransformApplied",
    "TransformedCall",
    "TruthTest",
    "UnaryOperation",
]
