"""Every row about JAX, NumPy, SciPy and Python against what is installed. Frameworks have tests of their own."""

from __future__ import annotations

import importlib
import math
import sys
import warnings
from collections.abc import Callable
from dataclasses import replace
from functools import partial

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from jax.errors import KeyReuseError
from jax.experimental.key_reuse import _core as key_checker

from jaxlint.model import Model
from jaxlint.model.avals import DtypeRule
from jaxlint.model.schema import (
    ArgumentResult,
    ArrayListResult,
    ArrayResult,
    ClassKind,
    Constant,
    Effect,
    HostResult,
    KeyResult,
    KeyUse,
    Library,
    LibraryClass,
    NumPyResult,
    Operation,
    Reads,
    Result,
    Row,
    UnknownResult,
)
from jaxlint.values.base import HostKind
from tests.model.abstract import expect_aval
from tests.model.host_recipes import host_call
from tests.model.recipes import INTS, KEY, SPECIAL, STATIC, VI, B, F, arguments, signature, static_value

MODEL = Model.standard()

LIBRARIES = frozenset({"jax", "numpy", "scipy", "builtins"}) | sys.stdlib_module_names
"""The libraries whose rows are tested here, by their first name."""

ROWS = tuple(row for row in MODEL if row.path.partition(".")[0] in LIBRARIES)

_NEW_IN_0_12 = frozenset(
    {"jax.lax.log2", "jax.lax.one_minus_square", "jax.numpy.minmax", "jax.numpy.top_k", "jax.scipy.special.erfcinv"}
)
NOT_IN = (_NEW_IN_0_12 if jax.__version_info__ < (0, 12) else frozenset()) | (
    frozenset({"math.fma", "math.sumprod"}) if sys.version_info < (3, 12) else frozenset()
)
"""Names that this version lacks."""

OLD_ALIASES = frozenset(
    {
        "jax.api.jit",
        "jax.ad_checkpoint.checkpoint",
        "jax.ad_checkpoint.remat",
        "jax.new_checkpoint",
        "jax.tree_map",
        "jax.tree_multimap",
    }
)
"""Aliases that no version here has any more: code written for older ones is understood by them."""

_PROCESS = "acts on the process: a cache, a debugger, a device"
_FILES = "reads or writes a file"
NOT_CALLED = {
    "jax.clear_caches": _PROCESS,
    "jax.make_array_from_process_local_data": "needs a sharding over processes",
    "jax.make_array_from_single_device_arrays": "needs a sharding over processes",
    "jax.numpy.load": _FILES,
    "jax.numpy.save": _FILES,
    "jax.numpy.savez": _FILES,
    "jax.lax.pbroadcast": "fails under `vmap` in JAX itself, with a TypeError",
    "jax.lax.pcast": "needs `shard_map`: its axes are those of a mesh",
}
"""Functions of JAX whose result is not checked, with the reason."""

ANSWERS_WITH_NUMPY = {
    "numpy.argsort": "passes `kind=`, which the method of a concrete array refuses; then NumPy converts",
}
"""Functions that call the method of a tracer and yet make a NumPy array of a concrete `jax.Array`, with the reason."""

RAISES_ANOTHER_ERROR = {
    "numpy.take": "the tracer's own method refuses NumPy's mode, `raise`",
}
"""Functions of the host that refuse a tracer in another way than their row says, with the reason."""

ERRORS: dict[Reads, type[Exception]] = {
    Reads.AS_NUMPY: jax.errors.TracerArrayConversionError,
    Reads.AS_FLOAT: jax.errors.ConcretizationTypeError,
    Reads.AS_INT: jax.errors.ConcretizationTypeError,
    Reads.AS_INDEX: jax.errors.TracerIntegerConversionError,
    Reads.AS_BOOL: jax.errors.TracerBoolConversionError,
    Reads.VALUES: TypeError,
}
"""What a function that reads its argument in some way raises on a tracer."""

UNTRACED = (TypeError, ValueError, jax.errors.JAXTypeError, jax.errors.JAXIndexError)
"""What JAX raises when it meets a tracer where it needs a Python value."""


def resolved(path: str) -> object:
    """The object that a public dotted name stands for; imports what it has to."""
    module_name, _, rest = path.rpartition(".")
    names = [rest]
    while True:
        try:
            found: object = importlib.import_module(module_name)
            break
        except ModuleNotFoundError:
            module_name, _, rest = module_name.rpartition(".")
            names.insert(0, rest)
            if not module_name:
                raise
    for name in names:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)
            found = getattr(found, name)
    return found


