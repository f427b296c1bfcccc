"""`jax.numpy`: functions that make arrays, arrange them and select from them."""

from __future__ import annotations

from dataclasses import replace

from jaxlint.model.avals import DtypeRule, ShapeRule
from jaxlint.model.families import (
    ARRAY,
    ARRAY_TUPLE,
    ARRAYS,
    INT,
    INT32,
    JNP,
    JNP_INPLACE,
    JNP_OUT,
    LIKEWISE,
    PAIR,
    RECAST,
    SAME,
    UNKNOWN,
    arranged,
    filled,
    operations,
)
from jaxlint.model.schema import ArrayResult, Reads, Row

_SPACED = ArrayResult(shape=ShapeRule.SPACED)
_JOINING = replace(JNP, joins=True)
_JOINED = ArrayResult(shape=ShapeRule.CONCATENATED, typed=DtypeRule.JOINED)

_LIKE = replace(JNP, reads=Reads.NOTHING)

_CREATION = (
    *operations(JNP, "array", "object dtype", filled(DtypeRule.LITERAL, ShapeRule.LITERAL), static="ndmin"),
    *operations(
        JNP,
        "asarray",
        "a dtype order",
        replace(filled(DtypeRule.LITERAL, ShapeRule.LITERAL), keeps=True),
        static="copy",
    ),
    *operations(JNP, "zeros ones empty", "shape dtype", filled(DtypeRule.FLOAT), static="shape"),
    *operations(JNP, "full", "shape fill_value dtype", filled(DtypeRule.FILLED), static="shape"),
    *operations(_LIKE, "zeros_like ones_like", "a dtype shape", arranged(ShapeRule.LIKE), static="shape"),
    *operations(_LIKE, "empty_like", "prototype dtype shape", arranged(ShapeRule.LIKE), static="shape"),
    *operations(_LIKE, "full_like", "a fill_value dtype shape", arranged(ShapeRule.LIKE), static="shape"),
    *operations(
        JNP, "arange", "start stop step dtype", filled(DtypeRule.RANGE, ShapeRule.RANGE), static="start stop step"
    ),
    *operations(
        JNP,
        "linspace",
        "start stop num endpoint retstep dtype axis",
        filled(DtypeRule.SPACED, ShapeRule.SPACED),
        static="num endpoint retstep axis",
        unless="retstep",
    ),
    *operations(JNP, "logspace", "start stop num endpoint base dtype axis", _SPACED, static="num endpoint axis"),
    *operations(JNP, "geomspace", "start stop num endpoint dtype axis", _SPACED, static="num endpoint axis"),
    *operations(JNP, "eye tri", "N M k dtype", filled(DtypeRule.FLOAT, ShapeRule.SQUARE), static="N M"),
    *operations(JNP, "identity", "n dtype", filled(DtypeRule.FLOAT, ShapeRule.SQUARE), static="n"),
    *operations(JNP, "indices", "dimensions dtype sparse", static="dimensions sparse", unless="sparse"),
    *operations(JNP, "bartlett blackman hamming hanning", "M", static="M"),
    *operations(JNP, "kaiser", "M beta", static="M"),
    *operations(JNP, "vander", "x N increasing", static="N increasing"),
    *operations(JNP, "meshgrid", "*xi", ARRAY_TUPLE, static="copy sparse"),
    *operations(JNP, "ix_", "*args", ARRAY_TUPLE),
    *operations(JNP, "tril_indices triu_indices", "n k m", PAIR, static="n k m"),
    *operations(JNP, "tril_indices_from triu_indices_from", "arr k", PAIR, static="k"),
    *operations(JNP, "diag_indices", "n ndim", ARRAY_TUPLE, static="n ndim"),
    *operations(JNP, "diag_indices_from", "arr", ARRAY_TUPLE),
    *operations(JNP, "frombuffer", "buffer dtype count offset", static="count offset"),
    *operations(JNP, "fromstring", "string dtype count"),
    *operations(replace(JNP, reads=Reads.VALUES, shares=True), "from_dlpack", "x"),
)

