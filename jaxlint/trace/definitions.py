"""Definitions: `def`, `lambda`, `class`, and the decorators on them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from astroid import nodes

from jaxlint.model.schema import ClassDecorator, ClassKind, FieldMarker
from jaxlint.trace.attributes import class_kind
from jaxlint.trace.binding import Arguments
from jaxlint.trace.descriptors import ClassMethod, Property, StaticMethod
from jaxlint.trace.frame import Frame, FrameKind
from jaxlint.trace.scope import bound_names, keyword_of
from jaxlint.trace.staleness import made_anew
from jaxlint.values import (
    NEVER,
    NONE,
    UNKNOWN,
    Class,
    External,
    FieldSpec,
    Function,
    Partial,
    PytreeKind,
    Transformed,
    Value,
)

if TYPE_CHECKING:
    from jaxlint.trace.tracer import Tracer


# ------------------------------------------------------------------------------------------------ functions


def make_function(t: Tracer, frame: Frame, node: nodes.FunctionDef | nodes.Lambda) -> Function:
    """The function value of a `def` or lambda, with its defaults evaluated here."""
    args = node.args
    defaults: list[tuple[str, Value]] = []
    positional = [*args.posonlyargs, *(args.args or ())]
    given = args.defaults or ()
    if given:
        for parameter, default in zip(positional[len(positional) - len(given) :], given, strict=True):
            defaults.append((parameter.name, t.evaluate(frame, default)))
    for parameter, default in zip(args.kwonlyargs, args.kw_defaults or (), strict=False):
        if default is not None:
            defaults.append((parameter.name, t.evaluate(frame, default)))
    closure = frame
    while closure.kind is FrameKind.CLASS and closure.parent is not None:
        closure = closure.parent
    made_anew(t, frame, node)
    function = Function(node, closure, tuple(defaults), frame.cls)
    t.functions.setdefault(function, None)
    return function


def define_function(t: Tracer, frame: Frame, node: nodes.FunctionDef) -> None:
    """`def name(…)` with its decorators."""
    value: Value = make_function(t, frame, node)
    if node.decorators is not None:
        for decorator in reversed(node.decorators.nodes):
            value = _decorated(t, frame, decorator, value)
    if frame.kind is FrameKind.FUNCTION:
        frame.rebound.add(node.name)
    bind_name_quietly(frame, node.name, value)


def bind_name_quietly(frame: Frame, name: str, value: Value) -> None:
    """Bind the name of a definition, which is no binding site of a value."""
    frame.bind(name, value)


def _decorated(t: Tracer, frame: Frame, node: nodes.NodeNG, value: Value) -> Value:
    if frame.kind is FrameKind.CLASS and isinstance(node, nodes.Attribute) and node.attrname in ("setter", "deleter"):
        return frame.env.get(node.expr.name, UNKNOWN) if isinstance(node.expr, nodes.Name) else UNKNOWN
    decorator = t.evaluate(frame, node)
    if isinstance(decorator, External):
        match decorator.path:
            case "functools.cached_property":
                return Property(replace(value, cached=True) if isinstance(value, Function) else value)
            case "builtins.property" | "abc.abstractproperty":
                return Property(value)
            case "builtins.staticmethod" | "abc.abstractstaticmethod":
                return StaticMethod(value)
            case "builtins.classmethod" | "abc.abstractclassmethod":
                return ClassMethod(value)
            case "typing.overload":
                return UNKNOWN
    result = t.call(frame, node, decorator, Arguments((value,)))
    if result is UNKNOWN or result is NEVER:
        # A decorator that is not known nearly always returns the function, or one that behaves like it.
        return replace(value, decorated=True) if isinstance(value, Function) else value
    return result


# ------------------------------------------------------------------------------------------------ classes


def define_class(t: Tracer, frame: Frame, node: nodes.ClassDef) -> None:
    """`class Name(bases): …`: its body is walked once."""
    bases = tuple(t.evaluate(frame, base) for base in node.bases)
    parent: Frame = frame
    while parent.kind is FrameKind.CLASS and parent.parent is not None:
        parent = parent.parent
    cls = Class(node.name, node, frame.module_name, bases, parent)
    metaclass = node._metaclass  # astroid has no public name for what is written, only for what it infers
    given = metaclass is not None and t.evaluate(frame, metaclass) != External("abc.ABCMeta")
    cls.remade = given or any(map(_is_remade, bases))
    t.classes.append(cls)
    for base in bases:
        if isinstance(base, Class):
            base.subclasses.append(cls)
    body = Frame(
        FrameKind.CLASS,
        frame.module_name,
        parent,
        frame.context,
        local_names=bound_names(node.body),
        caller=frame,
        call_node=node,
        cls=cls,
        depth=frame.depth,
    )
    t.guarded(body, node, lambda: t.run_block(body, node.body))
    cls.namespace.update({name: value for name, value in body.env.items() if isinstance(name, str)})
    cls.fields = _declared_fields(t, body, node)
    if "__hash__" in cls.namespace:
        cls.hashable = cls.namespace["__hash__"] != NONE
    elif "__eq__" in cls.namespace:
        cls.hashable = False
    _inherit_kind(cls)
    value: Value = cls
    if node.decorators is not None:
        for decorator in reversed(node.decorators.nodes):
            value = _decorated_class(t, frame, decorator, value if isinstance(value, Class) else cls)
    bind_name_quietly(frame, node.name, value)


def _is_remade(base: Value) -> bool:
    """Whether the metaclass of a base class is not known."""
    match base:
        case Class(remade=remade):
            return remade
        case External(path=path, meaning=meaning):
            return meaning is None and path not in _PLAIN_BASES
    return True


def _declared_fields(t: Tracer, body: Frame, node: nodes.ClassDef) -> tuple[FieldSpec, ...]:
    fields: list[FieldSpec] = []
    for statement in node.body:
        match statement:
            case nodes.AnnAssign(target=nodes.AssignName(name=name), annotation=annotation, value=default):
                if _is_class_variable(annotation):
                    continue
                value = None if default is None else body.env.get(name, UNKNOWN)
                fields.append(FieldSpec(name, annotation, value, default is not None and _is_static(t, body, default)))
    return tuple(fields)


def _is_class_variable(annotation: nodes.NodeNG) -> bool:
    text = annotation.as_string() if isinstance(annotation, nodes.Subscript | nodes.Name | nodes.Attribute) else ""
    return "ClassVar" in text


def _is_static(t: Tracer, body: Frame, default: nodes.NodeNG) -> bool:
    """Whether a declaration such as `field(metadata={"static": True})` keeps the field out of the pytree."""
    if not isinstance(default, nodes.Call):
        return False
    function = t.evaluate(body, default.func)
    if isinstance(function, External) and isinstance(function.meaning, FieldMarker) and function.meaning.static:
        return True
    for keyword in default.keywords:
        match keyword.arg, keyword.value:
            case "static", nodes.Const(value=True):
                return True
            case "pytree_node", nodes.Const(value=False):
                return True
            case "metadata", nodes.Dict(items=items):
                return any(
                    isinstance(k, nodes.Const) and k.value == "static" and isinstance(v, nodes.Const) and bool(v.value)
                    for k, v in items
                )
            case "metadata", nodes.Call(func=nodes.Name(name="dict"), keywords=entries):
                return any(e.arg == "static" and isinstance(e.value, nodes.Const) and e.value.value for e in entries)
    return False


def _inherit_kind(cls: Class) -> None:
    """What a class takes over from its bases: being a named tuple, a registered dataclass, a module."""
    for base in cls.bases:
        if isinstance(base, Class):
            if base.pytree is not PytreeKind.LEAF:
                cls.pytree = base.pytree
            cls.dataclass = cls.dataclass or base.dataclass
            cls.frozen = cls.frozen or base.frozen
            continue
        match class_kind(base):
            case ClassKind.NAMEDTUPLE:
                cls.pytree, cls.dataclass, cls.frozen = PytreeKind.NAMEDTUPLE, True, True
            case ClassKind.PYTREE_BASE:
                cls.pytree, cls.dataclass, cls.frozen = PytreeKind.FIELDS, True, True
            case ClassKind.MODULE_BASE:
                cls.dataclass = True
            case ClassKind.STATE_BASE:
                cls.pytree = PytreeKind.STATE
            case ClassKind.OWN_PYTREE:
                cls.pytree = PytreeKind.UNKNOWN
            case None if not (isinstance(base, External) and base.path in _PLAIN_BASES - {"typing.Protocol"}):
                cls.pytree = PytreeKind.UNKNOWN  # as is whatever a Protocol describes
    # What a metaclass does with its classes, or a base class with its subclasses, may register them.
    made = cls.remade or any(isinstance(base, Class) and "__init_subclass__" in base.namespace for base in cls.mro[1:])
    if made and cls.pytree is PytreeKind.LEAF:
        cls.pytree = PytreeKind.UNKNOWN


_PLAIN_BASES = frozenset({
    "abc.ABC", "builtins.object", "typing.Generic", "typing.Protocol", "builtins.Exception", "enum.Enum",
    "builtins.dict", "builtins.ValueError", "unittest.TestCase",
})  # fmt: skip


def _decorated_class(t: Tracer, frame: Frame, node: nodes.NodeNG, cls: Class) -> Value:
    target = node.func if isinstance(node, nodes.Call) else node
    decorator = t.evaluate(frame, target)
    options: list[nodes.Keyword] = node.keywords if isinstance(node, nodes.Call) else []
    if isinstance(decorator, Partial):
        decorator = decorator.function
    if not (isinstance(decorator, External) and decorator.path == "dataclasses.dataclass"):
        cls.hashable = True  # as far as is known
    if isinstance(decorator, External):
        match decorator.path:
            case "dataclasses.dataclass":
                cls.dataclass = True
                cls.frozen = any(k.arg == "frozen" and isinstance(k.value, nodes.Const) and k.value.value for k in options)
                if "__hash__" not in cls.namespace:
                    cls.hashable = not {k.arg for k in options} <= _KEEPS_EQUALITY
            case "jax.tree_util.register_dataclass":
                cls.pytree = PytreeKind.FIELDS
                cls.dataclass = True
            case _ if isinstance(decorator.meaning, ClassDecorator):
                cls.pytree, cls.dataclass = PytreeKind.FIELDS, True
            case "jax.tree_util.register_pytree_node_class" | "jax.tree_util.register_pytree_with_keys_class":
                cls.pytree = PytreeKind.CUSTOM
            case "functools.partial":
                _partial_decorator(t, frame, node, cls)
            case _:
                if cls.pytree is PytreeKind.LEAF:
                    cls.pytree = PytreeKind.UNKNOWN
        return cls
    if cls.pytree is PytreeKind.LEAF:
        cls.pytree = PytreeKind.UNKNOWN
    # One of the project, which may put the class into a registry.
    applied = t.evaluate(frame, node) if isinstance(node, nodes.Call) else decorator
    result = t.call(frame, node, applied, Arguments((cls,)))
    return result if isinstance(result, Class | Function | Partial) else cls


_KEEPS_EQUALITY = {"init", "repr", "order", "match_args", "kw_only", "slots", "weakref_slot"}
"""Options of `dataclass` with which its objects have equality by their fields, and no hash."""


def _partial_decorator(t: Tracer, frame: Frame, node: nodes.NodeNG, cls: Class) -> None:
    """`@partial(jax.tree_util.register_dataclass, data_fields=[…], meta_fields=[…])`."""
    if not isinstance(node, nodes.Call) or not node.args:
        return
    inner = t.evaluate(frame, node.args[0])
    if not isinstance(inner, External):
        return
    match inner.path:
        case "jax.tree_util.register_dataclass":
            cls.pytree = PytreeKind.FIELDS
            meta = keyword_of(node, "meta_fields")
            if isinstance(meta, nodes.List | nodes.Tuple):
                names = {element.value for element in meta.elts if isinstance(element, nodes.Const)}
                cls.fields = tuple(
                    FieldSpec(spec.name, spec.annotation, spec.default, spec.static or spec.name in names)
                    for spec in cls.fields
                )
        case _ if isinstance(inner.meaning, ClassDecorator):
            cls.pytree, cls.dataclass = PytreeKind.FIELDS, True
        case "dataclasses.dataclass":
            cls.dataclass = True
        case _:
            if cls.pytree is PytreeKind.LEAF:
                cls.pytree = PytreeKind.UNKNOWN


# ------------------------------------------------------------------------------------------------ module level


def is_main_guard(node: nodes.If) -> bool:
    """`if __name__ == "__main__":`, whose body runs when the module is the program."""
    match node.test:
        case nodes.Compare(left=nodes.Name(name="__name__"), ops=[("==", nodes.Const(value="__main__"))]):
            return True
    return False


def is_type_checking(t: Tracer, frame: Frame, node: nodes.If) -> bool:
    """`if TYPE_CHECKING:`."""
    match node.test:
        case nodes.Name(name="TYPE_CHECKING") | nodes.Attribute(attrname="TYPE_CHECKING"):
            return True
    return False


def can_wait(frame: Frame, node: nodes.Call) -> bool:
    """Whether a call at module level can be walked after all modules are read: a plain call of a name, with its
    result dropped, inside of `if __name__ == "__main__":`.
    """
    parent = node.parent
    while parent is not None and not isinstance(parent, nodes.Module):
        if isinstance(parent, nodes.If) and is_main_guard(parent):
            return isinstance(node.func, nodes.Name)
        parent = parent.parent
    return False


def functions_of(value: Value) -> Value:
    """What a definition's value is below the transformations put on it."""
    return value.function if isinstance(value, Transformed) else value


__all__ = ["can_wait", "define_class", "define_function", "functions_of", "is_main_guard", "make_function"]
