"""Attributes: `x.name`, `x.name = v`, and looking names up in classes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from astroid import nodes

from jaxlint.model.array_api import ATTRIBUTES
from jaxlint.model.schema import ArrayAttribute, Attr, ClassKind, LibraryClass, Loop, Wrapper
from jaxlint.trace import dtypes, shapes
from jaxlint.trace.binding import Arguments
from jaxlint.trace.items import escape, peek, store, written
from jaxlint.trace.observations import AttributeRead, AttributeWrite, Escape, Target
from jaxlint.trace.outside import needs
from jaxlint.trace.staleness import Place, bound_outside, read_in_trace
from jaxlint.values import (
    HOST,
    HOST_BOOL,
    HOST_DTYPE,
    HOST_INT,
    HOST_STR,
    NEVER,
    UNKNOWN,
    Answer,
    Array,
    ArrayMethod,
    Bound,
    Class,
    Const,
    Dict,
    External,
    Function,
    Host,
    HostKind,
    IndexUpdate,
    Instance,
    Iterator,
    List,
    Method,
    Module,
    Never,
    NumPyArray,
    Partial,
    PytreeKind,
    Ref,
    Set,
    Super,
    Transformed,
    Tree,
    Tuple,
    TupleOf,
    Union,
    Unknown,
    Value,
    alternatives,
    join,
    join_all,
)
from jaxlint.values.provenance import TraceEntry

if TYPE_CHECKING:
    from jaxlint.trace.frame import Frame
    from jaxlint.trace.tracer import Tracer
    from jaxlint.values import Shape


# ------------------------------------------------------------------------------------------------ reading


def read_attribute(t: Tracer, frame: Frame, node: nodes.NodeNG, target: Value, name: str) -> Value:
    """`target.name`."""
    match target:
        case Unknown():
            # Whatever has a shape, a dtype or a rank: it is a Python value.
            return _STATIC_ATTRIBUTES.get(name, UNKNOWN) if name in ("shape", "dtype", "ndim") else UNKNOWN
        case Module():
            value = module_attribute(t, target, name)
            read_in_trace(t, frame, node, Place(target.name, name), value)
            return value
        case External(path, meaning):
            if isinstance(meaning, LibraryClass) and name in meaning.creators:
                return target  # it makes an object of the fields that it is given
            return t.external(f"{path}.{name}")
        case Array():
            meaning = ATTRIBUTES.get(name)
            t.observe(AttributeRead(node, frame, target, name, meaning))
            return _array_attribute(frame, target, name, meaning)
        case Tree(tracing, why):
            return _tree_attribute(frame, target, name, tracing.is_tracer, why)
        case Instance():
            value = instance_attribute(t, frame, node, target, name)
            kept = frame.context.keeper is not None and target.made == 0 and not target.rebuilt
            if kept and name in target.fields and (not isinstance(target.cls, Class) or name in set_later(t, target.cls)):
                read_in_trace(t, frame, node, Place(target.cls, name), value)
            return value
        case Class():
            found = target.find(name)
            if found is not None:
                return _from_class(found[0], None, target)
            return target if name in _creators(target) else UNKNOWN
        case Super(owner, receiver):
            return _super_attribute(owner, receiver, name)
        case Ref(content):
            if name == "at":
                return IndexUpdate(target)
            if name == "value":
                return content
            return _array_attribute(frame, content, name, ATTRIBUTES.get(name))
        case IndexUpdate():
            return ArrayMethod(target, name)
        case NumPyArray():
            return _numpy_attribute(target, name)
        case List() | Dict() | Set() | Tuple() | TupleOf() | Iterator() | Const() | Host():
            return Method(target, name)
        case Function() | Transformed() | Partial() | Bound():
            return _function_attribute(target, name)
        case Union():
            options = [option for option in alternatives(target) if not isinstance(option, Const)]
            return join_all(read_attribute(t, frame, node, option, name) for option in options or [UNKNOWN])
        case Never():
            return NEVER
    return UNKNOWN


def _creators(cls: Class) -> frozenset[str]:
    """The class methods of library bases that make an object of the fields that they are given by name."""
    rows = [base.meaning for base in cls.mro if isinstance(base, External)]
    return frozenset(name for row in rows if isinstance(row, LibraryClass) for name in row.creators)


def module_attribute(t: Tracer, module: Module, name: str) -> Value:
    """A name of a module of the project, or its submodule."""
    known = t.modules.get(module.name)
    value = known.env.get(name) if known is not None else None
    if value is not None:
        return value
    if t.sources.has(f"{module.name}.{name}"):
        return t.module(f"{module.name}.{name}")
    return UNKNOWN


def module_has(t: Tracer, module: Module, name: str) -> Answer:
    """Whether a module of the project has a name, once its body has run."""
    known = t.modules.get(module.name)
    tree = t.sources.tree(module.name)
    if known is None or tree is None or module.name in t.importing:
        return Answer.UNKNOWN
    if name in known.env:
        return Answer.YES
    stars = any(alias == "*" for node in tree.body if isinstance(node, nodes.ImportFrom) for alias, _ in node.names)
    if stars or "__getattr__" in known.env or name in tree.locals or t.sources.has(f"{module.name}.{name}"):
        return Answer.UNKNOWN
    return Answer.NO


def _array_attribute(frame: Frame, target: Array, name: str, meaning: ArrayAttribute | None) -> Value:
    match name:
        case "shape":
            return shapes.shape_value(target.shape) or TupleOf(HOST_INT)
        case "ndim":
            return HOST_INT if target.shape is None else Const(len(target.shape))
        case "size":
            size = target.size
            return HOST_INT if size is None else Const(size)
        case "dtype":
            return HOST_DTYPE
        case "at":
            return IndexUpdate(target)
        case "T" | "mT":
            shape = _transposed(target.shape, name)
            return replace(target, shape=shape, key_id=None, buffer=None, tracing=frame.context.result_of(target.tracing))
        case "real" | "imag":
            dtype, weak = dtypes.real((target.dtype, target.weak))
            tracing = frame.context.result_of(target.tracing)
            return replace(target, key_id=None, buffer=None, dtype=dtype, weak=weak, tracing=tracing)
    if meaning is None or Attr.METHOD in meaning.flags:
        return ArrayMethod(target, name, meaning)
    if Attr.STATIC in meaning.flags:
        return HOST
    return UNKNOWN


def _transposed(shape: Shape | None, name: str) -> Shape | None:
    if shape is None:
        return None
    return shape[::-1] if name == "T" else shapes.swapped(shape, -1, -2)


_STATIC_ATTRIBUTES = {
    "shape": TupleOf(HOST_INT),
    "ndim": HOST_INT,
    "size": HOST_INT,
    "dtype": HOST_DTYPE,
    "itemsize": HOST_INT,
    "nbytes": HOST_INT,
    "weak_type": HOST_BOOL,
    "aval": HOST,
}


def _tree_attribute(frame: Frame, target: Tree, name: str, traced: Answer, why: TraceEntry | None) -> Value:
    """An attribute of something that may be an array or a registered class: only an array's own names are known."""
    static = _STATIC_ATTRIBUTES.get(name)
    if static is not None:
        return static
    if name == "at":
        return IndexUpdate(Array(target.tracing, why=why))
    meaning = ATTRIBUTES.get(name)
    if meaning is not None and Attr.METHOD in meaning.flags:
        return ArrayMethod(target, name, meaning)
    if meaning is not None and name in ("T", "mT", "real", "imag"):
        return Array(frame.context.result_of(target.tracing), why=why)
    if name in ("items", "keys", "values", "_replace", "replace", "get", "_asdict"):
        return Method(target, name)
    return UNKNOWN