_SHAPES = (
    *operations(JNP, "reshape", "a shape order", arranged(ShapeRule.RESHAPED, keeps=True), static="shape"),
    *operations(JNP, "ravel", "a order", arranged(ShapeRule.FLAT)),
    *operations(JNP, "copy", "a order", LIKEWISE),
    *operations(JNP, "astype", "x dtype", RECAST, static="copy"),
    *operations(JNP, "broadcast_to", "array shape", arranged(ShapeRule.BROADCAST_TO, keeps=True), static="shape"),
    *operations(JNP, "broadcast_arrays", "*args", ARRAY_TUPLE),
    *operations(JNP, "atleast_1d atleast_2d atleast_3d", "*arys", UNKNOWN),
    *operations(JNP, "expand_dims", "a axis", arranged(ShapeRule.EXPANDED), static="axis"),
    *operations(JNP, "squeeze", "a axis", arranged(ShapeRule.SQUEEZED), static="axis"),
    *operations(JNP, "transpose permute_dims", "a axes", arranged(ShapeRule.TRANSPOSED, keeps=True), static="axes"),
    *operations(JNP, "matrix_transpose", "x", arranged(ShapeRule.MATRIX_TRANSPOSED)),
    *operations(JNP, "swapaxes", "a axis1 axis2", arranged(ShapeRule.SWAPPED), static="axis1 axis2"),
    *operations(JNP, "moveaxis", "a source destination", arranged(ShapeRule.MOVED), static="source destination"),
    *operations(JNP, "rollaxis", "a axis start", SAME, static="axis start"),
    *operations(JNP, "flip", "m axis", LIKEWISE, static="axis"),
    *operations(JNP, "fliplr flipud", "m", LIKEWISE),
    *operations(JNP, "rot90", "m k axes", SAME, static="k axes"),
    *operations(JNP, "roll", "a shift axis", LIKEWISE, static="axis"),
    *operations(JNP, "tile", "A reps", arranged(ShapeRule.TILED), static="reps"),
    *operations(
        JNP,
        "repeat",
        "a repeats axis",
        arranged(ShapeRule.REPEATED),
        static="axis total_repeat_length",
        sized_by="total_repeat_length",
        sized_from="repeats",
    ),
    *operations(JNP, "resize", "a new_shape", arranged(ShapeRule.BROADCAST_TO), static="new_shape"),
    *operations(JNP, "pad", "array pad_width mode", arranged(ShapeRule.PADDED), static="pad_width"),
    *operations(_JOINING, "concatenate", "arrays axis dtype", _JOINED, static="axis"),
    *operations(_JOINING, "concat", "arrays", _JOINED, static="axis"),
    *operations(
        replace(JNP_OUT, joins=True),
        "stack",
        "arrays axis out dtype",
        replace(_JOINED, shape=ShapeRule.STACKED),
        static="axis",
    ),
    *operations(_JOINING, "vstack", "tup dtype", replace(_JOINED, shape=ShapeRule.STACKED_ROWS)),
    *operations(_JOINING, "hstack", "tup dtype", replace(_JOINED, shape=ShapeRule.STACKED_COLUMNS)),
    *operations(JNP, "dstack", "tup dtype"),
    *operations(_JOINING, "column_stack", "tup"),
    *operations(JNP, "block", "arrays"),
    *operations(_JOINING, "append", "arr values axis", static="axis"),
    *operations(JNP, "split array_split", "ary indices_or_sections axis", ARRAYS, static="indices_or_sections axis"),
    *operations(JNP, "vsplit hsplit dsplit", "ary indices_or_sections", ARRAYS, static="indices_or_sections"),
    *operations(JNP, "unstack", "x", ARRAY_TUPLE, static="axis"),
    *operations(JNP, "diag", "v k", arranged(ShapeRule.DIAGONAL), static="k"),
    *operations(JNP, "diagflat", "v k", SAME, static="k"),
    *operations(JNP, "diagonal", "a offset axis1 axis2", SAME, static="offset axis1 axis2"),
    *operations(JNP, "tril triu", "m k", LIKEWISE, static="k"),
    *operations(
        JNP, "delete", "arr obj axis", SAME, static="axis", sized_by="assume_unique_indices", sized_from="obj"
    ),
    *operations(JNP, "insert", "arr obj values axis", SAME, static="axis"),
    *operations(JNP, "packbits", "a axis bitorder", ArrayResult(dtype="uint8"), static="axis"),
    *operations(JNP, "unpackbits", "a axis count bitorder", ArrayResult(dtype="uint8"), static="axis count"),
    replace(
        JNP, path="jax.numpy.trim_zeros", parameters=("filt", "trim", "axis"), reads=Reads.VALUES, reads_only=("filt",)
    ),
)

