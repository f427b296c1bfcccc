"""How the shape and dtype of a result follow from the arguments: the rules that rows name.

What each rule computes is in `jaxlint.trace.avals`; "aval" is JAX's word for a shape with a dtype and its weak type. The
*operands* of a function are its positional parameters without the static ones, `out`, `where`, `dtype` and `key`; the
*first* is the first of its parameters, for a method the array itself. Where an argument is missing that a rule needs,
nothing is known.
"""

from __future__ import annotations

from enum import Enum


class ShapeRule(Enum):
    """How the shape of a result follows from the arguments."""

    SCALAR = "scalar"  # ()
    FIRST = "first"  # that of the first
    BROADCAST = "broadcast"  # the operands, broadcast: elementwise functions
    REDUCED = "reduced"  # the first without `axis` (all axes where it is left out), of size one with `keepdims`
    WITHOUT_AXES = "without axes"  # the first without `axes`: reductions of jax.lax
    WITHOUT_AXIS = "without axis"  # the first without `axis`
    ALONG = "along"  # that of the first, flat where `axis` is None: `sort`
    ACCUMULATED = "accumulated"  # that of the first, flat where `axis` is None or left out: `cumsum`
    ASKED = "asked"  # the parameter `shape`
    LIKE = "like"  # the parameter `shape`, where it is left out that of the first
    SAMPLED = "sampled"  # the parameter `shape`, where it is left out the operands broadcast: jax.random
    SPREAD = "spread"  # the parameter `shape`, broadcast with the operands: `random.uniform`
    RESHAPED = "reshaped"  # the second parameter, or all further ones, a -1 computed
    BROADCAST_TO = "broadcast to"  # the second parameter
    FLAT = "flat"  # one axis of all elements
    TRANSPOSED = "transposed"  # by the second parameter, or all further ones; reversed where there is none
    MATRIX_TRANSPOSED = "matrix transposed"  # the last two axes swapped
    SWAPPED = "swapped"  # `axis1`, `axis2`
    MOVED = "moved"  # `source`, `destination`
    SQUEEZED = "squeezed"  # the first without the axes of size one that the second parameter names, or all
    EXPANDED = "expanded"  # with axes of size one where the second parameter says
    CONCATENATED = "concatenated"  # a sequence of arrays, along the second parameter
    STACKED = "stacked"  # a sequence of arrays, along a new axis `axis`
    STACKED_ROWS = "stacked rows"  # `vstack`
    STACKED_COLUMNS = "stacked columns"  # `hstack`
    MATMUL = "matmul"  # the first two, as `@`
    DOT = "dot"  # the first two, as `jnp.dot`
    OUTER = "outer"  # the sizes of the first two
    EINSUM = "einsum"  # what the subscripts say of the other arguments
    TENSORDOT = "tensordot"  # the first two over `axes`
    TAKEN = "taken"  # the first with `indices` in the place of `axis`
    TAKEN_ALONG = "taken along"  # broadcast but for `axis`, where the size is that of `indices`
    TILED = "tiled"
    REPEATED = "repeated"
    PADDED = "padded"
    DIAGONAL = "diagonal"  # `jnp.diag` of one axis or two
    ENCODED = "encoded"  # `one_hot`: the first with an axis of `num_classes`
    SLICED = "sliced"  # the parameter `slice_sizes`
    INDEXED_AXIS = "indexed axis"  # the first with `axis` cut down to one, or without it where `keepdims` is false
    SLICED_AXIS = "sliced axis"  # the first with `axis` cut down to `slice_size`
    LITERAL = "literal"  # nested lists and tuples of numbers and arrays, as `jnp.array` reads them
    RANGE = "range"  # `arange`
    SPACED = "spaced"  # `num` steps between scalars: `linspace`
    SQUARE = "square"  # the first parameter by the second, or by itself: `eye`
    COUNTED = "counted"  # `size`: `lax.iota`, and `nonzero`, `unique` and their like
    FOLLOWED = "followed"  # that of the second: `searchsorted`


class DtypeRule(Enum):
    """How the dtype of a result follows from the arguments. A dtype that is asked for decides."""

    FIRST = "first"  # that of the first
    LOOSE = "loose"  # that of the first, weakly typed or not
    PROMOTED = "promoted"  # the operands, promoted
    CHOSEN = "chosen"  # the operands but the first, promoted: `where`
    NUMERIC = "numeric"  # promoted, and bool becomes the default integer
    INEXACT = "inexact"  # promoted, and all but floating and complex numbers become the default floating dtype
    SUMMED = "summed"  # that of the first, small integers and bool as the default integer
    AVERAGED = "averaged"  # that of the first, integers as the default floating dtype
    MAGNITUDE = "magnitude"  # as `AVERAGED`, of complex numbers the dtype of their parts
    REAL = "real"  # that of the first, of a complex one the dtype of its parts
    JOINED = "joined"  # the arrays in a sequence, promoted: `concatenate`
    FLOAT = "float"  # the default floating dtype
    INTEGER = "integer"  # the default integer
    BOOL = "bool"
    CAST = "cast"  # `dtype`; where it is left out that of the first
    LITERAL = "literal"  # what `jnp.array` makes of nested lists and tuples
    FILLED = "filled"  # that of `fill_value`
    RANGE = "range"  # what the bounds of `arange` promote to
    SPACED = "spaced"  # what the ends of `linspace` promote to, floating