def set_later(t: Tracer, cls: Class) -> frozenset[str]:
    """The attributes of its objects that a class sets in other methods than `__init__`, or that others set."""
    known = t.set_later.get(cls)
    if known is None:
        known = t.set_later[cls] = frozenset(
            target.attrname
            for method in cls.node.body
            if isinstance(method, nodes.FunctionDef) and method.name != "__init__"
            for target in method.nodes_of_class(nodes.AssignAttr)
        )
    return known


def instance_attribute(t: Tracer, frame: Frame, node: nodes.NodeNG, target: Instance, name: str) -> Value:
    """`object.name`: its own field, else its class's, with methods bound and properties run."""
    field = target.fields.get(name)
    if field is not None:
        return field
    if name == "__class__":
        return target.cls
    if name == "__dict__":
        return Dict((), UNKNOWN, frame.context.depth)
    cls = target.cls
    if isinstance(cls, External):
        return Method(target, name)
    if not isinstance(cls, Class):
        return UNKNOWN
    found = cls.find(name)
    results: list[Value] = []
    if found is not None:
        results.append(_class_attribute(t, frame, node, found[0], target))
    elif cls.pytree is PytreeKind.NAMEDTUPLE and name in ("_replace", "_asdict", "_fields", "_make"):
        return Method(target, name)
    elif name in ("replace", "tree_replace") and cls.dataclass:
        return Method(target, "replace")
    if not target.exact:
        results.extend(_overrides(t, frame, node, target, cls, name))
    if results:
        return join_all(results)
    if target.exact and target.made is not None and not target.rebuilt:
        _needs_preparing(t, frame, node, target, cls, name)
    return _inherited(t, cls, target, name)


