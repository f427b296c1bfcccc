"""Attributes: `x.name`, `x.name = v`, and looking names up in classes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from astroid import nodes

from jaxlint.model.array_api import ATTRIBUTES
from jaxlint.model.schema import ClassKind, LibraryClass
from jaxlint.trace.array_attributes import STATIC_ATTRIBUTES, array_attribute, numpy_attribute, tree_attribute
from jaxlint.trace.descriptors import Property, from_class
from jaxlint.trace.instances import instance_attribute, set_later, super_attribute
from jaxlint.trace.items import escape, written
from jaxlint.trace.observations import AttributeRead, AttributeWrite, Escape, Target
from jaxlint.trace.places import peek, store
from jaxlint.trace.staleness import Place, bound_outside, read_in_trace
from jaxlint.values import (
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
    Dispatched,
    External,
    Fields,
    Function,
    Host,
    IndexUpdate,
    Instance,
    Iterator,
    List,
    Method,
    Module,
    Never,
    NumPyArray,
    Partial,
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
from jaxlint.values.functions import owned

if TYPE_CHECKING:
    from jaxlint.trace.frame import Frame
    from jaxlint.trace.tracer import Tracer


# ------------------------------------------------------------------------------------------------ reading


def read_attribute(t: Tracer, frame: Frame, node: nodes.NodeNG, target: Value, name: str) -> Value:
    """`target.name`."""
    match target:
        case Unknown():
            # Whatever has a shape, a dtype or a rank: it is a Python value.
            return STATIC_ATTRIBUTES.get(name, UNKNOWN) if name in ("shape", "dtype", "ndim") else UNKNOWN
        case Module():
            value = module_attribute(t, target, name)
            read_in_trace(t, frame, node, Place(target.name, name), value)
            return value
        case External(path, meaning):
            if isinstance(meaning, LibraryClass) and name in meaning.creators:
                return target  # it makes an object of the fields that it is given
            if frame.context.replaced and f"{path}.{name}" in frame.context.replaced:
                return UNKNOWN
            return t.external(f"{path}.{name}")
        case Array():
            meaning = ATTRIBUTES.get(name)
            t.observe(AttributeRead(node, frame, target, name, meaning))
            return array_attribute(frame, target, name, meaning)
        case Tree(tracing, why):
            return tree_attribute(frame, target, name, tracing.is_tracer, why)
        case Instance():
            value = instance_attribute(t, frame, node, target, name)
            kept = frame.context.keeper is not None and target.made == 0 and not target.rebuilt
            if kept and name in target.fields and (not isinstance(target.cls, Class) or name in set_later(t, target.cls)):
                read_in_trace(t, frame, node, Place(target.cls, name), value)
            return value
        case Class():
            found = target.find(name)
            if found is not None:
                if found[0] is UNKNOWN:
                    return _member(target, name)
                remade = target.remade and isinstance(found[0], Const | Host)
                return UNKNOWN if remade else from_class(found[0], None, target)
            return target if name in _creators(target) else UNKNOWN
        case Super(owner, receiver):
            return super_attribute(owner, receiver, name)
        case Ref(content):
            if name == "at":
                return IndexUpdate(target)
            if name == "value":
                return content
            return array_attribute(frame, content, name, ATTRIBUTES.get(name))
        case IndexUpdate():
            return ArrayMethod(target, name)
        case NumPyArray():
            return numpy_attribute(target, name)
        case List() | Dict() | Set() | Tuple() | TupleOf() | Iterator() | Const() | Host():
            return Method(target, name)
        case Dispatched() | Bound(function=Dispatched()):
            return Method(target.function if isinstance(target, Bound) else target, name)
        case Function() | Transformed() | Partial() | Bound():
            return _function_attribute(target, name)
        case Union():
            options = [option for option in alternatives(target) if not isinstance(option, Const)]
            return join_all(read_attribute(t, frame, node, option, name) for option in options or [UNKNOWN])
        case Never():
            return NEVER
    return UNKNOWN


def _member(cls: Class, name: str) -> Value:
    """A class attribute of which nothing is known; of an enumeration, `NAME = enum.auto()`, it is an object of the class."""
    if any(isinstance(base, External) and base.path in _ENUMERATIONS for base in cls.mro):
        return Instance(cls, Fields({"name": Const(name), "value": UNKNOWN}), exact=True)
    return UNKNOWN


_ENUMERATIONS = frozenset({"enum.Enum"})


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
            if isinstance(target, Function):
                # What has wrapped it need not be in view, such as a hook on imports that checks types.
                return target.wraps or target
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
        store(t, frame, place, holder.with_field(name, owned(value, holder)))


def class_kind(value: Value) -> ClassKind | None:
    """What a library class is to the tracer."""
    if isinstance(value, External) and isinstance(value.meaning, LibraryClass):
        return value.meaning.kind
    return None
