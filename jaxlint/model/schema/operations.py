"""Functions that take no function, and constants: what they return and what they do to their arguments."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from jaxlint.model.schema.demands import Demand
from jaxlint.model.schema.results import Result, UnknownResult
from jaxlint.values.functions import Meaning


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
        only_with: parameters without which the result is `otherwise`.
        otherwise: the result without those: `where(c)` is a tuple of arrays.
        sized_by: the parameter without which a tracer is refused, because the result's shape hangs on its values
            ("" for none): `size` of `nonzero`, `total_repeat_length` of `repeat`. With `only_with`: when those are
            missing.
        sized_from: the parameters whose tracers are refused then; empty for all.
        key: what it does with its key.
        key_parameter: the parameter that takes the key, the first one.
        seeds: True when a number serves as the key.
        effect: what else it does.
        pure: True when calling it and dropping the result does nothing at all.
        writes: the parameter that it changes in place ("" for none): `np.copyto`, `np.add.at`, `random.shuffle`.
        aligned: the parameters whose trees it walks side by side, by the structure of the first of them.
        shares: True when the array that it returns may use the memory of a NumPy array that it is given.
        waits: True when it returns only after what was started has run.
        refuses_out: True when `out=` is in its signature and refused (jax.numpy).
        refuses_inplace: True when it raises unless `inplace=False` is given (`jnp.put`).
        chooses: True when it takes each element from one of its last two parameters, by its first: `where`.
        joins: True when it puts arrays together, those in its first parameter, or its parameters, into a longer one.
        demands: what it asks of the framework's call around it.
        within: the function that must be given the code in which it is called, or the class whose methods must call it,
            else it raises ("" for neither): `haiku.transform`.
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
    otherwise: Result = UnknownResult()
    sized_by: str = ""
    sized_from: tuple[str, ...] = ()
    key: KeyUse | None = None
    key_parameter: str = "key"
    seeds: bool = False
    effect: Effect | None = None
    pure: bool = False
    writes: str = ""
    aligned: tuple[str, ...] = ()
    shares: bool = False
    waits: bool = False
    refuses_out: bool = False
    refuses_inplace: bool = False
    chooses: bool = False
    joins: bool = False
    demands: tuple[Demand, ...] = ()
    within: str = ""
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Constant(Meaning):
    """A number (or None) that a library names: `jnp.pi`, `np.newaxis`."""

    path: str
    value: float | None
    aliases: tuple[str, ...] = ()