def _needs_preparing(
    t: Tracer, frame: Frame, node: nodes.NodeNG, target: Instance, cls: Class, name: str
) -> None:
    """The attribute may be one that only a method sets which a framework runs first, and which has not run."""
    for base in cls.mro:
        if not isinstance(base, External) or not isinstance(base.meaning, LibraryClass):
            continue
        for method in base.meaning.initialisers:
            found = cls.find(method)
            if found is not None and isinstance(found[0], Function) and _sets(found[0], name):
                needs(t, frame, node, base.path, name, target)


def _sets(method: Function, name: str) -> bool:
    """Whether a method assigns an attribute of its receiver."""
    receiver = method.node.args.args[:1] if method.node.args.args else []
    return any(
        target.attrname == name and isinstance(target.expr, nodes.Name) and target.expr.name == receiver[0].name
        for target in method.node.nodes_of_class(nodes.AssignAttr)
        if receiver
    )


def _overrides(
    t: Tracer, frame: Frame, node: nodes.NodeNG, target: Instance, cls: Class, name: str
) -> list[Value]:
    """What subclasses of the project define under the name: methods only, each bound to an object of its class.

    A class statement in a function makes a class each time; one of them stands for all.
    """
    found: list[Value] = []
    seen: set[nodes.ClassDef] = set()
    pending = list(cls.subclasses)
    while pending and len(found) < 64:
        sub = pending.pop()
        if sub.node in seen:
            continue
        seen.add(sub.node)
        pending.extend(sub.subclasses)
        own = sub.namespace.get(name)
        if isinstance(own, Function | Transformed):
            receiver = Instance(sub, target.fields, False, target.made, target.rebuilt)
            found.append(_class_attribute(t, frame, node, own, receiver))
    return found


def _inherited(t: Tracer, cls: Class, target: Instance, name: str) -> Value:
    """An attribute that no class of the project has: a library base may have it."""
    libraries = [base for base in cls.mro if isinstance(base, External)]
    for base in libraries:
        if isinstance(t.external_meaning(f"{base.path}.{name}"), Wrapper | Loop):
            return t.external(f"{base.path}.{name}")
    if libraries:
        return Method(target, name)
    return UNKNOWN


def _class_attribute(t: Tracer, frame: Frame, node: nodes.NodeNG, value: Value, target: Instance) -> Value:
    if isinstance(value, Property):
        return t.call(frame, node, value.getter, Arguments((target,)))
    return _from_class(value, target, target.cls)


def _from_class(value: Value, receiver: Value | None, cls: Value) -> Value:
    """The descriptor protocol: functions bind, static methods do not, class methods bind the class."""
    match value:
        case StaticMethod(function):
            return function
        case ClassMethod(function):
            return Bound(cls, function)
        case Property():
            return UNKNOWN
        case Function() | Transformed() if receiver is not None:
            return Bound(receiver, value)
        case Union() if receiver is not None:
            return join_all(_from_class(option, receiver, cls) for option in alternatives(value))
    return value


def _super_attribute(owner: Class, receiver: Value, name: str) -> Value:
    start = receiver.cls if isinstance(receiver, Instance) else receiver
    mro = start.mro if isinstance(start, Class) else owner.mro
    after = mro[mro.index(owner) + 1 :] if owner in mro else owner.mro[1:]
    for cls in after:
        if isinstance(cls, Class) and name in cls.namespace:
            bound = receiver if isinstance(receiver, Instance) else None
            return _from_class(cls.namespace[name], bound, start)
        if isinstance(cls, External):
            break
    return External("builtins.object.__new__") if name == "__new__" else Method(receiver, name)


