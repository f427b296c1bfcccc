"""Classes, instances and modules of the project."""

from __future__ import annotations

from collections.abc import ItemsView, Iterator, KeysView, Mapping, ValuesView
from typing import TYPE_CHECKING

from jaxlint.values.base import Value
from jaxlint.values.functions import Environment, External
from jaxlint.values.immutable import Symbol, immutable

if TYPE_CHECKING:
    from astroid import nodes


class PytreeKind(Symbol):
    """How JAX treats instances of a class."""

    LEAF = "leaf"  # not registered: an opaque object, no argument for jit
    FIELDS = "fields"  # a registered dataclass, eqx.Module, flax.struct.dataclass: fields are children
    NAMEDTUPLE = "namedtuple"  # a tuple with names
    STATE = "state"  # the arrays among its attributes are children, whatever else it holds is static
    CUSTOM = "custom"  # registered with functions of the user's own
    UNKNOWN = "unknown"  # a base or decorator that is not known


@immutable(frozen=True, slots=True)
class FieldSpec:
    """A field declared in a class body: `name: annotation = default`."""

    name: str
    annotation: nodes.NodeNG | None
    default: Value | None
    static: bool = False


@immutable(frozen=True, slots=True)
class TypeOf(Value):
    """`type(value)` of an array: the class of concrete arrays, or of some tracer, neither with a public name."""

    value: Value


class Class(Value):
    """A class of the project. Equal to itself only; its namespace is filled while its body runs.

    Attributes:
        name, node, module: where it stands.
        bases: the values of its base classes, in order.
        namespace: class attributes and methods, by name.
        fields: the fields that annotations in its own body declare, in order (used where it is a dataclass); set
            once the body has run.
        pytree: how JAX treats its instances.
        registered: the functions that it was registered with as a pytree, where these are not its methods: the one that
            takes an object apart, and the one that makes it.
        hashable: whether it says itself if its instances can be hashed; None when it does as its bases do.
        dataclass: True when an `__init__` is made from its fields.
        remade: True when a metaclass that is not known may have made something else of what its body binds, as that of an
            enumeration makes members of constants.
        environment: where its body ran.
    """

    __slots__ = (
        "_all_fields",
        "_dynamic",
        "_fields",
        "bases",
        "dataclass",
        "environment",
        "frozen",
        "hashable",
        "module",
        "mro",
        "name",
        "namespace",
        "node",
        "pytree",
        "registered",
        "remade",
        "subclasses",
    )  # fmt: skip

    def __init__(
        self, name: str, node: nodes.ClassDef, module: str, bases: tuple[Value, ...], environment: Environment
    ) -> None:
        self.name = name
        self.node = node
        self.module = module
        self.bases = bases
        self.environment = environment
        self.namespace: dict[str, Value] = {}
        self.pytree = PytreeKind.LEAF
        self.registered: tuple[Value, ...] = ()
        self.dataclass = False
        self.frozen = False
        self.remade = False
        self.hashable: bool | None = None
        self.subclasses: list[Class] = []
        self.fields = ()
        self.mro: tuple[Value, ...] = (self, *_linearize(bases, {id(self)}))

    def __repr__(self) -> str:
        return f"<class {self.name}>"

    @property
    def fields(self) -> tuple[FieldSpec, ...]:
        """The fields that annotations in its own body declare."""
        return self._fields

    @fields.setter
    def fields(self, fields: tuple[FieldSpec, ...]) -> None:
        self._fields = fields
        self._all_fields: tuple[FieldSpec, ...] | None = None
        self._dynamic: frozenset[str] | None = None
        for cls in self.subclasses:
            cls.fields = cls.fields  # so that what they inherit is collected anew

    def find(self, name: str) -> tuple[Value, Value] | None:
        """The attribute found along the method resolution order, with the class that has it."""
        for cls in self.mro:
            if isinstance(cls, Class) and name in cls.namespace:
                return cls.namespace[name], cls
        return None

    @property
    def is_closed(self) -> bool:
        """Whether every class in its resolution order is one of the project, so that no attribute is unknown."""
        return all(isinstance(cls, Class) for cls in self.mro)

    @property
    def is_unhashable(self) -> bool:
        """Whether its instances surely cannot be hashed: a class with equality of its own loses `__hash__`."""
        said = (cls.hashable for cls in self.mro if isinstance(cls, Class) and cls.hashable is not None)
        return self.is_closed and next(said, None) is False

    def all_fields(self) -> tuple[FieldSpec, ...]:
        """The dataclass fields, inherited ones first, as `dataclasses.fields` orders them."""
        if self._all_fields is None:
            self._all_fields = self._collected_fields()
        return self._all_fields

    @property
    def dynamic_fields(self) -> frozenset[str]:
        """The names of those that are no static data."""
        if self._dynamic is None:
            self._dynamic = frozenset(spec.name for spec in self.all_fields() if not spec.static)
        return self._dynamic

    def _collected_fields(self) -> tuple[FieldSpec, ...]:
        found: dict[str, FieldSpec] = {}
        for cls in reversed(self.mro):
            if isinstance(cls, Class):
                if cls is self or cls.dataclass or not self.dataclass:  # other bases declare no fields
                    found.update({spec.name: spec for spec in cls.fields})
            elif isinstance(cls, External) and cls.meaning is not None:
                found.update({name: FieldSpec(name, None, None, static) for name, static in cls.meaning.declared()})
        return tuple(found.values())