def called(path: str) -> Callable[..., object]:
    """The function at `path`."""
    found = resolved(path)
    assert callable(found), path
    return found


def exists(row: Row) -> bool:
    return row.path not in NOT_IN


OPERATIONS = [row for row in ROWS if isinstance(row, Operation) and exists(row)]
JAX = [row for row in OPERATIONS if row.library is Library.JAX]
CALLABLE = [row for row in JAX if row.path not in NOT_CALLED]


def by_path(row: Row) -> str:
    return row.path


HOST_TYPES: dict[HostKind, tuple[type, ...]] = {
    HostKind.BOOL: (bool, np.bool_),
    HostKind.INT: (int,),
    HostKind.FLOAT: (float,),
    HostKind.COMPLEX: (complex,),
    HostKind.STR: (str,),
    HostKind.BYTES: (bytes,),
    HostKind.DTYPE: (np.dtype,),
}


def expect_host(value: object, result: HostResult) -> None:
    match result.kind:
        case None:
            assert value is None
        case HostKind.OBJECT:
            assert not any(isinstance(leaf, jax.Array) for leaf in jax.tree.leaves(value))
        case kind:
            assert isinstance(value, HOST_TYPES[kind])


def expect(value: object, result: Result, argument: object = None) -> None:
    """Fails unless `value`, which a function returned while `jit` traced it, is what the row claims."""
    tracer = jax.core.Tracer
    match result:
        case ArrayResult(None):
            assert isinstance(value, tracer)
        case ArrayResult(count):
            assert isinstance(value, tuple)
            assert len(value) == count
            assert all(isinstance(item, tracer) for item in value)
        case ArrayListResult():
            assert isinstance(value, list | tuple)
            assert value
            assert all(isinstance(item, tracer) for item in value)
        case ArgumentResult(_, arrays):
            assert str(jax.tree.structure(value)) == str(jax.tree.structure(argument))
            assert not arrays or all(isinstance(leaf, tracer) for leaf in jax.tree.leaves(value))
        case KeyResult(batch, raw, default):
            assert isinstance(value, tracer)
            if raw:
                assert value.dtype == np.uint32
            else:
                assert jnp.issubdtype(value.dtype, jax.dtypes.prng_key)
                assert value.shape == (() if batch is None else (default,))
        case HostResult():
            expect_host(value, result)
        case NumPyResult():
            pytest.fail("a function of JAX returns no NumPy array while tracing")
        case UnknownResult():
            pass


# ---------------------------------------------------------------------------------------------------- all rows


def has(path: str) -> bool:
    try:
        resolved(path)
    except (AttributeError, ModuleNotFoundError):
        return False
    return True


def test_every_name_exists() -> None:
    """Every public name of every row is there, and those that this version lacks are not."""
    names = {name for row in ROWS for name in (row.path, *row.aliases)} - OLD_ALIASES
    assert {name for name in names if not has(name)} == NOT_IN


def test_names_that_a_version_lacks_have_rows() -> None:
    assert all(MODEL.meaning(name) is not None for name in NOT_IN)


def test_recipes_and_exemptions_name_rows() -> None:
    for table in (SPECIAL, NOT_CALLED, ANSWERS_WITH_NUMPY, RAISES_ANOTHER_ERROR):
        assert all(isinstance(MODEL.meaning(name), Operation) for name in table)


# ---------------------------------------------------------------------------------------------------- functions of JAX


def parameters_fit(row: Operation) -> bool:
    """Whether the row names the positional parameters in order, and nothing that is no parameter."""
    parameters = signature(called(row.path))
    positional = [
        f"*{parameter.name}" if parameter.kind is parameter.VAR_POSITIONAL else parameter.name
        for parameter in parameters
        if parameter.kind not in (parameter.KEYWORD_ONLY, parameter.VAR_KEYWORD)
    ]
    mentioned = {*row.static, *row.unless, *row.only_with, *row.sized_from, *filter(None, [row.sized_by])}
    known = {parameter.name for parameter in parameters}
    return tuple(positional[: len(row.parameters)]) == row.parameters and mentioned <= known


def test_parameters_are_those_of_the_signature() -> None:
    assert [row.path for row in JAX if not parameters_fit(row)] == []


