"""The row types: everything that the tool claims about a library is one of these, in a table.

A *row* says what a name means: a function's result and what it does to its arguments (`Operation`), a transformation
(`Wrapper`: returns a function; `Loop`: calls its functions at once), a function or method that calls the user's own
(`Caller`), what makes an object of such functions (`Maker`, `Lessener`), a class (`LibraryClass`), what declares one
(`ClassDecorator`, `FieldMarker`). A name without a row claims nothing. Rows know nothing of the abstract tracer that
reads them; tests hold them against the installed libraries.

    Operation("jax.numpy.sin", result=ArrayResult())
    Operation("jax.numpy.shape", result=HostResult(HostKind.OBJECT), reads=Reads.NOTHING)
    Operation("numpy.sin", library=Library.NUMPY, reads=Reads.AS_NUMPY)
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, Flag, auto

from jaxlint.values.base import HostKind
from jaxlint.values.functions import Meaning

# ---------------------------------------------------------------------------------------------------- results


@dataclass(frozen=True, slots=True)
class ArrayResult:
    """A JAX array (a tracer, where the operands or the context make it one), or a tuple of `count` of them.

    `dtype` is a NumPy dtype name where it is always the same (unless `dtype=` says otherwise), "int" for the default
    integer (int32, int64 with x64); "arg" takes the first array argument's.
    `scalar` says that without `axis=` and `keepdims=` the shape is (), whatever the rank of the operand.
    `keeps` says that a JAX array which is so already is returned itself, under `jit`, too: `reshape` to its own shape.
    `held` says that parameters are computed with, too, which a framework keeps: the result is as abstract as these.
    """

    count: int | None = None
    dtype: str | None = None
    scalar: bool = False
    keeps: bool = False
    held: bool = False


@dataclass(frozen=True, slots=True)
class TreeResult:
    """A pytree of arrays whose structure is not known, as abstract as the arguments; `held` as for `ArrayResult`."""

    held: bool = False


@dataclass(frozen=True, slots=True)
class LikeResult:
    """The structure of an argument, with arrays for leaves that are as abstract as all arguments together.

    `same` says that arrays are handed on as they are. Nothing is claimed of other leaves. The parameter "self" is the
    object whose method it is.
    """

    parameter: str
    same: bool = False


@dataclass(frozen=True, slots=True)
class RefResult:
    """A mutable array, as abstract as the arguments; `held` as for `ArrayResult`."""

    held: bool = False


@dataclass(frozen=True, slots=True)
class TupleResult:
    """A tuple of results, one for each item."""

    items: tuple[Result, ...]


@dataclass(frozen=True, slots=True)
class ObjectResult:
    """An object of a library's class, by the public name of that."""

    cls: str


@dataclass(frozen=True, slots=True)
class ArrayListResult:
    """A Python list of JAX arrays, as `jnp.split` returns; with `fixed` a tuple, as `jnp.nonzero` does (or one of the
    two, by the version of JAX).
    """

    fixed: bool = False


@dataclass(frozen=True, slots=True)
class NumPyResult:
    """A NumPy array or scalar: host data. `count` for a tuple of them."""

    count: int | None = None


@dataclass(frozen=True, slots=True)
class HostResult:
    """A Python object that is no array: a shape, a dtype, a number, None (`kind=None` means None)."""

    kind: HostKind | None = HostKind.OBJECT


@dataclass(frozen=True, slots=True)
class ArgumentResult:
    """The argument itself, or with `arrays` the same pytree with every leaf made a JAX array."""

    parameter: str
    arrays: bool = False


@dataclass(frozen=True, slots=True)
class KeyResult:
    """PRNG keys. `batch` is the parameter that gives how many (None: a single key); `raw` for uint32 keys.

    `held` says that a framework keeps a key, and that these are new ones of it.
    """

    batch: str | None = None
    raw: bool = False
    default_batch: int | None = None
    held: bool = False


@dataclass(frozen=True, slots=True)
class UnknownResult:
    """Nothing is claimed of the result."""


Result = (
    ArrayResult | ArrayListResult | NumPyResult | HostResult | ArgumentResult | KeyResult | UnknownResult
    | TreeResult | LikeResult | RefResult | TupleResult | ObjectResult
)  # fmt: skip


# ---------------------------------------------------------------------------------------------------- operations


class Library(Enum):
    """Whose function it is, which decides what an array argument meets."""

    JAX = "jax"  # staged out where a jaxpr is being built
    NUMPY = "numpy"  # host computation
    PYTHON = "python"  # builtins and the standard library
    OTHER = "other"