def _numpy_attribute(target: NumPyArray, name: str) -> Value:
    match name:
        case "shape":
            return shapes.shape_value(target.shape) or TupleOf(HOST_INT)
        case "ndim" | "size" | "itemsize" | "nbytes":
            return HOST_INT
        case "dtype":
            return HOST_DTYPE
        case "T" | "real" | "imag" | "flat":
            return NumPyArray()
    return Method(target, name)


def _is_renamed(node: nodes.FunctionDef | nodes.Lambda) -> bool:
    """Whether a function may have the name of another one, by `functools.wraps`."""
    decorators = node.decorators.nodes if isinstance(node, nodes.FunctionDef) and node.decorators is not None else ()
    return any("wraps" in decorator.as_string() for decorator in decorators)


def _function_attribute(target: Value, name: str) -> Value:
    match name:
        case "__name__" if isinstance(target, Function) and not _is_renamed(target.node):
            return Const(target.name)
        case "__name__" | "__qualname__" | "__doc__" | "__module__":
            return HOST_STR
        case "__wrapped__":
            return target.function if isinstance(target, Transformed) else UNKNOWN
        case "func":
            return target.function if isinstance(target, Partial) else UNKNOWN
        case "args" | "keywords":
            return UNKNOWN
    return Method(target, name)


# ------------------------------------------------------------------------------------------------ writing


def write_attribute(t: Tracer, frame: Frame, node: nodes.AssignAttr | nodes.DelAttr, value: Value) -> None:
    """`node.expr.attrname = value`."""
    set_attribute(t, frame, node, node.expr, t.evaluate(frame, node.expr), node.attrname, value)


def set_attribute(
    t: Tracer, frame: Frame, node: nodes.NodeNG, place: nodes.NodeNG, target: Value, name: str, value: Value
) -> None:
    """`target.name = value` at `node`, for a target that is held at `place`."""
    t.observe(AttributeWrite(node, frame, target, name, value))
    for option in alternatives(target):
        if isinstance(option, Instance):
            setter = option.cls.find(name) if isinstance(option.cls, Class) else None
            if setter is not None and isinstance(setter[0], Property):
                continue
            escape(t, frame, node, place, option, value)
            if frame.name != "__init__":
                bound_outside(t, frame, node, Place(option.cls, name), value)
        elif isinstance(option, Function):
            escape(t, frame, node, place, option, value)
        elif isinstance(option, Ref):
            written(t, frame, node, place, option, value)
        elif isinstance(option, Class):
            if frame.context.depth > 0:
                t.observe(Escape(node, frame, Target.CLASS, node.as_string(), value, option, 0, place))
            option.namespace[name] = join(option.namespace.get(name, NEVER), value)
        elif isinstance(option, Module):
            if frame.context.depth > 0:
                t.observe(Escape(node, frame, Target.MODULE, node.as_string(), value, option, 0, place))
            bound_outside(t, frame, node, Place(option.name, name), value)
    holder = peek(t, frame, place)
    if isinstance(holder, Instance):
        store(t, frame, place, holder.with_field(name, value))


# ------------------------------------------------------------------------------------------------ descriptors


class _Descriptor(Value):
    __slots__ = ("function",)

    def __init__(self, function: Value) -> None:
        self.function = function

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and self.function == other.function

    def __hash__(self) -> int:
        return hash((type(self), self.function))


class StaticMethod(_Descriptor):
    """`staticmethod(f)` in a class body."""

    __match_args__ = ("function",)


class ClassMethod(_Descriptor):
    """`classmethod(f)` in a class body."""

    __match_args__ = ("function",)


class Property(_Descriptor):
    """`property(f)`, `functools.cached_property(f)`: reading it calls the function."""

    __match_args__ = ("function",)

    @property
    def getter(self) -> Value:
        """The function that reading the attribute calls."""
        return self.function


def class_kind(value: Value) -> ClassKind | None:
    """What a library class is to the tracer."""
    if isinstance(value, External) and isinstance(value.meaning, LibraryClass):
        return value.meaning.kind
    return None


def host_number(kind: HostKind) -> Value:
    """A Python number of a kind."""
    return Host(kind)
