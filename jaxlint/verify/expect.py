"""What an example claims: the vocabulary of `examples/<symbol>/reference.py`.

An *example* is a folder with three sides that define the same functions: `bad.py` (the mistake), `fixed.py` (what to
write) and `reference.py` (what the author meant, in NumPy or plain Python). `reference.py` also holds the `Example`:
one `Case` for each function, with its inputs, how the bad side fails, and what it means that fixed equals reference.

    EXAMPLE = Example([
        Case("halve", (np.arange(4.0),), fails=Raises("TypeError", "JAX arrays are immutable")),
    ])

Nothing here runs anything or imports JAX: these are plain values that `jaxlint.verify` reads.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from types import ModuleType
from typing import Any

# --- inputs -----------------------------------------------------------------------------------------------------------
# NumPy arrays in `Case.args` (also within tuples, lists and dicts) reach bad and fixed as JAX arrays and the reference
# as NumPy arrays; all else reaches the three sides as it is. Every call gets fresh copies. The wrappers below are for
# what needs another treatment.


@dataclass(frozen=True, slots=True)
class Key:
    """Randomness: `jax.random.key(seed)` for bad and fixed, `numpy.random.default_rng(seed)` for the reference.

    With a `shape` it is an array of them.
    """

    seed: int
    shape: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Seed:
    """Randomness that a function makes itself: the integer on all sides, another one for each draw."""

    seed: int


@dataclass(frozen=True, slots=True)
class Host:
    """A NumPy array that stays one on all three sides."""

    array: Any


@dataclass(frozen=True, slots=True)
class Devices:
    """A mesh of all devices that there are along one `axis`, for bad and fixed; the reference gets None."""

    axis: str


@dataclass(frozen=True, slots=True)
class Made:
    """What `make` builds from the side's own module: `Made(lambda side: side.Layer(3))`."""

    make: Callable[[ModuleType], Any]


# --- how the bad side fails -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Raises:
    """Calling the bad function raises exactly the class `error`, and `message` occurs in its text.

    `error` is a built-in's name or a dotted one: `"jax.errors.TracerBoolConversionError"`.
    """

    error: str
    message: str


@dataclass(frozen=True, slots=True)
class Warns:
    """Calling the bad function gives a warning of the class `category` whose text contains `message`; fixed gives none."""

    category: str
    message: str


@dataclass(frozen=True, slots=True)
class Silent:
    """The bad function runs, and does something else than it says: `effect`, in words.

    `shows(function, *args)` is true of the bad function and false of the fixed one. Without it, the evidence is that
    the bad function's result does not match the reference.
    """

    effect: str
    shows: Callable[..., bool] | None = None


# --- what it means that fixed equals reference ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Close:
    """The same pytree; integers and booleans equal, floats within the tolerance of the narrower dtype. NaN equals NaN.

    `rtol` and `atol` replace the tolerance of the dtype.
    """

    rtol: float | None = None
    atol: float | None = None


@dataclass(frozen=True, slots=True)
class SameDistribution:
    """For random results, which no two libraries draw alike.

    The same key (or seed) gives the same draw, others give others, and over `draws` keys the means and all second moments
    (hence variances, and correlations between any two numbers of the result) agree with the reference's.
    """

    draws: int = 1000


# --- the whole --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Case:
    """One function of the example, called with `args`."""

    function: str
    args: tuple[Any, ...]
    fails: Raises | Warns | Silent
    same: Close | SameDistribution = Close()
    static: tuple[str, ...] = ()
    """Names of the parameters that are static when verify puts the fixed function under `jit`."""
    again: tuple[Any, ...] | None = None
    """Other values of the same shapes and dtypes. The second call, which must compile nothing, uses them, and is
    compared as well. Give it where an integer or a flag might end up static. Without it the second call has the same
    values, floats made somewhat smaller."""
    bad_args: tuple[Any, ...] | None = None
    """The bad function's arguments where they are others, as when the mend is to take a key."""
    plain_python: bool = False
    """The fixed function is host code (a training loop, say) that calls jitted code: it is not put under `jit` itself.
    A second call must still trace and compile nothing."""
    bench: Callable[[int], tuple[Any, ...]] | None = None
    """The inputs for a size, where it says something to measure the fixed function against the reference."""
    prints: bool = False
    """What is printed must equal what the reference prints, too."""
    unmapped: str = ""
    """Why nothing is said of `vmap`. Without it each lane equals the reference, too: lanes are the two calls' inputs, in
    which arrays are mapped, and numbers that differ. Host code, and a function without such arguments, is not mapped."""
    devices: int = 0
    """Over how many devices the arguments are spread, too: arrays whose first axis these can share evenly."""

    @property
    def bad_inputs(self) -> tuple[Any, ...]:
        """What the bad function is called with."""
        return self.args if self.bad_args is None else self.bad_args


@dataclass(frozen=True, slots=True)
class Example:
    """All that a folder claims beyond its marked lines."""

    cases: Sequence[Case]
    needs: tuple[str, ...] = ()
    """The modules that bad.py and fixed.py import besides JAX and NumPy. Without one nothing can be shown."""