class Reads(Enum):
    """What a function does with the arrays that it is given."""

    TRACED = "traced"  # nothing that a tracer refuses
    NOTHING = "nothing"  # looks at shape, dtype, type only
    AS_NUMPY = "numpy"  # converts to NumPy: TracerArrayConversionError
    METHOD = "method"  # calls the array's method of the same name (np.sum): the tracer's own method runs
    AS_FLOAT = "float"  # converts by __float__: ConcretizationTypeError
    AS_INT = "int"
    AS_INDEX = "index"  # converts by __index__: TracerIntegerConversionError
    AS_BOOL = "bool"  # asks for truth
    VALUES = "values"  # needs the values in another way: a TypeError, mostly ConcretizationTypeError (jnp.trim_zeros)
    SILENT = "silent"  # swallows the tracer's error and answers wrongly (np.array_equal)


class Effect(Enum):
    """What a function does besides returning: the reason why it must not run while tracing."""

    PRINT = "print"  # print, pprint, sys.stdout.write
    LOG = "log"  # logging, warnings.warn
    IO = "io"  # files, processes, sockets, input
    CLOCK = "clock"  # the time of the day, timers
    GLOBAL_RNG = "global rng"  # numpy.random.*, random.*, secrets, uuid, os.urandom
    SLEEP = "sleep"


class KeyUse(Enum):
    """What a function does with the key that it is given."""

    DRAWS = "draws"  # consumes it
    SPLITS = "splits"  # consumes it, and returns fresh ones
    FOLDS = "folds in"  # derives a key; does not consume (JAX's checker), yet equals split(key, n)[i]
    LOOKS = "looks"  # key_data, wrap_key_data, key_impl: no consumption
    CLONES = "clones"


@dataclass(frozen=True, slots=True)
class Operation(Meaning):
    """A library function that takes no function.

    Attributes:
        path: the public dotted name.
        result: what it returns.
        parameters: names of its positional parameters, in order, where a rule or the result needs them; a name that
            starts with "*" takes the rest.
        library: whose it is.
        reads: what it does with array arguments; for `reads_only` parameters only, when that is not empty.
        reads_only: the parameters that `reads` is about; empty for all.
        static: parameters that must be Python values while tracing (shapes, sizes, axes), keyword-only ones included.
        unless: parameters that make the result another thing when given: then nothing is claimed of it.
        only_with: parameters without which nothing is claimed of the result (`where(c)` is no array).
        sized_by: the parameter without which a tracer is refused, because the result's shape hangs on its values
            ("" for none): `size` of `nonzero`, `total_repeat_length` of `repeat`. With `only_with`: when those are
            missing.
        sized_from: the parameters whose tracers are refused then; empty for all.
        key: what it does with its `key` parameter.
        effect: what else it does.
        pure: True when calling it and dropping the result does nothing at all.
        writes: the parameter that it changes in place ("" for none): `np.copyto`, `np.add.at`, `random.shuffle`.
        shares: True when the array that it returns may use the memory of a NumPy array that it is given.
        waits: True when it returns only after what was started has run.
        refuses_out: True when `out=` is in its signature and refused (jax.numpy).
        refuses_inplace: True when it raises unless `inplace=False` is given (`jnp.put`).
        aliases: further public names of the same function.
    """

    path: str
    result: Result = UnknownResult()
    parameters: tuple[str, ...] = ()
    library: Library = Library.JAX
    reads: Reads = Reads.TRACED
    reads_only: tuple[str, ...] = ()
    static: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    only_with: tuple[str, ...] = ()
    sized_by: str = ""
    sized_from: tuple[str, ...] = ()
    key: KeyUse | None = None
    effect: Effect | None = None
    pure: bool = False
    writes: str = ""
    shares: bool = False
    waits: bool = False
    refuses_out: bool = False
    refuses_inplace: bool = False
    aliases: tuple[str, ...] = ()


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
class Constant(Meaning):
    """A number (or None) that a library names: `jnp.pi`, `np.newaxis`."""

    path: str
    value: float | None
    aliases: tuple[str, ...] = ()


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
    OBJECT = "object"  # no array and holds none


# ---------------------------------------------------------------------------------------------------- transformations


class Hiding(Enum):
    """What the traced arguments of a transformed function are."""

    HIDDEN = "hidden"  # tracers that hide their value: jit, vmap, scan, cond, ...
    PRIMAL = "primal"  # tracers that keep it: grad, jvp, ...
    SAME = "same"  # what the caller passed: named_call, associative_scan, tree.map
    BARE = "bare"  # what the caller passed, under grad alone the concrete primal: custom_jvp, custom_vjp
    HOST = "host"  # concrete data on the host, whatever the caller passed: callbacks
    PERHAPS = "perhaps"  # hidden or as passed, not known which


class Staging(Enum):
    """Whether an array made inside is a tracer although nothing traced went in."""

    YES = "yes"  # everything that builds a jaxpr
    INHERIT = "inherit"  # vmap, grad: as in the code around
    NO = "no"  # callbacks, ensure_compile_time_eval


