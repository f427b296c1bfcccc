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
from jaxlint.trace.observations.frameworks import (
    FrameworkCall,
    OutsideFramework,
)
from jaxlint.trace.observations.names import (
    Membership,
    ModuleImport,
    NamedCall,
    NameImport,
    NameRead,
    TypeTest,
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
    LoopStatement,
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
    TimedRegion,
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
    "FrameworkCall",
    "FunctionReturn",
    "ItemRead",
    "ItemWrite",
    "Iteration",
    "IteratorAdvance",
    "KeyMisuse",
    "KeyTrouble",
    "LibraryCall",
    "LoopCall",
    "LoopStatement",
    "Membership",
    "MethodCall",
    "ModuleImport",
    "NameImport",
    "NameRead",
    "NamedCall",
    "Observation",
    "OutsideFramework",
    "PatternMatch",
    "PythonIndex",
    "RangeBound",
    "Site",
    "StaleRead",
    "Target",
    "TimedRegion",
    "TransformApplied",
    "TransformedCall",
    "TruthTest",
    "TypeTest",
    "UnaryOperation",
]
