"""Transformations: what they trace of the functions that they are given, and what comes back.

A `Wrapper` returns a function, a `Loop` calls its functions at once.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from jaxlint.values.functions import Meaning


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


class Leaves(Enum):
    """Which leaves of the arguments that a wrapper traces become tracers; the others stay what they are."""

    ALL = "all"  # numbers, too
    ARRAYS = "arrays"  # of JAX and of NumPy
    INEXACT = "inexact arrays"  # those that can be differentiated
    PARAMETERS = "parameters"  # all, and of the mutable arrays those that are parameters, not known which


class Selects(Enum):
    """Which arguments of the wrapped function a wrapper traces."""

    ALL = "all"
    NOT_STATIC = "not static"  # all but static_argnums, static_argnames
    ARGNUMS = "argnums"  # those that argnums names, the first by default
    IN_AXES = "in_axes"  # those whose in_axes is not None
    NOT_NONDIFF = "not nondiff"  # all but nondiff_argnums
    LOOPED = "looped"  # jnp.vectorize: those with more axes than `signature` gives them; none of `excluded`
    SCANNED = "scanned"  # all: the first as the carry of a scan, the others slice by slice


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
    FIRST = "first"  # the first of the two that the function returns, the other being how it is differentiated
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
        binds: the axis name that it binds where none is given ("" for none).
        maps: True when the arguments lose an axis on the way in, and results gain one on the way out.
        blocks: True when the function gets blocks of the arguments, and their sizes are not known; without `binds` the names
            of its axes are not, either.
        decorator_options: True when calling it without the function gives a decorator (`nnx.jit(static_argnums=0)`).
        caches: True when it retraces by function identity (a wrapper made anew compiles anew).
        compiled: False when what it traced runs operation by operation outside of `jit`, so that nothing is compiled for it.
        hashes: True when a static argument that cannot be hashed is refused.
        validates: True when it refuses at once `static_argnums` and their like that no parameter of the function fits.
        contract: True when no call is in view: somebody's contract, or the user, says that the function is traced.
        leaves: see the enum.
        forward: True when it differentiates in forward mode, which needs no way back through loops.
        rules: the methods by which the function is given a derivative of its own.
        lifts: True when it can be put on a class of modules, whose `__call__` is wrapped then, and when it does not
            count the receiver of a method among the arguments.
        updates: True when what is written into an object with state (`ClassKind.STATE_BASE`) reaches the caller's.
        plain: True when it runs the function as Python does where `jax.disable_jit` is in force.
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
    binds: str = ""
    maps: bool = False
    blocks: bool = False
    decorator_options: bool = False
    caches: bool = False
    compiled: bool = True
    hashes: bool = False
    validates: bool = False
    contract: bool = False
    leaves: Leaves = Leaves.ALL
    forward: bool = False
    rules: tuple[str, ...] = ()
    lifts: bool = False
    updates: bool = False
    plain: bool = False
    aliases: tuple[str, ...] = ()

    @property
    def computes(self) -> bool:
        """Whether a call computes anything: `make_jaxpr(f)(x)` looks at the shape and the dtype of `x` only."""
        return self.returns not in (Returns.JAXPR, Returns.SHAPES)


class Source(Enum):
    """Where a parameter of a function that a `Loop` calls comes from."""

    WHOLE = "whole"  # the argument as it is
    SLICE = "slice"  # one slice of each leaf along the first axis
    PART = "part"  # the argument, cut to some size along some axis
    COUNTER = "counter"  # the loop index
    REST = "rest"  # all remaining positional arguments (operands of cond)
    LEAF = "leaf"  # a leaf of the argument (tree.map)
    LINEAR = "linear"  # a linear function whose result is like its argument, which is like the parameter
    PATH = "path"  # the way to that leaf, a tuple of keys (tree.map_with_path)
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
    PARTS = "parts"  # the results, of other sizes
    DECLARED = "declared"  # callbacks: arrays like result_shape_dtypes
    TREE = "tree"  # tree.map: the structure of the first tree with what the function returns
    VJP = "vjp"  # (value, function from cotangents to gradients); with `has_aux` what else the function returned after them
    LINEARIZED = "linearized"  # (value, function from tangents to tangents), and so on
    JVP = "jvp"  # (value, tangent)
    LIKE = "like"  # what is like its parameter `like`; with `has_aux` what else the function returned after it
    SOLVED = "solved"  # (what is like its parameter `like`, how it went)
    SHAPES = "shapes"  # the structure of the result, with a ShapeDtypeStruct for each array
    FUNCTION = "function"  # the function that it is given, to be called as it was
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
        one_way: True when nothing bounds its steps, so that reverse mode refuses it.
        bounds: parameters that bound its steps; where one is hidden, it is as if nothing did.
        like: the parameter that `Gives.LIKE` and `Gives.SOLVED` speak of.
        leaves: which leaves of the arguments become tracers.
        plain: True when it runs its functions as Python does where `jax.disable_jit` is in force.
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
    one_way: bool = False
    bounds: tuple[str, ...] = ()
    like: str = ""
    plain: bool = False
    aliases: tuple[str, ...] = ()
