"""Callables: functions of the project, names of libraries, and what is made of them.

A function of the project is its code together with the environment that it closes over, as in Python. Two function
values are equal when both are the same: evaluating one `def` twice in one frame gives equal values.
"""

from __future__ import annotations

from dataclasses import field, replace
from typing import TYPE_CHECKING, Protocol

from jaxlint.values.base import UNKNOWN, Unknown, Value
from jaxlint.values.dependence import NOWHERE, Origin
from jaxlint.values.immutable import immutable

if TYPE_CHECKING:
    from astroid import nodes

    from jaxlint.values.objects import Class


class Meaning:
    """What the model says of a library's name; `jaxlint.model.schema` has the kinds."""

    __slots__ = ()

    def declared(self) -> tuple[tuple[str, bool], ...]:
        """For a class: the fields that it declares, and whether they are static."""
        return ()

    @property
    def is_pytree(self) -> bool:
        """For a class: whether the fields that it declares are children of a pytree."""
        return False

    @property
    def is_tuple(self) -> bool:
        """For a class: whether its objects are tuples of the fields."""
        return False


class Environment(Protocol):
    """What a function closes over: something in which names can be looked up."""

    def lookup(self, name: str) -> Value:
        """The value that the name has at this moment, Unknown when nothing is known."""


@immutable(frozen=True, slots=True)
class Function(Value):
    """A `def` or a lambda of the project.

    Attributes:
        node: its tree.
        closure: where its free names are looked up, at the time of the call.
        defaults: the values of the parameters that have one, by name.
        owner: the class in whose body it stands, for `super()`.
        cached: whether `functools.cache` or one of its relatives keeps its results.
        decorated: whether a decorator is on it of which nothing is known, that may map it over an axis.
        wraps: the function whose signature it says that it has, by `functools.wraps`.
    """

    node: nodes.FunctionDef | nodes.Lambda
    closure: Environment
    defaults: tuple[tuple[str, Value], ...] = field(default=(), compare=False)
    owner: Class | None = field(default=None, compare=False)
    cached: bool = field(default=False, compare=False)
    decorated: bool = field(default=False, compare=False)
    wraps: Value | None = field(default=None, compare=False)

    @property
    def name(self) -> str:
        """Its name, "<lambda>" for a lambda."""
        return str(self.node.name)

    def __repr__(self) -> str:
        return f"<function {self.name}>"


@immutable(frozen=True, slots=True)
class External(Value):
    """A name of a library: a module, function, class or constant outside of the project, by its public path."""

    path: str
    meaning: Meaning | None = field(default=None, compare=False)

    def __repr__(self) -> str:
        return f"<{self.path}>"


@immutable(frozen=True, slots=True)
class Bound(Value):
    """A method with its receiver: calling it puts the receiver first."""

    receiver: Value
    function: Value

    def __repr__(self) -> str:
        return f"<bound {self.function!r}>"


@immutable(frozen=True, slots=True)
class Own(Value):
    """The receiver of a method that stands in an attribute of the receiver itself: `self.step = jax.jit(self._step)`.

    Reading the attribute puts the object in its place, as it is then.
    """

    def __repr__(self) -> str:
        return "itself"


OWN = Own()


def owned(value: Value, holder: Value) -> Value:
    """What an attribute of `holder` is to hold, without the object in itself."""
    match value:
        case Bound(receiver, function) if receiver == holder:
            return Bound(OWN, function)
        case Partial(function=function) | Transformed(function=function):
            inner = owned(function, holder)
            return value if inner is function else replace(value, function=inner)
    return value


def belonging(value: Value, holder: Value) -> Value:
    """What an attribute of `holder` holds."""
    match value:
        case Bound(Own(), function):
            return Bound(holder, function)
        case Partial(function=function) | Transformed(function=function):
            inner = belonging(function, holder)
            return value if inner is function else replace(value, function=inner)
    return value


@immutable(frozen=True, slots=True)
class ArrayMethod(Value):
    """A method of an array, such as `x.sum`, by its name."""

    receiver: Value
    name: str
    meaning: Meaning | None = field(default=None, compare=False)


@immutable(frozen=True, slots=True)
class Method(Value):
    """A method of a Python built-in object such as a list or a string, by its name."""

    receiver: Value
    name: str


@immutable(frozen=True, slots=True)
class Partial(Value):
    """`functools.partial(function, *arguments, **keywords)`; a `pytree` if it is that of `jax.tree_util`."""

    function: Value
    arguments: tuple[Value, ...] = ()
    keywords: tuple[tuple[str, Value], ...] = ()
    pytree: bool = False


@immutable(frozen=True, slots=True)
class Pullback(Value):
    """The function that `jax.vjp` gives beside the result: from cotangents to gradients.

    `through` are the loops without a way back that it has to go through; `path` is the transformation that gave it;
    `gradients` is what the gradients are like.
    """

    path: str
    through: frozenset[Origin] = NOWHERE
    gradients: Value | None = None


@immutable(frozen=True, slots=True)
class Defaulted(Unknown):
    """Any object at all, given for a parameter that has a function as its default: `activation=jax.nn.relu`.

    What is given instead does with its arguments much the same. The default shows what that is.
    """

    function: Value

    def __repr__(self) -> str:
        return f"<unknown, else {self.function!r}>"


def unless_given(default: Value) -> Value:
    """A parameter with this default, for which somebody perhaps gives something else."""
    kinds = Function | Partial | Transformed | Bound | External
    return Defaulted(default) if isinstance(default, kinds) else UNKNOWN


@immutable(frozen=True, slots=True)
class Dispatched(Value):
    """`functools.singledispatch(function)`: the class of the argument at `position` chooses one of several functions.

    `function` is the one for every class that has none registered. The others are noted by the tracer.
    """

    function: Value
    position: int = 0

    def __repr__(self) -> str:
        return f"<dispatched {self.function!r}>"


OTHERS = "**"
"""The name among the options of a `Transformed` for those of which not even the names are known: `grad(f, **options)`."""


@immutable(frozen=True, slots=True)
class Transformed(Value):
    """What `jit(f)`, `vmap(f, in_axes=…)`, `grad(f)` return: a function with a transformation put on it.

    Attributes:
        transformation: the row of the model.
        function: what is transformed.
        options: the other arguments given to the transformation, by parameter name.
        node: where the transformation was applied.
        module: the dotted name of the module of `node`.
    """

    transformation: Meaning
    function: Value
    options: tuple[tuple[str, Value], ...] = ()
    node: nodes.NodeNG | None = field(default=None, compare=False)
    module: str = field(default="", compare=False)

    def option(self, name: str) -> Value | None:
        """The value given for an option, None when it was left out, Unknown when it may be among others."""
        others: Value | None = None
        for known, value in self.options:
            if known == name:
                return value
            if known == OTHERS:
                others = value
        return others

    def __repr__(self) -> str:
        return f"<transformed {self.function!r}>"


def application(transformed: Transformed) -> object:
    """What tells that a transformation was put on a function at a place, whatever object the function is bound to."""
    return transformed if transformed.node is None else (transformed.node, underlying(transformed))


def underlying(value: Value) -> Value:
    """The function below partial application, binding and transformations."""
    while True:
        match value:
            case Partial(function=function) | Bound(function=function) | Transformed(function=function):
                value = function
            case _:
                return value
