"""`jax.numpy.linalg` and `jax.numpy.fft`."""

from __future__ import annotations

from jaxlint.model.avals import DtypeRule, ShapeRule
from jaxlint.model.families import (
    ARRAY,
    INT,
    LIKEWISE,
    MAGNITUDE,
    PAIR,
    SAME,
    arranged,
    filled,
    operations,
)
from jaxlint.model.schema import ArrayResult, Operation, Row

_LINALG = Operation("jax.numpy.linalg", ARRAY, pure=True)
_FFT = Operation("jax.numpy.fft", ARRAY, pure=True)

ROWS: tuple[Row, ...] = (
    *operations(_LINALG, "inv", "a", ArrayResult(typed=DtypeRule.AVERAGED)),
    *operations(_LINALG, "eigvals", "a"),
    *operations(_LINALG, "det", "a"),
    *operations(_LINALG, "eig slogdet", "a", PAIR),
    *operations(_LINALG, "eigh", "a UPLO symmetrize_input", PAIR, static="symmetrize_input"),
    *operations(_LINALG, "eigvalsh", "a UPLO", static="symmetrize_input"),
    *operations(
        _LINALG,
        "cholesky",
        "a",
        ArrayResult(typed=DtypeRule.AVERAGED),
        static="upper symmetrize_input",
    ),
    *operations(_LINALG, "qr", "a mode", PAIR, unless="mode"),
    *operations(
        _LINALG,
        "svd",
        "a full_matrices compute_uv hermitian subset_by_index",
        ArrayResult(3),
        static="full_matrices compute_uv hermitian",
        unless="compute_uv",
    ),
    *operations(_LINALG, "svdvals", "x"),
    *operations(_LINALG, "solve", "a b"),
    *operations(_LINALG, "lstsq", "a b rcond", ArrayResult(4), static="numpy_resid"),
    *operations(_LINALG, "pinv", "a rtol hermitian", static="hermitian"),
    *operations(_LINALG, "matrix_rank", "M rtol", INT, static="hermitian"),
    *operations(_LINALG, "matrix_power", "a n", LIKEWISE, static="n"),
    *operations(_LINALG, "norm", "x ord axis keepdims", MAGNITUDE, static="ord axis keepdims"),
    *operations(_LINALG, "vector_norm", "x", MAGNITUDE, static="axis keepdims ord"),
    *operations(_LINALG, "matrix_norm", "x", static="keepdims"),
    *operations(_LINALG, "cond", "x p", static="p"),
    *operations(_LINALG, "trace", "x"),
    *operations(_LINALG, "diagonal", "x", SAME, static="offset"),
    *operations(_LINALG, "matrix_transpose", "x", arranged(ShapeRule.MATRIX_TRANSPOSED)),
    *operations(_LINALG, "matmul", "x1 x2", filled(DtypeRule.PROMOTED, ShapeRule.MATMUL)),
    *operations(_LINALG, "outer", "x1 x2"),
    *operations(_LINALG, "cross vecdot", "x1 x2", static="axis"),
    *operations(_LINALG, "tensordot", "x1 x2", static="axes"),
    *operations(_LINALG, "tensorinv", "a ind", static="ind"),
    *operations(_LINALG, "tensorsolve", "a b axes", static="axes"),
    *operations(_LINALG, "multi_dot", "arrays"),
    *operations(_FFT, "fft ifft rfft irfft hfft ihfft", "a n axis norm", static="n axis"),
    *operations(_FFT, "fft2 ifft2 rfft2 irfft2 fftn ifftn rfftn irfftn", "a s axes norm", static="s axes"),
    *operations(_FFT, "fftshift ifftshift", "x axes", LIKEWISE, static="axes"),
    *operations(_FFT, "fftfreq rfftfreq", "n d", static="n"),
)
