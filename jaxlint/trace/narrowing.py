"""What a test tells of the values that it looked at: `x is None`, `isinstance(x, C)`, `x`, and their negations."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from astroid import nodes

from jaxlint.model.array_api import ATTRIBUTES
from jaxlint.model.schema import Attr
from jaxlint.trace.truth import known_truth
from jaxlint.values import (
    HOST_BOOL,
    NEVER,
    NONE,
    UNKNOWN,
    Answer,
    Array,
    Bound,
    Class,
    Const,
    Dict,
    External,
    Function,
    Host,
    HostKind,
    Instance,
    List,
    NumPyArray,
    Partial,
    Set,
    Transformed,
    Tree,
    Tuple,
    TupleOf,
    Union,
    Value,
    alternatives,
    join_all,
)

if TYPE_CHECKING:
    from jaxlint.trace.frame import Env, Frame
    from jaxlint.trace.tracer import Tracer


def fork(t: Tracer, frame: Frame, test: nodes.NodeNG, outcome: bool) -> Env:
    """A copy of the environment for the way on which `test` came out as `outcome`."""
    env = frame.env.copy()
    _narrow(t, frame, env, test, outcome)
    return env


def _narrow(t: Tracer, frame: Frame, env: Env, test: nodes.NodeNG, outcome: bool) -> None:
    match test:
        case nodes.UnaryOp(op="not", operand=operand):
            _narrow(t, frame, env, operand, not outcome)
        case nodes.BoolOp(op=op, values=values) if (op == "and") is outcome:
            for value in values:
                _narrow(t, frame, env, value, outcome)
        case nodes.Compare(left=nodes.Name(name=name), ops=[("is" | "is not" as op, nodes.Const(value=None))]):
            _keep(frame, env, name, NONE if (op == "is") is outcome else None, without_none=(op == "is") is not outcome)
        case nodes.Name(name=name) | nodes.NamedExpr(target=nodes.AssignName(name=name)):
            _truthy(frame, env, name, outcome)
            _forget_choices(t, env, test, name)
            _tell_partials(t, env, test, outcome)
        case nodes.Attribute(expr=holder, attrname=attribute):
            _tell_partials(t, env, test, outcome)
            if isinstance(holder, nodes.Name):
                _tell_flag(env, holder.name, attribute, outcome)
        case nodes.Call(
            func=nodes.Name(name="hasattr"), args=[nodes.Name(name=name), nodes.Const(value=str() as attribute)]
        ):
            _narrow_attribute(env, name, attribute, outcome)
        case nodes.Call(func=nodes.Name(name="isinstance"), args=[nodes.Name(name=name), classes]):
            _narrow_class(t, frame, env, name, classes, outcome)
        case nodes.Call(args=[nodes.Name(name=name), *_]):
            _forget_rank_of_key(env, name)


def _forget_choices(t: Tracer, env: Env, test: nodes.NodeNG, flag: str) -> None:
    """A flag that chose one of several functions before is asked again: on this way it is some of them, not known which."""
    for name in t.chosen(test.scope(), flag):
        value = env.get(name)
        if isinstance(value, Union) and all(isinstance(option, _CALLABLE) for option in alternatives(value)):
            env[name] = UNKNOWN


def _tell_flag(env: Env, holder: str, attribute: str, outcome: bool) -> None:
    """A field of an object that is declared as `bool` came out as true or false."""
    held = env.get(holder)
    if not isinstance(held, Instance) or not isinstance(held.cls, Class):
        return
    if held.fields.get(attribute, UNKNOWN) not in (UNKNOWN, HOST_BOOL):
        return
    for spec in held.cls.all_fields():
        if spec.name == attribute and isinstance(spec.annotation, nodes.Name) and spec.annotation.name == "bool":
            env[holder] = held.with_field(attribute, Const(outcome))


def _tell_partials(t: Tracer, env: Env, test: nodes.NodeNG, outcome: bool) -> None:
    """A flag is asked that a function was given before: on this way it was given what the flag is here. Where that may be
    anything, nobody knows what the function does on this way.

    solve = partial(search, self.compiled)
    if self.compiled:
        solve = jax.jit(solve)
    """
    given = t.given(test.scope())
    for name, position in given.get(_flag(test), ()) if given else ():
        partial = env.get(name)
        place = position - 1  # the first is the function
        if not isinstance(partial, Partial) or not 0 <= place < len(partial.arguments):
            continue
        if partial.arguments[place] == HOST_BOOL:
            told = (*partial.arguments[:place], Const(outcome), *partial.arguments[place + 1 :])
            env[name] = replace(partial, arguments=told)
        elif partial.arguments[place] is UNKNOWN:
            env[name] = UNKNOWN


def _flag(test: nodes.NodeNG) -> str:
    """What is asked, as it is written."""
    return str(test.target.name if isinstance(test, nodes.NamedExpr) else test.as_string())


_CALLABLE = (Function, Transformed, Partial, Bound)


def _forget_rank_of_key(env: Env, name: str) -> None:
    """A test that asks something of a key, `is_batched(key)`: on either way it may be one key or many."""
    value = env.get(name)
    if isinstance(value, Array) and value.key is not None:
        env[name] = replace(value, shape=None)


def _keep(frame: Frame, env: Env, name: str, only: Value | None, without_none: bool) -> None:
    value = env.get(name)
    if value is None:
        return
    if only is not None:
        env[name] = only
    elif without_none and isinstance(value, Union):
        env[name] = join_all(option for option in alternatives(value) if option != NONE)


def _truthy(frame: Frame, env: Env, name: str, outcome: bool) -> None:
    value = env.get(name)
    if isinstance(value, Union):
        unwanted = Answer.NO if outcome else Answer.YES
        kept = [option for option in alternatives(value) if known_truth(option) is not unwanted]
        if kept:
            env[name] = join_all(kept)
    elif value == Host(HostKind.BOOL):
        env[name] = Const(outcome)


def _narrow_attribute(env: Env, name: str, attribute: str, outcome: bool) -> None:
    value = env.get(name)
    if value is None:
        return
    unwanted = Answer.NO if outcome else Answer.YES
    kept = [option for option in alternatives(value) if has_attribute(option, attribute) is not unwanted]
    if not outcome and attribute in _OF_EVERY_ARRAY:
        kept = [_no_array(option) for option in kept]
    env[name] = join_all(kept) if kept else NEVER


def _no_array(value: Value) -> Value:
    """What a value is that turned out to be no array."""
    return UNKNOWN if isinstance(value, Tree) else value


def _narrow_class(t: Tracer, frame: Frame, env: Env, name: str, classes: nodes.NodeNG, outcome: bool) -> None:
    value = env.get(name)
    if value is None:
        return
    wanted = t.evaluate(frame, classes)
    kept: list[Value] = []
    for option in alternatives(value):
        answer = instance_of(option, wanted)
        if answer is not (Answer.NO if outcome else Answer.YES):
            # A NumPy array of unknown rank that is no ndarray is a scalar, or no NumPy array at all.
            changed = UNKNOWN if isinstance(option, NumPyArray) and not outcome else option
            if not outcome and isinstance(wanted, External) and wanted.path in _ARRAY_CLASSES:
                changed = _no_array(changed)
            kept.append(changed)
    env[name] = join_all(kept) if kept else NEVER


def has_attribute(value: Value, name: str) -> Answer:
    """`hasattr(value, name)` for one alternative of a value."""
    match value:
        case Array():
            row = ATTRIBUTES.get(name)
            if row is None or Attr.MISSING_ON_TRACER in row.flags:
                return Answer.UNKNOWN
            return Answer.NO if Attr.MISSING in row.flags else Answer.YES
        case NumPyArray() if name in _OF_EVERY_ARRAY:
            return Answer.YES
        case Const(constant):
            return Answer.of(hasattr(constant, name))
        case Host(kind) if kind in _TYPE_OF_KIND:
            return Answer.of(hasattr(_TYPE_OF_KIND[kind], name))
        case List() | Tuple() | TupleOf() | Dict() | Set() if name in _OF_EVERY_ARRAY:
            return Answer.NO
        case Instance(fields=fields) if name in fields:
            return Answer.YES
    return Answer.UNKNOWN


_OF_EVERY_ARRAY = frozenset({"shape", "dtype", "ndim", "size"})
_TYPE_OF_KIND: dict[HostKind, type] = {
    HostKind.BOOL: bool,
    HostKind.INT: int,
    HostKind.FLOAT: float,
    HostKind.COMPLEX: complex,
    HostKind.STR: str,
    HostKind.BYTES: bytes,
}


def instance_of(value: Value, classes: Value) -> Answer:
    """`isinstance(value, classes)` for one alternative of a value."""
    if isinstance(classes, Tuple):
        answers = [instance_of(value, cls) for cls in classes.items]
        if Answer.YES in answers:
            return Answer.YES
        return Answer.NO if all(answer is Answer.NO for answer in answers) else Answer.UNKNOWN
    if isinstance(classes, Class):
        if isinstance(value, Instance) and isinstance(value.cls, Class):
            if classes in value.cls.mro:
                return Answer.YES
            # A library's class does not derive from one of the project; a base that is not known might.
            known = all(isinstance(base, Class | External) for base in value.cls.mro)
            return Answer.NO if value.exact and known else Answer.UNKNOWN
        return Answer.NO if _is_plain(value) else Answer.UNKNOWN
    if isinstance(classes, External):
        return _external_instance(value, classes.path)
    return Answer.UNKNOWN


def _is_plain(value: Value) -> bool:
    return isinstance(value, Array | NumPyArray | Const | List | Dict | Set | Tuple | TupleOf)


_ARRAY_CLASSES = frozenset({"jax.Array", "jax.numpy.ndarray", "jax.typing.ArrayLike", "chex.Array", "chex.ArrayDevice"})
_BUILTIN_TYPES: dict[str, tuple[type, ...]] = {
    "builtins.int": (int,),
    "builtins.float": (float,),
    "builtins.bool": (bool,),
    "builtins.str": (str,),
    "builtins.bytes": (bytes,),
    "builtins.complex": (complex,),
}
_CONTAINERS: dict[str, tuple[type[Value], ...]] = {
    "builtins.list": (List,),
    "builtins.dict": (Dict,),
    "builtins.tuple": (Tuple, TupleOf),
    "builtins.set": (Set,),
    "collections.abc.Mapping": (Dict,),
    "typing.Mapping": (Dict,),
    "collections.abc.Sequence": (List, Tuple, TupleOf),
    "typing.Sequence": (List, Tuple, TupleOf),
}


def _external_instance(value: Value, path: str) -> Answer:
    if path in _ARRAY_CLASSES:
        if isinstance(value, Array):
            return Answer.YES
        plain = isinstance(value, NumPyArray | Const | List | Dict | Tuple | TupleOf)
        return Answer.NO if plain and path not in ("jax.typing.ArrayLike", "chex.Array") else Answer.UNKNOWN
    if path == "numpy.ndarray":
        if isinstance(value, NumPyArray):
            return Answer.YES if value.shape else Answer.UNKNOWN  # it may be a NumPy scalar
        return Answer.NO if _is_plain(value) else Answer.UNKNOWN
    if path == "jax.core.Tracer":
        if isinstance(value, Array):
            return value.tracing.is_tracer
        return Answer.NO if _is_plain(value) else Answer.UNKNOWN
    if path in _BUILTIN_TYPES:
        if isinstance(value, Const):
            return Answer.of(isinstance(value.value, _BUILTIN_TYPES[path]))
        if isinstance(value, Host) and value.kind is not HostKind.OBJECT:
            kind = value.kind.value
            if path == f"builtins.{kind}" or (path == "builtins.int" and kind == "bool"):
                return Answer.YES
            return Answer.NO
        if isinstance(value, Tree) and value.tracing.is_tracer is Answer.YES:
            return Answer.NO  # its leaves are tracers, whatever the caller passed
        return Answer.NO if isinstance(value, Array | List | Dict | Set | Tuple | TupleOf) else Answer.UNKNOWN
    if path in _CONTAINERS:
        if isinstance(value, _CONTAINERS[path]):
            return Answer.YES
        return Answer.NO if _is_plain(value) else Answer.UNKNOWN
    return Answer.UNKNOWN
