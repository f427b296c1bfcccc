"""Attributes of objects: fields, methods of their classes and of subclasses, properties, `super()`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from astroid import nodes

from jaxlint.model.schema import LibraryClass, Loop, Wrapper
from jaxlint.trace.binding import Arguments
from jaxlint.trace.descriptors import Property, from_class
from jaxlint.trace.outside import needs
from jaxlint.trace.scope import is_marked_abstract
from jaxlint.values import (
    UNKNOWN,
    Answer,
    Bound,
    Class,
    Const,
    Dict,
    External,
    Fields,
    Filtered,
    Function,
    Instance,
    Method,
    PytreeKind,
    Tracing,
    Transformed,
    Tuple,
    Union,
    Value,
    join_all,
)
from jaxlint.values.functions import belonging
from jaxlint.values.join import UNION_LIMIT

if TYPE_CHECKING:
    from jaxlint.trace.frame import Frame
    from jaxlint.trace.tracer import Tracer


def set_later(t: Tracer, cls: Class) -> frozenset[str]:
    """The attributes of its objects that its module sets elsewhere than in an `__init__`."""
    known = t.set_later.get(cls)
    if known is None:
        known = t.set_later[cls] = t.attributes_set(cls.node.root())
    return known


def instance_attribute(t: Tracer, frame: Frame, node: nodes.NodeNG, target: Instance, name: str) -> Value:
    """`object.name`: its own field, else its class's, with methods bound and properties run."""
    field = target.fields.get(name)
    if field is not None:
        return belonging(field, target)
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
    if found is not None and is_abstract(found[0]):
        if target.exact:
            return UNKNOWN
    elif found is not None:
        results.append(_class_attribute(t, frame, node, found[0], target))
    elif cls.pytree is PytreeKind.NAMEDTUPLE and name == "_fields":
        return Tuple(tuple(Const(spec.name) for spec in cls.all_fields()))
    elif cls.pytree is PytreeKind.NAMEDTUPLE and name in ("_replace", "_asdict", "_make"):
        return Method(target, name)
    elif name in ("replace", "tree_replace") and cls.dataclass:
        return Method(target, "replace")
    if not target.exact:
        results.extend(_overrides(t, frame, node, target, cls, name))
    if results:
        return _any_of(results)
    if found is not None:
        return UNKNOWN  # what a subclass out of view does
    if target.exact and target.made is not None and not target.rebuilt:
        _needs_preparing(t, frame, node, target, cls, name)
    return _inherited(t, cls, target, name)


def _any_of(results: list[Value]) -> Value:
    """Any one of the attributes of a class and its subclasses. Methods are kept apart however many there are: a base class
    puts `step` under `jit`, and sixty environments say what it does.
    """
    distinct = tuple(dict.fromkeys(results))
    if len(distinct) > UNION_LIMIT and all(isinstance(result, Bound | Function | Transformed) for result in distinct):
        return Union(distinct)
    return join_all(distinct)


def is_abstract(attribute: Value) -> bool:
    """Whether an attribute of a class only says what subclasses have to do; no object has it as its own."""
    function = attribute.function if isinstance(attribute, Property) else attribute
    return isinstance(function, Function) and is_marked_abstract(function.node)


def _needs_preparing(t: Tracer, frame: Frame, node: nodes.NodeNG, target: Instance, cls: Class, name: str) -> None:
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


def _overrides(t: Tracer, frame: Frame, node: nodes.NodeNG, target: Instance, cls: Class, name: str) -> list[Value]:
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
        if isinstance(own, Function | Transformed) and not is_abstract(own):
            receiver = Instance(sub, _fields_in(t, frame, sub, target), False, target.made, target.rebuilt)
            found.append(_class_attribute(t, frame, node, own, receiver))
    return found


def _fields_in(t: Tracer, frame: Frame, sub: Class, target: Instance) -> Fields:
    """The fields of an object of a class if it is one of a subclass: what that declares, too."""
    from jaxlint.trace.annotations import declared  # which knows attributes, and these know objects

    if sub.pytree is not PytreeKind.FIELDS:
        return target.fields
    rebuilt = target.rebuilt and frame.context.staging is Answer.YES  # each array in it is a tracer then
    key = sub, rebuilt
    own = t.declared.get(key)
    if own is None:
        own = declared(t, sub, Tracing.HIDDEN if rebuilt else Tracing.UNKNOWN)
        if rebuilt:
            own = {
                name: Filtered(None, False) if value is UNKNOWN and name in sub.dynamic_fields else value
                for name, value in own.items()
            }
        t.declared[key] = own
    known = {name: value for name, value in target.fields.items() if value is not UNKNOWN or name not in own}
    return Fields({**own, **known})


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
    if isinstance(value, Instance) and isinstance(value.cls, Class):
        getter = value.cls.find("__get__")
        if getter is not None:
            return t.call(frame, node, Bound(value, getter[0]), Arguments((target, target.cls)))
    return from_class(value, target, target.cls)


def super_attribute(owner: Class, receiver: Value, name: str) -> Value:
    """`super().name`: the next class that has it, bound to the object."""
    start = receiver.cls if isinstance(receiver, Instance) else receiver
    mro = start.mro if isinstance(start, Class) else owner.mro
    after = mro[mro.index(owner) + 1 :] if owner in mro else owner.mro[1:]
    for cls in after:
        if isinstance(cls, Class) and name in cls.namespace:
            bound = receiver if isinstance(receiver, Instance) else None
            return from_class(cls.namespace[name], bound, start)
        if isinstance(cls, External):
            break
    return External("builtins.object.__new__") if name == "__new__" else Method(receiver, name)