@pytest.mark.parametrize("row", [row for row in CALLABLE if row.reads not in ERRORS], ids=by_path)
def test_result_while_tracing(row: Operation) -> None:
    """What the function returns for tracers, and that a pure one leaves nothing but its result behind."""
    function = called(row.path)
    call = arguments(row.path, function)

    def checked(*positional: object, **keywords: object) -> None:
        value = function(*positional, **keywords)
        given = dict(zip(call.names, positional, strict=False)) | keywords
        argument = given.get(row.result.parameter) if isinstance(row.result, ArgumentResult) else None
        expect(value, row.result, argument)
        if isinstance(row.result, ArrayResult):
            for array in jax.tree.leaves(value):
                expect_aval(array, row.result, row.parameters, row.static, positional, keywords)

    call.traced(checked)


@pytest.mark.parametrize("row", [row for row in CALLABLE if row.reads in ERRORS], ids=by_path)
def test_refuses_a_tracer(row: Operation) -> None:
    function = called(row.path)
    with pytest.raises(ERRORS[row.reads]):
        arguments(row.path, function).traced(function)


STATICS = [(row, name) for row in CALLABLE for name in row.static]


@pytest.mark.parametrize(("row", "name"), STATICS, ids=[f"{row.path}({name})" for row, name in STATICS])
def test_static_parameter_refuses_a_tracer(row: Operation, name: str) -> None:
    function = called(row.path)
    call = arguments(row.path, function).given(name, static_value(row.path, name))
    for other in row.only_with if name == row.sized_by else ():
        call = call.without(other)
    call.traced(function)
    with pytest.raises(UNTRACED):
        call.traced(function, also=name)


SIZED_OPERANDS = {
    ("jax.numpy.repeat", "repeats"): INTS.ravel(),
    ("jax.numpy.delete", "obj"): VI[:1],
    ("jax.numpy.compress", "condition"): B[0],
    ("jax.numpy.bincount", "x"): VI,
    **{(f"jax.ops.segment_{name}", "segment_ids"): VI for name in ("sum", "prod", "max", "min")},
}
SIZES = {"jax.numpy.delete": True}

SIZED = [row for row in CALLABLE if row.sized_by]


@pytest.mark.parametrize("row", SIZED, ids=by_path)
def test_tracer_needs_a_size(row: Operation) -> None:
    """With the size given the operands may be tracers; without it, those that the shape hangs on may not."""
    function = called(row.path)
    given = {name: SIZED_OPERANDS.get((row.path, name), F) for name in row.sized_from}
    call = arguments(row.path, function)
    for name, operand in given.items():
        call = call.given(name, operand)
    if row.only_with:
        call = replace(call, positional=call.positional[:1], names=call.names[:1])
    call.given(row.sized_by, SIZES.get(row.path, STATIC.get(row.sized_by))).traced(function)
    with pytest.raises(UNTRACED):
        call.without(row.sized_by).traced(function)


@pytest.mark.parametrize("row", [row for row in CALLABLE if row.refuses_out], ids=by_path)
def test_out_is_refused(row: Operation) -> None:
    function = called(row.path)
    with pytest.raises((NotImplementedError, ValueError)):
        arguments(row.path, function).given("out", F).traced(function)


@pytest.mark.parametrize("row", [row for row in CALLABLE if row.refuses_inplace], ids=by_path)
def test_inplace_is_refused(row: Operation) -> None:
    function = called(row.path)
    with pytest.raises((NotImplementedError, ValueError), match=r"in-?place"):
        arguments(row.path, function).without("inplace").traced(function)


INTEGERS = [row for row in CALLABLE if isinstance(row.result, ArrayResult) and row.result.typed is DtypeRule.INTEGER]


@pytest.mark.parametrize("row", INTEGERS, ids=by_path)
def test_default_integer(row: Operation) -> None:
    """It is int64 with x64 enabled, where none is asked for."""
    function = called(row.path)

    call = arguments(row.path, function)

    def checked(*positional: object, **keywords: object) -> None:
        value = function(*positional, **keywords)
        assert isinstance(value, jax.Array)
        asked = [given for name, given in zip(call.names, positional, strict=False) if name in ("dtype", "index_dtype")]
        assert value.dtype == (asked[0] if asked else np.int64)

    with jax.enable_x64(True):
        call.traced(checked)


OF_INTEGERS = frozenset({"jax.numpy.bitwise_invert", "jax.numpy.bitwise_not", "jax.numpy.invert"})
"""Functions that refuse floating point numbers."""

