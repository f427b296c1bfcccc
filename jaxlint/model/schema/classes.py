"""Classes, and what declares one or a field of one."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from jaxlint.values.functions import Meaning


class ClassKind(Enum):
    """What a library class is to the tracer."""

    ARRAY = "array type"  # jax.Array: annotations, isinstance
    NUMPY = "numpy type"  # np.ndarray, np.generic
    DTYPE = "dtype"  # jnp.float32: calling it makes an array
    NUMPY_DTYPE = "numpy scalar type"  # np.float32: calling it makes a NumPy scalar
    GENERATOR = "generator"  # numpy.random.Generator, random.Random: global RNG with a handle
    NAMEDTUPLE = "named tuple"  # typing.NamedTuple: subclasses are pytrees with fields
    PYTREE_BASE = "pytree base"  # equinox.Module, flax.struct.PyTreeNode: annotated fields are children
    MODULE_BASE = "module base"  # flax.linen.Module: dataclass, no pytree
    LOCK = "lock"  # threading.Lock: what runs under it is about the state of the process
    STATE_BASE = "state base"  # flax.nnx.Module: the arrays among its attributes are children, the rest is static
    REF = "mutable array"  # flax.nnx.Variable: calling it makes a mutable array of the first argument
    LEAFWISE = "leafwise"  # equinox.internal.ω: its operators compute leaf by leaf of the pytree in its first field
    OBJECT = "object"  # no array and holds none
    OWN_PYTREE = "pytree of its own"  # registered with functions of the library's own: what its children are is not known


@dataclass(frozen=True, slots=True)
class Contract:
    """A method that subclasses write, and that runs under a trace whoever calls it: the `step` of an environment.

    Attributes:
        method: its name.
        parameters: its positional parameters after the receiver, in order; a subclass may name them otherwise.
        open: those of them that may be traced or not, by the caller.
        annotated: whether any other parameter is traced as well that has no default and is annotated as an array.
        customary: whether not the library traces it but its users, as nearly all do. It is so where no call is in view, and
            by whatever transformation, so that what is made inside may be concrete.
    """

    method: str
    parameters: tuple[str, ...]
    open: tuple[str, ...] = ()
    annotated: bool = False
    customary: bool = False


@dataclass(frozen=True, slots=True)
class LibraryClass(Meaning):
    """A class of a library that the tracer needs to know by more than its name.

    Attributes:
        path: the public dotted name.
        kind: what calling it makes, or what subclassing it means.
        makes: the class of what calling it makes, where that is another one ("" for itself): `default_rng`.
        initialisers: methods of subclasses that run before any other and set attributes (`setUp`, linen's `setup`).
        fields: the attributes that its constructor sets, in the order of the constructor's parameters.
        static: those of them that are no children of the pytree.
        creators: its class methods that take the fields by name, and make an object of them.
        arrays: the attributes that certainly are arrays, or mutable ones for those with state, made by the constructor.
        base: the class of the library from which it has its other methods ("" for none).
        runs: how the names of those methods of its subclasses begin that a program calls which is not in view, outside of
            every trace ("" for none): a test runner, the tests.
        opaque: those of its attributes that hold a function or a text as a child of the pytree, whatever the options.
        filtered: the transformation of its library that leaves alone what is no array among the children ("" where nothing
            but arrays is meant to be a child).
        within: the function that must be given the code in which an object is made, else that raises ("" for none).
        contracts: the methods of subclasses that run under a trace.
    """

    path: str
    kind: ClassKind
    aliases: tuple[str, ...] = ()
    initialisers: tuple[str, ...] = ()
    makes: str = ""
    fields: tuple[str, ...] = ()
    static: tuple[str, ...] = ()
    creators: tuple[str, ...] = ()
    arrays: tuple[str, ...] = ()
    base: str = ""
    runs: str = ""
    opaque: tuple[str, ...] = ()
    filtered: str = ""
    within: str = ""
    contracts: tuple[Contract, ...] = ()

    def declared(self) -> tuple[tuple[str, bool], ...]:
        """The fields, and whether they are static."""
        return tuple((name, name in self.static) for name in (*self.fields, *self.arrays))

    @property
    def is_pytree(self) -> bool:
        """Whether the fields are known, and are children."""
        known = ClassKind.PYTREE_BASE, ClassKind.NAMEDTUPLE, ClassKind.STATE_BASE
        return bool(self.fields or self.arrays) and self.kind in known

    @property
    def is_tuple(self) -> bool:
        """Whether its objects are tuples of the fields."""
        return self.kind is ClassKind.NAMEDTUPLE


@dataclass(frozen=True, slots=True)
class ClassDecorator(Meaning):
    """A decorator of a library that makes a dataclass of a kind: `flax.struct.dataclass`."""

    path: str
    kind: ClassKind
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FieldMarker(Meaning):
    """A function of a library that declares a field: `equinox.field(static=True)`; `static` where it always is."""

    path: str
    static: bool = False
    aliases: tuple[str, ...] = ()