class Selects(Enum):
    """Which arguments of the wrapped function a wrapper traces."""

    ALL = "all"
    NOT_STATIC = "not static"  # all but static_argnums, static_argnames
    ARGNUMS = "argnums"  # those that argnums names, the first by default
    IN_AXES = "in_axes"  # those whose in_axes is not None
    NOT_NONDIFF = "not nondiff"  # all but nondiff_argnums
    LOOPED = "looped"  # jnp.vectorize: those with more axes than `signature` gives them; none of `excluded`
    SCANNED = "scanned"  # all: the first as the carry of a scan, the others slice by slice


class Leaves(Enum):
    """Which leaves of the arguments that a wrapper traces become tracers; the others stay what they are."""

    ALL = "all"  # numbers, too
    ARRAYS = "arrays"  # of JAX and of NumPy
    INEXACT = "inexact arrays"  # those that can be differentiated
    PARAMETERS = "parameters"  # all, and of the mutable arrays those that are parameters, not known which


class Returns(Enum):
    """What calling a wrapped function returns, in terms of what the function returns."""

    SAME = "same"
    GRADIENT = "gradient"  # like the differentiated arguments; with has_aux a pair
    VALUE_AND_GRADIENT = "value and gradient"
    JACOBIAN = "jacobian"  # arrays, structure not followed
    JAXPR = "jaxpr"  # a host object
    SHAPES = "shapes"  # host objects
    CARRY_AND_STACK = "carry and stack"  # what scan makes of a body: (carry, ys)
    ERROR_AND_VALUE = "error and value"  # checkify
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Wrapper(Meaning):
    """A transformation that returns a function: `jit(f)`, `vmap(f, in_axes)`, `grad(f)`.

    Attributes:
        path: the public dotted name.
        hiding, staging, selects, returns: see the enums.
        function: the parameter that takes the function.
        parameters: its positional parameters, in order.
        axis: True when it binds the axis name given by `axis_name=`.
        maps: True when the arguments lose an axis on the way in, and results gain one on the way out.
        decorator_options: True when calling it without the function gives a decorator (`nnx.jit(static_argnums=0)`).
        caches: True when it retraces by function identity (a wrapper made anew compiles anew).
        contract: True when no call is in view: somebody's contract, or the user, says that the function is traced.
        leaves: see the enum.
        lifts: True when it can be put on a class of modules, whose `__call__` is wrapped then, and when it does not
            count the receiver of a method among the arguments.
        updates: True when what is written into an object with state (`ClassKind.STATE_BASE`) reaches the caller's.
        aliases: further public names.
    """

    path: str
    hiding: Hiding
    staging: Staging
    selects: Selects = Selects.ALL
    returns: Returns = Returns.SAME
    function: str = "fun"
    parameters: tuple[str, ...] = ("fun",)
    axis: bool = False
    maps: bool = False
    decorator_options: bool = False
    caches: bool = False
    contract: bool = False
    leaves: Leaves = Leaves.ALL
    lifts: bool = False
    updates: bool = False
    aliases: tuple[str, ...] = ()


class Source(Enum):
    """Where a parameter of a function that a `Loop` calls comes from."""

    WHOLE = "whole"  # the argument as it is
    SLICE = "slice"  # one slice of each leaf along the first axis
    COUNTER = "counter"  # the loop index
    REST = "rest"  # all remaining positional arguments (operands of cond)
    LEAF = "leaf"  # a leaf of the argument (tree.map)
    ELEMENT = "element"  # scalars made from nothing in view
    REF = "ref"  # kernel references to blocks of arrays
    CARRY = "carry"  # the argument joined with what the function returns


@dataclass(frozen=True, slots=True)
class From:
    """One parameter of the called function: its source and the loop's parameter that it comes from."""

    source: Source
    parameter: str = ""


@dataclass(frozen=True, slots=True)
class Callee:
    """A function that a `Loop` is given: in which parameter, and with what it is called.

    `many` says that the parameter holds a sequence of functions (`switch`'s branches).
    """

    parameter: str
    takes: tuple[From, ...] = ()
    many: bool = False