def _linearize(bases: tuple[Value, ...], seen: set[int]) -> Iterator[Value]:
    """Bases depth first, each once, the last mention kept out: enough of C3 for real hierarchies."""
    for base in bases:
        if id(base) in seen:
            continue
        seen.add(id(base))
        yield base
        if isinstance(base, Class):
            yield from _linearize(base.bases, seen)


class Fields(Mapping[str, Value]):
    """The attributes of an instance: a mapping that is never changed and can be hashed."""

    __slots__ = ("_hash", "_values", "identified", "size")

    identified: bool | None
    """Whether a key or array that can be told apart is among them, at any depth; None until that is asked."""

    size: tuple[int, int] | None
    """How many parts they have, and how deep these nest (see `jaxlint.values.size`); None until that is asked."""

    def __init__(self, values: Mapping[str, Value] | None = None) -> None:
        self._values = dict(values or {})
        self._hash: int | None = None
        self.identified = None
        self.size = None

    def __getitem__(self, name: str) -> Value:
        return self._values[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        return isinstance(other, Fields) and hash(self) == hash(other) and self._values == other._values

    def __hash__(self) -> int:
        if self._hash is None:
            self._hash = hash(frozenset(self._values.items()))
        return self._hash

    # As `Mapping` has them, without its way through `__getitem__`.

    def __contains__(self, name: object) -> bool:
        return name in self._values

    def keys(self) -> KeysView[str]:
        """The names."""
        return self._values.keys()

    def values(self) -> ValuesView[Value]:
        """The values."""
        return self._values.values()

    def items(self) -> ItemsView[str, Value]:
        """Names and values."""
        return self._values.items()

    def with_field(self, name: str, value: Value) -> Fields:
        """The fields after `object.name = value`."""
        return Fields({**self._values, name: value})


NO_FIELDS = Fields()


@immutable(frozen=True, slots=True)
class Instance(Value):
    """An object of a class of the project, or of a library's class.

    Attributes:
        cls: its class.
        fields: what is known of its attributes; an attribute that is not listed is looked up in the class, else unknown.
        exact: True when it was constructed in view; else it may be an object of a subclass.
        made: the depth of the trace in which it was made (0: outside of every trace), None when not known.
        rebuilt: True when JAX rebuilt it on the way into a traced function, so that changes of it are lost.
    """

    cls: Value
    fields: Fields = NO_FIELDS
    exact: bool = False
    made: int | None = 0
    rebuilt: bool = False

    def with_field(self, name: str, value: Value) -> Instance:
        """The object after `object.name = value`."""
        return Instance(self.cls, self.fields.with_field(name, value), self.exact, self.made, self.rebuilt)

    def __repr__(self) -> str:
        name = self.cls.name if isinstance(self.cls, Class) else repr(self.cls)
        return f"{name}({', '.join(f'{k}={v!r}' for k, v in self.fields.items())})"


def is_record(value: Value) -> bool:
    """Whether JAX takes an object for an inner node, whose children are fields of it that are known by name."""
    if not isinstance(value, Instance):
        return False
    cls = value.cls
    if isinstance(cls, Class):
        return cls.pytree in (PytreeKind.FIELDS, PytreeKind.NAMEDTUPLE)
    return isinstance(cls, External) and cls.meaning is not None and cls.meaning.is_pytree


def keeps_state(value: Value) -> bool:
    """Whether a value is an object whose arrays are its state, as those of `flax.nnx.Module` are."""
    return isinstance(value, Instance) and isinstance(value.cls, Class) and value.cls.pytree is PytreeKind.STATE


def tuple_fields(value: Value) -> tuple[str, ...] | None:
    """The names of the items of an object that is a named tuple, None for others."""
    match value:
        case Instance(cls=Class(pytree=PytreeKind.NAMEDTUPLE) as cls):
            return tuple(spec.name for spec in cls.all_fields())
        case Instance(cls=External(meaning=meaning)) if meaning is not None and meaning.is_tuple:
            return tuple(name for name, _ in meaning.declared())
    return None


@immutable(frozen=True, slots=True)
class Module(Value):
    """A module of the project; its attributes are looked up in what its body defined."""

    name: str
    environment: Environment

    def __repr__(self) -> str:
        return f"<module {self.name}>"


@immutable(frozen=True, slots=True)
class Super(Value):
    """What `super()` returns inside a method of `owner`, for this receiver."""

    owner: Class
    receiver: Value