SAME_DTYPE = [
    row
    for row in CALLABLE
    if isinstance(row.result, ArrayResult)
    and row.result.typed in (DtypeRule.FIRST, DtypeRule.LOOSE)
    and row.path.startswith("jax.numpy.")
]


@pytest.mark.parametrize("row", SAME_DTYPE, ids=by_path)
def test_dtype_of_the_argument(row: Operation) -> None:
    """The dtype is that of the first array for half precision and small integers, too."""
    function = called(row.path)
    call = arguments(row.path, function)

    def checked(dtype: np.dtype, first: object, *rest: object, **keywords: object) -> None:
        value = function(jnp.asarray(first).astype(dtype), *rest, **keywords)
        assert isinstance(value, jax.Array)
        assert value.dtype == dtype

    for name in ("int8",) if row.path in OF_INTEGERS else ("float16", "int8"):
        call.traced(partial(checked, np.dtype(name)))


# ---------------------------------------------------------------------------------------------------- keys


def reused(function: Callable[[jax.Array], object]) -> bool:
    """Whether JAX's key checker objects to calling a function twice with one key."""
    try:
        key_checker.check_key_reuse(lambda key: (function(key), function(key)), KEY)
    except KeyReuseError:
        return True
    return False


KEYED = [row for row in CALLABLE if row.key is not None and row.path.startswith("jax.random.")]


@pytest.mark.parametrize("row", KEYED, ids=by_path)
def test_key_is_consumed(row: Operation) -> None:
    function = called(row.path)
    call = arguments(row.path, function)
    assert call.positional[0] is KEY

    def use(key: jax.Array) -> object:
        value = function(key, *call.positional[1:], **call.keywords)
        return value if isinstance(value, jax.Array) else ()

    assert reused(use) == (row.key in (KeyUse.DRAWS, KeyUse.SPLITS))


def test_fold_in_derives_the_keys_of_split() -> None:
    """Why `FOLDS` is no harmless use of a key that is split as well."""
    with jax.threefry_partitionable(True):
        assert jnp.array_equal(
            jax.random.key_data(jax.random.split(KEY, 3)[2]), jax.random.key_data(jax.random.fold_in(KEY, 2))
        )


def test_split_gives_as_many_keys_as_asked_for() -> None:
    row = MODEL.meaning("jax.random.split")
    assert isinstance(row, Operation)
    assert isinstance(row.result, KeyResult)
    assert row.result.batch is not None
    assert jax.random.split(KEY, **{row.result.batch: 5}).shape == (5,)
    assert jax.random.split(KEY).shape == (row.result.default_batch,)


# ----------------------------------------------------------------------------------------------- functions of the host

HOST = [row for row in OPERATIONS if row.library in (Library.NUMPY, Library.PYTHON)]
CONVERTING = [row for row in HOST if row.reads not in (Reads.TRACED, Reads.METHOD, Reads.SILENT, Reads.NOTHING)]
CONVERTING = [row for row in CONVERTING if row.effect in (None, Effect.GLOBAL_RNG)]


def expect_on_host(value: object, result: Result) -> None:
    match result:
        case NumPyResult(None):
            assert isinstance(value, np.ndarray | np.generic | float | int)
        case NumPyResult(count):
            assert isinstance(value, tuple)
            assert len(value) == count
        case HostResult():
            expect_host(value, result)
        case UnknownResult():
            pass
        case _:
            pytest.fail("a function of the host makes no array of JAX")


def answers_on_tracer(call: Callable[[object], object], operand: object) -> list[object]:
    """What the call returns for a tracer in the place of the operand."""
    answers: list[object] = []
    jax.eval_shape(lambda x: answers.append(call(x)), operand)
    return answers


@pytest.mark.parametrize("row", CONVERTING, ids=by_path)
def test_host_function_refuses_a_tracer(row: Operation) -> None:
    call, operand = host_call(row.path, called(row.path))
    expect_on_host(call(operand), row.result)
    if row.path not in RAISES_ANOTHER_ERROR:
        with pytest.raises(ERRORS[row.reads]):
            answers_on_tracer(call, operand)