_SELECTION = (
    *operations(
        JNP_OUT,
        "take",
        "a indices axis out mode unique_indices indices_are_sorted fill_value",
        arranged(ShapeRule.TAKEN),
        static="axis unique_indices indices_are_sorted fill_value",
    ),
    *operations(
        JNP,
        "take_along_axis",
        "arr indices axis mode fill_value",
        arranged(ShapeRule.TAKEN_ALONG),
        static="axis fill_value",
    ),
    *operations(JNP_OUT, "choose", "a choices out mode"),
    *operations(
        JNP_OUT, "compress", "condition a axis", ARRAY, static="axis size", sized_by="size", sized_from="condition"
    ),
    *operations(JNP, "extract", "condition arr", ARRAY, static="size", sized_by="size", sized_from="condition"),
    *operations(JNP, "nonzero", "a", ARRAY_TUPLE, static="size", sized_by="size"),
    *operations(JNP, "flatnonzero", "a", filled(DtypeRule.INTEGER, ShapeRule.COUNTED), static="size", sized_by="size"),
    *operations(JNP, "argwhere", "a", INT, static="size", sized_by="size"),
    *operations(JNP_INPLACE, "put", "a ind v mode", LIKEWISE),
    *operations(JNP_INPLACE, "place", "arr mask vals", LIKEWISE),
    *operations(JNP_INPLACE, "fill_diagonal", "a val wrap", LIKEWISE),
    *operations(JNP_INPLACE, "put_along_axis", "arr indices values axis inplace", LIKEWISE, static="axis"),
    *operations(JNP, "unravel_index", "indices shape", ARRAY_TUPLE),
    *operations(JNP, "ravel_multi_index", "multi_index dims mode order", INT32, static="dims"),
    *operations(JNP, "sort", "a axis", arranged(ShapeRule.ALONG), static="axis stable descending"),
    *operations(JNP, "argsort", "a axis", filled(DtypeRule.INTEGER, ShapeRule.ALONG), static="axis stable descending"),
    *operations(JNP, "top_k", "a k", ARRAYS, static="k axis"),
    *operations(
        JNP,
        "partition",
        "a kth axis",
        LIKEWISE,
        static="kth axis",
    ),
    *operations(JNP, "argpartition", "a kth axis", replace(INT32, shape=ShapeRule.FIRST), static="kth axis"),
    *operations(JNP, "lexsort", "keys axis", INT, static="axis"),
    *operations(JNP, "sort_complex", "a"),
    *operations(JNP, "searchsorted", "a v side sorter", replace(INT32, shape=ShapeRule.FOLLOWED)),
    *operations(JNP, "digitize", "x bins right", replace(INT32, shape=ShapeRule.FIRST), static="right"),
    *operations(
        JNP,
        "isin",
        "element test_elements assume_unique invert",
        filled(DtypeRule.BOOL, ShapeRule.FIRST),
        static="assume_unique invert",
    ),
    *operations(
        JNP,
        "unique",
        "ar return_index return_inverse return_counts axis",
        static="return_index return_inverse return_counts axis equal_nan size",
        unless="return_index return_inverse return_counts",
        sized_by="size",
    ),
    *operations(JNP, "unique_values", "x", SAME, static="size", sized_by="size"),
    *operations(JNP, "unique_counts unique_inverse", "x", PAIR, static="size", sized_by="size"),
    *operations(JNP, "unique_all", "x", ArrayResult(4), static="size", sized_by="size"),
    *operations(
        JNP,
        "intersect1d",
        "ar1 ar2 assume_unique return_indices",
        static="assume_unique return_indices size",
        unless="return_indices",
        sized_by="size",
    ),
    *operations(JNP, "setdiff1d setxor1d", "ar1 ar2 assume_unique", static="assume_unique size", sized_by="size"),
    *operations(JNP, "union1d", "ar1 ar2", static="size", sized_by="size"),
    *operations(
        JNP,
        "bincount",
        "x weights minlength",
        static="minlength length",
        sized_by="length",
        sized_from="x",
    ),
)

ROWS: tuple[Row, ...] = (
    *_CREATION,
    *_SHAPES,
    *_SELECTION,
)
