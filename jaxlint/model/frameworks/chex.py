"""Chex: assertions about shapes, which tracers answer, and about values, which they cannot; dataclasses.

https://chex.readthedocs.io/en/latest/api.html
"""

from __future__ import annotations

from dataclasses import replace

from jaxlint.model.families import NOTHING, operations
from jaxlint.model.schema import ClassDecorator, ClassKind, Hiding, Manager, Operation, Reads, Row, Staging, Wrapper

_ASSERTION = Operation("chex", NOTHING, reads=Reads.NOTHING)

ASSERTIONS: tuple[Row, ...] = (
    *operations(
        _ASSERTION,
        "assert_shape assert_rank assert_type assert_equal_shape assert_equal_rank assert_size assert_equal_size "
        "assert_axis_dimension assert_axis_dimension_gt assert_equal_shape_prefix assert_is_broadcastable "
        "assert_tree_no_nones assert_tree_has_only_ndarrays assert_tree_shape_prefix assert_exactly_one_is_none "
        "assert_not_both_none assert_trees_all_equal_shapes assert_trees_all_equal_structs "
        "assert_trees_all_equal_dtypes assert_trees_all_equal_sizes assert_trees_all_equal_shapes_and_dtypes",
    ),
    # They raise where a trace is open, but for functions that `chexify` wraps.
    *operations(
        replace(_ASSERTION, reads=Reads.VALUES),
        "assert_tree_all_finite assert_trees_all_close assert_trees_all_equal assert_trees_all_close_ulp",
    ),
    # An array is no scalar to these, traced or not.
    *operations(
        replace(_ASSERTION, reads=Reads.VALUES),
        "assert_scalar assert_scalar_in assert_scalar_negative assert_scalar_non_negative assert_scalar_positive",
    ),
)

CHEXIFY = Wrapper(
    "chex.chexify",
    Hiding.SAME,
    Staging.YES,
    function="fn",
    parameters=("fn", "async_check", "errors"),
    decorator_options=True,
)
"""What may assert about values, since the assertions are carried out after the computation."""

FAKES: tuple[Manager, ...] = (
    Manager("chex.fake_jit", plain=True, switches=("enable_patching",)),
    Manager("chex.fake_pmap", replaces=("jax.pmap",), switches=("enable_patching",)),
    Manager("chex.fake_pmap_and_jit", plain=True, replaces=("jax.pmap",)),
)
"""They put functions of their own in the place of JAX's, so that a program runs on one device and can be stepped through."""

ROWS: tuple[Row, ...] = (
    *ASSERTIONS,
    CHEXIFY,
    *FAKES,
    ClassDecorator("chex.dataclass", ClassKind.PYTREE_BASE, aliases=("chex.mappable_dataclass",)),
)