@pytest.mark.parametrize("row", [row for row in HOST if row.reads is Reads.METHOD], ids=by_path)
def test_numpy_function_calls_the_method_of_the_tracer(row: Operation) -> None:
    call, operand = host_call(row.path, called(row.path))
    expect_on_host(call(operand), row.result)
    if row.path in RAISES_ANOTHER_ERROR:
        with pytest.raises(NotImplementedError):
            answers_on_tracer(call, operand)
    else:
        assert all(isinstance(leaf, jax.core.Tracer) for leaf in jax.tree.leaves(answers_on_tracer(call, operand)))
        concrete = jax.tree.leaves(call(jnp.asarray(operand)))
        assert any(isinstance(leaf, jax.Array) for leaf in concrete) == (row.path not in ANSWERS_WITH_NUMPY)


@pytest.mark.parametrize("row", [row for row in HOST if row.reads is Reads.NOTHING and row.pure], ids=by_path)
def test_host_function_looks_at_the_type_only(row: Operation) -> None:
    call, operand = host_call(row.path, called(row.path))
    (answer,) = answers_on_tracer(call, operand)
    expect_on_host(answer, row.result)


@pytest.mark.parametrize("row", [row for row in HOST if row.reads is Reads.SILENT], ids=by_path)
def test_host_function_answers_wrongly(row: Operation) -> None:
    call, operand = host_call(row.path, called(row.path))
    assert call(operand)
    (answer,) = answers_on_tracer(call, operand)
    assert answer is False


WRITING = [row for row in HOST if row.writes]


@pytest.mark.parametrize("row", WRITING, ids=by_path)
def test_written_argument(row: Operation) -> None:
    """What is written to is named by the row, and may not be a JAX array."""
    assert row.writes in row.parameters
    call, operand = host_call(row.path, called(row.path))
    writes_operand = row.path.endswith(".shuffle")
    if writes_operand:
        with pytest.raises(TypeError):
            call(jnp.arange(8))
    else:
        assert call(operand) is None


RANDOM = [row for row in OPERATIONS if row.effect is Effect.GLOBAL_RNG and row.path.startswith("numpy.random.")]


@pytest.mark.parametrize("row", [r for r in RANDOM if r.path.count(".") == 2 and r in CONVERTING], ids=by_path)
def test_global_generator_advances(row: Operation) -> None:
    np.random.seed(0)
    before = np.random.get_state(legacy=False)
    call, operand = host_call(row.path, called(row.path))
    call(operand)
    after = np.random.get_state(legacy=False)
    assert str(before) != str(after)


def test_all_operations_are_callable() -> None:
    assert [row.path for row in OPERATIONS if not callable(resolved(row.path))] == []


# -------------------------------------------------------------------------------------------------- classes, constants


@pytest.mark.parametrize("row", [row for row in ROWS if isinstance(row, LibraryClass)], ids=by_path)
def test_kind_of_class(row: LibraryClass) -> None:
    found = called(row.path)
    match row.kind:
        case ClassKind.ARRAY:
            assert isinstance(found, type)
            jax.eval_shape(lambda x: isinstance(x, found) or pytest.fail("a tracer is none"), F)
        case ClassKind.NUMPY:
            assert isinstance(found, type)
            assert issubclass(found, np.ndarray | np.generic)
        case ClassKind.DTYPE:
            made = found(1)
            assert isinstance(made, jax.Array)
            assert made.shape == ()
        case ClassKind.NUMPY_DTYPE:
            assert isinstance(found(1), np.generic)
        case ClassKind.GENERATOR:
            assert hasattr(found() if row.path != "numpy.random.Generator" else found(np.random.PCG64()), "random")
        case ClassKind.NAMEDTUPLE:
            make = found("Pair", [("first", int)])
            assert callable(make)
            assert jax.tree.leaves(make(1)) == [1]
        case ClassKind.LOCK:
            with found() as held:
                assert not isinstance(held, jax.Array)
        case ClassKind.OBJECT if row.makes:
            assert not isinstance(found, type)  # a function, which makes an object of that class
            assert isinstance(called(row.makes), type)
        case ClassKind.OBJECT:
            assert isinstance(found, type)
            assert not issubclass(found, jax.Array | np.ndarray)
        case kind:
            pytest.fail(f"no test knows what {kind} means")


@pytest.mark.parametrize("row", [row for row in ROWS if isinstance(row, Constant)], ids=by_path)
def test_value_of_constant(row: Constant) -> None:
    value = resolved(row.path)
    if row.value is None:
        assert value is None
    else:
        assert isinstance(value, float)
        assert value == row.value or (math.isnan(value) and math.isnan(row.value))
