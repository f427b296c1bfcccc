"""Making objects: `Class(…)`, and the object that stands for `self` where no construction is in view."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jaxlint.model.schema import ClassKind, LibraryClass
from jaxlint.trace import shapes
from jaxlint.trace.attributes import class_kind
from jaxlint.trace.binding import Arguments
from jaxlint.trace.callers import prepare
from jaxlint.trace.context import ANYWHERE, EAGER
from jaxlint.trace.contracts import hand_over
from jaxlint.trace.frame import Frame, FrameKind
from jaxlint.trace.observations import Conversion, ConversionKind, ObjectMade
from jaxlint.trace.outside import needs
from jaxlint.trace.runners import is_case
from jaxlint.trace.staleness import built
from jaxlint.trace.summaries import run_on
from jaxlint.values import (
    NONE,
    UNKNOWN,
    Answer,
    Array,
    Class,
    Const,
    External,
    Fields,
    Function,
    Instance,
    NumPyArray,
    Ref,
    Tracing,
    Tuple,
    Unknown,
    Value,
    unless_given,
)
from jaxlint.values.pytree import tracing_of, worst

if TYPE_CHECKING:
    from astroid import nodes

    from jaxlint.trace.tracer import Tracer


def construct(t: Tracer, frame: Frame, node: nodes.NodeNG, cls: Class, arguments: Arguments) -> Value:
    """`Class(*arguments)`: runs `__init__`, or fills the fields of a dataclass or named tuple."""
    for base in cls.mro:
        if isinstance(base, External) and isinstance(base.meaning, LibraryClass):
            needs(t, frame, node, base.meaning.within, cls.name)
    made_object = _constructed(t, frame, node, cls, arguments)
    if isinstance(made_object, Instance) and made_object.cls is cls and node is not cls.node:
        t.observe(ObjectMade(node, frame, made_object))
        built(t, frame, cls)
    if frame.context.held is not None and isinstance(made_object, Instance) and made_object.cls is cls:
        # A module made where the parameters are at hand is ready.
        return prepare(t, frame, node, made_object)
    return made_object


def _constructed(t: Tracer, frame: Frame, node: nodes.NodeNG, cls: Class, arguments: Arguments) -> Value:
    made = frame.context.depth
    new = cls.find("__new__")
    if new is not None:
        # Nearly every `__new__` returns a plain object of the class, on which `__init__` runs then.
        result = t.call(frame, node, new[0], arguments.with_first(cls))
        if result is not UNKNOWN and not (isinstance(result, Instance) and result.cls == cls):
            return result
        if isinstance(result, Instance) and cls.find("__init__") is None:
            return result
    init = cls.find("__init__")
    if init is None and any(class_kind(base) is ClassKind.REF for base in cls.mro):
        return _reference(frame, arguments.positional[0] if arguments.positional else None)
    if init is not None and not (cls.dataclass and init[1] not in cls.mro[:1] and _declares(cls)):
        return _initialised(t, frame, node, Instance(cls, exact=True, made=made), init[0], arguments)
    if cls.dataclass:
        fields = _dataclass_fields(cls, arguments)
        if fields is None:
            return Instance(cls, exact=True, made=made)
        instance = Instance(cls, Fields(fields), True, made)
        post = cls.find("__post_init__")
        if post is not None:
            return _initialised(t, frame, node, instance, post[0], Arguments())
        return instance
    return Instance(cls, exact=True, made=made)


def _declares(cls: Class) -> bool:
    return bool(cls.fields)


def _initialised(
    t: Tracer, frame: Frame, node: nodes.NodeNG, instance: Instance, init: Value, arguments: Arguments
) -> Value:
    """The object after its `__init__` ran: what the method left in `self`."""
    if not isinstance(init, Function):
        return instance
    return run_on(t, frame, node, init, instance, arguments)


def _dataclass_fields(cls: Class, arguments: Arguments) -> dict[str, Value] | None:
    specs = cls.all_fields()
    fields: dict[str, Value] = {}
    names = [spec.name for spec in specs]
    if len(arguments.positional) > len(names):
        return None
    for name, value in zip(names, arguments.positional, strict=False):
        fields[name] = value
    for name, value in arguments.keywords:
        fields[name] = value
    for spec in specs:
        if spec.name not in fields:
            if not arguments.is_exact:
                fields[spec.name] = UNKNOWN if spec.default is None else unless_given(spec.default)
            elif spec.default is not None:
                default = spec.default
                fields[spec.name] = UNKNOWN if isinstance(default, Instance) else default
            else:
                fields[spec.name] = UNKNOWN
    return fields


def instance_of_class(t: Tracer, cls: Class) -> Instance:
    """An object of the class or of a subclass, constructed who knows where, with what its constructor shows."""
    known = t.instances.get(cls)
    if known is not None:
        return known
    if cls in t.instances:
        return Instance(cls)  # while it is being made
    t.instances[cls] = None
    result = Instance(cls)
    environment = cls.environment
    init = cls.find("__init__")
    if isinstance(environment, Frame):
        context = EAGER if is_case(cls) else ANYWHERE
        frame = Frame(FrameKind.FUNCTION, cls.module, environment, context, caller=None, depth=4)
        if init is not None and isinstance(init[0], Function):
            parameters = t.parameters(init[0].node)
            optional = {name for name, _ in init[0].defaults}
            first = (UNKNOWN,) * sum(name not in optional for name in parameters.positional[1:])
            others = tuple((name, UNKNOWN) for name in parameters.keyword_only if name not in optional)
            rest = UNKNOWN if parameters.vararg else None
            made = construct(t, frame, cls.node, cls, Arguments(first, others, rest, UNKNOWN))
        elif cls.dataclass:
            made = construct(t, frame, cls.node, cls, Arguments((), (), None, UNKNOWN))
        else:
            made = result
        if isinstance(made, Instance):
            result = Instance(cls, made.fields, False, 0)
        result = prepare(t, frame, cls.node, result)
    t.instances[cls] = result
    return result


def construct_library(
    t: Tracer, frame: Frame, node: nodes.NodeNG, callee: External, row: LibraryClass, arguments: Arguments
) -> Value:
    """Calling a class of a library: dtypes make arrays, the rest makes objects of which only the class is known."""
    needs(t, frame, node, row.within, row.path)
    first = arguments.positional[0] if arguments.positional else None
    match row.kind:
        case ClassKind.DTYPE:
            operands = worst(first) if first is not None else frame.context.made_here
            tracing = frame.context.result_of(operands)
            shape = () if first is None else shapes.literal_shape(first)
            return Array(tracing, shape, row.path.rsplit(".", 1)[-1], False, why=frame.context.maker)
        case ClassKind.NUMPY_DTYPE:
            if first is not None and tracing_of(first).is_tracer is Answer.YES:
                t.observe(Conversion(node, frame, first, ConversionKind.NUMPY, callee.path))
                return UNKNOWN
            return NumPyArray((), row.path.rsplit(".", 1)[-1])
        case ClassKind.GENERATOR:
            seeded = first not in (None, NONE) or bool(arguments.keywords)
            made = t.external(row.makes) if row.makes else callee
            return Instance(made, Fields({"seeded": Const(seeded)}), made=frame.context.depth, exact=True)
        case ClassKind.ARRAY | ClassKind.NUMPY:
            return UNKNOWN
        case ClassKind.REF:
            return _reference(frame, first)
    fields = dict(zip(row.fields, arguments.positional, strict=False))
    fields |= {name: value for name, value in arguments.keywords if name in row.fields}
    hand_over(t, row.path, row, fields)
    array = Array(frame.context.result_of(_operands(arguments)), why=frame.context.maker)
    fields |= {name: Ref(array) if row.kind is ClassKind.STATE_BASE else array for name in row.arrays}
    # A module made where the parameters are at hand is ready, and it is not known for which trace.
    ready = row.kind is ClassKind.MODULE_BASE and frame.context.held is not None
    made = t.external(row.makes) if row.makes else callee
    return Instance(made, Fields(fields), made=None if ready else frame.context.depth, exact=True)


def _reference(frame: Frame, content: Value | None) -> Value:
    """A mutable array with this content."""
    match content:
        case Array():
            return Ref(content)
        case NumPyArray(shape, dtype):
            return Ref(Array(frame.context.made_here, shape, dtype, why=frame.context.maker))
    return UNKNOWN


def _operands(arguments: Arguments) -> Tracing:
    return worst(Tuple(tuple(value for value in arguments.all_values() if not isinstance(value, Unknown))))


__all__ = ["construct", "construct_library", "instance_of_class"]