class Gives(Enum):
    """What a `Loop` returns."""

    RESULT = "result"  # what the functions return, joined
    CARRY = "carry"  # the final carry
    CARRY_AND_STACK = "carry and stack"  # scan: (carry, ys)
    STACK = "stack"  # map: results stacked
    DECLARED = "declared"  # callbacks: arrays like result_shape_dtypes
    TREE = "tree"  # tree.map: the structure of the first tree with what the function returns
    VJP = "vjp"  # (value, function)
    JVP = "jvp"  # (value, tangent)
    SHAPES = "shapes"  # the structure of the result, with a ShapeDtypeStruct for each array
    NOTHING = "nothing"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Loop(Meaning):
    """A transformation that calls its functions at once: `scan(f, init, xs)`, `cond(p, f, g, *operands)`.

    Attributes:
        path: the public dotted name.
        hiding, staging: see the enums.
        callees: the functions that it is given.
        gives: what it returns.
        parameters: its positional parameters, in order; a name that starts with "*" takes the rest.
        repeats: True when a body runs more than once, so that a key captured by it is drawn from again and again.
        caches: True when it keeps the trace of a body by function identity.
        leaves: which leaves of the arguments become tracers.
        aliases: further public names.
    """

    path: str
    hiding: Hiding
    staging: Staging
    callees: tuple[Callee, ...]
    gives: Gives
    parameters: tuple[str, ...]
    repeats: bool = False
    caches: bool = False
    leaves: Leaves = Leaves.ALL
    aliases: tuple[str, ...] = ()


# ---------------------------------------------------------------------------------------------------- frameworks


class Gets(Enum):
    """What a `Caller` returns, in terms of what the user's function returns."""

    SAME = "same"
    STATE = "state"  # a pytree of arrays in its place: parameters
    STATES = "states"  # two of them: (params, state)
    WITH_STATE = "with state"  # (result, state)
    STATE_AFTER = "state after"  # (state, ...): (result, state) turned round
    PERHAPS_STATE = "perhaps state"  # the result, or (result, state) where `switch` is given
    OBJECT = "object"  # the object itself, ready to be called


@dataclass(frozen=True, slots=True)
class Caller(Meaning):
    """A function of a library that calls the user's, after it took off arguments of its own.

    `model.apply(variables, x)` calls `model.__call__(x)`; `hk.transform(f).apply(params, rng, x)` calls `f(x)`. It opens
    no trace.

    Attributes:
        path: the public dotted name; that of a method stands below the name of the class.
        own: the positional parameters that it keeps to itself.
        keywords: the keywords that it keeps to itself.
        state: the one of `own` that holds the parameters with which the function computes ("" where it makes them).
        calls: the method of the object that it calls; "" for the function that a `Maker` was given.
        instead: the keyword that names another function or method to call ("" for none).
        gets: what it returns.
        switch: the keyword that `Gets.PERHAPS_STATE` speaks of.
        aliases: further public names.
    """

    path: str
    own: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    state: str = ""
    calls: str = ""
    instead: str = ""
    gets: Gets = Gets.SAME
    switch: str = ""
    aliases: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """What the function is called in the object that has it."""
        return self.path.rpartition(".")[2]


@dataclass(frozen=True, slots=True)
class Maker(Meaning):
    """A function of a library that makes an object of functions which call the one that it is given: `hk.transform(f)`.

    Attributes:
        path: the public dotted name.
        makes: the class of the object, whose row names its fields.
        members: the functions in it.
        function: the parameter that takes the user's function.
        parameters: its positional parameters, in order.
        aliases: further public names.
    """

    path: str
    makes: str
    members: tuple[Caller, ...]
    function: str = "f"
    parameters: tuple[str, ...] = ("f",)
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Lessener(Meaning):
    """A function that is given an object of a `Maker` and returns it with fewer parameters: `hk.without_apply_rng`.

    Attributes:
        path: the public dotted name.
        member: the function in the object that changes.
        without: the one of its own parameters that it does not have any more.
        aliases: further public names.
    """

    path: str
    member: str
    without: str
    aliases: tuple[str, ...] = ()


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


# ---------------------------------------------------------------------------------------------------- array attributes


class Attr(Flag):
    """Properties of an attribute or method of an array."""

    METHOD = auto()
    STATIC = auto()  # a Python value, known while tracing
    CONVERTS = auto()  # needs the concrete value: raises on a hidden tracer
    MISSING_ON_TRACER = auto()  # AttributeError on every tracer
    MISSING = auto()  # AttributeError on concrete arrays, too


@dataclass(frozen=True, slots=True)
class ArrayAttribute(Meaning):
    """What `x.name`, or `x.name(...)` for methods, gives for an array `x`.

    `parameters` (without the array), `static`, `sized_by`, `sized_from` and `refuses_out` are those of `Operation`;
    `sized_from` may name the array itself as "self".
    """

    name: str
    flags: Attr
    result: Result = UnknownResult()
    pure: bool = True
    key: KeyUse | None = None
    parameters: tuple[str, ...] = ()
    static: tuple[str, ...] = ()
    sized_by: str = ""
    sized_from: tuple[str, ...] = ()
    refuses_out: bool = False


Row = (
    Operation | LibraryClass | Constant | Wrapper | Loop | Caller | Maker | Lessener | ClassDecorator | FieldMarker
)  # fmt: skip
