"""What a function returns: arrays, pytrees of them, keys, data on the host."""

from __future__ import annotations

from dataclasses import dataclass

from jaxlint.model.avals import DtypeRule, ShapeRule
from jaxlint.values.base import HostKind


@dataclass(frozen=True, slots=True)
class ArrayResult:
    """A JAX array (a tracer, where the operands or the context make it one), or a tuple of `count` of them.

    `dtype` is a NumPy dtype name where it is always the same; `typed` is the rule by which the dtype follows from the
    arguments, `shape` that for the shape. Neither is known where there is no rule.
    `keeps` says that a JAX array which is so already is returned itself, under `jit`, too: `reshape` to its own shape.
    `held` says that parameters are computed with, too, which a framework keeps: the result is as abstract as these.
    `merges` says that one answer is computed from the lanes of a map, which that map does not hide.
    """

    count: int | None = None
    dtype: str | None = None
    keeps: bool = False
    held: bool = False
    merges: bool = False
    shape: ShapeRule | None = None
    typed: DtypeRule | None = None


@dataclass(frozen=True, slots=True)
class TreeResult:
    """A pytree of arrays whose structure is not known, as abstract as the arguments; `held` as for `ArrayResult`."""

    held: bool = False


@dataclass(frozen=True, slots=True)
class StateResult:
    """A pytree of arrays that the receiver keeps its state in: a tuple where its row says so, see `ObjectResult`."""


@dataclass(frozen=True, slots=True)
class LikeResult:
    """The structure of an argument, with arrays for leaves that are as abstract as all arguments together.

    `same` says that arrays are handed on as they are, `partly` that some are, and that leaves need not be arrays. Nothing
    is claimed of other leaves. The parameter "self" is the object whose method it is. `any_of` says that all positional
    arguments have the structure: it is that of the first of which something is known.
    """

    parameter: str
    same: bool = False
    partly: bool = False
    any_of: bool = False


@dataclass(frozen=True, slots=True)
class RefResult:
    """A mutable array, as abstract as the arguments; `held` as for `ArrayResult`.

    `collection` is the parameter that names the collection of variables in which a framework keeps it ("" for none).
    """

    held: bool = False
    collection: str = ""


@dataclass(frozen=True, slots=True)
class TupleResult:
    """A tuple of results, one for each item."""

    items: tuple[Result, ...]


@dataclass(frozen=True, slots=True)
class VaryingResult:
    """One of several tuples, by the release of the library: the one that has as many items as it is unpacked into."""

    options: tuple[TupleResult, ...]


@dataclass(frozen=True, slots=True)
class ObjectResult:
    """An object of a library's class, by the public name of that.

    `asks` is the parameter that its methods must be given, although their signature lets it be left out. `changes` says that
    the state which its methods take and return is another one after each call. `gathers` says that both hold if they hold
    for one of the objects that it is made of. `tuples` says that the state is a tuple.
    """

    cls: str
    asks: str = ""
    changes: bool = False
    gathers: bool = False
    tuples: bool = False


@dataclass(frozen=True, slots=True)
class RecordResult:
    """An object of a library's class whose row names the fields, as abstract as the arguments: the state of an environment.

    `arrays` are the fields that are arrays, `trees` those that are pytrees of arrays whose structure is not known, `dicts`
    those that are dicts with text for keys and anything for values. Nothing is claimed of others. `held` as for
    `ArrayResult`.
    """

    cls: str
    arrays: tuple[str, ...] = ()
    trees: tuple[str, ...] = ()
    dicts: tuple[str, ...] = ()
    held: bool = False


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
class InitialisingResult:
    """Whether the framework's call around makes the parameters: `hk.running_init`."""


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
    | TreeResult | StateResult | LikeResult | RefResult | TupleResult | ObjectResult | RecordResult | VaryingResult
    | InitialisingResult
)  # fmt: skip
