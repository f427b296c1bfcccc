"""64-bit types that are asked for while they are off."""

from __future__ import annotations

from collections.abc import Iterator

from jaxlint.model.jax_api import Api
from jaxlint.rules import AsksFacts, Finding, Rule, Severity, listens_to, source_of
from jaxlint.trace.observations import MethodCall, NamedCall
from jaxlint.values import Array, Const, External, IndexUpdate, Value

FLOAT64 = Rule(
    6814,
    "jax-float64-truncated",
    Severity.WARNING,
    "`{code}` asks for {wide} and gets {narrow}, since jax_enable_x64 is off; set it, or ask for {narrow}",
    explanation="""A 64-bit dtype where these are off.

What it does
Reports `float64`, `int64`, `uint64` and `complex128` (as types of `jax.numpy` or NumPy, or as strings) given to a
function or method of JAX, and `jnp.float64(x)`, in programs that leave `jax_enable_x64` off.

Why
JAX makes 32-bit arrays unless `jax_enable_x64` is set: a UserWarning, once, and half the digits.

    total = jnp.sum(x, dtype=jnp.float64)                 # float32

Write instead
    jax.config.update("jax_enable_x64", True)             # first thing in the program
    total = jnp.sum(x, dtype=jnp.float32)                 # if that is enough

When it stays silent
Where 64-bit types may be on: something in the project mentions `jax_enable_x64` or `JAX_ENABLE_X64`, or the code is
part of a package that others install, who may set it: the option `jax-x64` decides it (`on`, `off`). On `dtype=float`
and `dtype=int`, which mean the default; on NumPy's own functions; on data of 64 bits, which JAX converts silently.

References
https://docs.jax.dev/en/latest/notebooks/Common_Gotchas_in_JAX.html#double-64bit-precision
https://docs.jax.dev/en/latest/default_dtypes.html
""",
)

RULES = (FLOAT64,)

_WIDE = {
    "float64": "float64", "double": "float64", "float_": "float64", "f8": "float64", "d": "float64", "float": "float64",
    "int64": "int64", "int_": "int64", "i8": "int64", "uint64": "uint64", "u8": "uint64",
    "complex128": "complex128", "complex_": "complex128", "c16": "complex128",
}  # fmt: skip
_NARROW = {"float64": "float32", "int64": "int32", "uint64": "uint32", "complex128": "complex64"}
_ASKING = ("dtype", "new_dtype", "preferred_element_type")
_MODULES = ("jax.numpy", "jax.random", "jax.numpy.fft")
_FUNCTIONS = frozenset({
    "jax.lax.convert_element_type", "jax.lax.full", "jax.lax.bitcast_convert_type", "jax.nn.one_hot",
})  # fmt: skip
_ONLY_LOOKING = frozenset(
    f"jax.numpy.{name}" for name in ("isdtype", "finfo", "iinfo", "ravel_multi_index", "result_type", "issubdtype", "dtype")
)
_TYPES = frozenset(f"jax.numpy.{name}" for name in ("float64", "double", "int64", "uint64", "complex128"))
_METHODS = frozenset({"astype", "view"})


class DtypeListeners(AsksFacts):
    """The rule about 64-bit types."""

    @listens_to(NamedCall)
    def asked(self, call: NamedCall) -> Iterator[Finding]:
        """`jnp.zeros(3, jnp.float64)`, `jnp.float64(1)`."""
        if not call.path.startswith("jax."):
            return
        wide = _WIDE[call.path.rpartition(".")[2]] if call.path in _TYPES else self._wide_argument(call)
        if wide is not None and self.facts.x64_is_off(call.frame.module_name):
            yield _finding(call, wide)

    @listens_to(MethodCall)
    def asked_of_method(self, call: MethodCall) -> Iterator[Finding]:
        """`x.astype(jnp.float64)`."""
        if isinstance(call.receiver, IndexUpdate) or not isinstance(call.receiver, Array):
            return
        given = call.arguments.keyword("dtype")
        if given is None and call.name in _METHODS:
            given = call.arguments.get(0, "dtype")
        wide = _wide(given)
        if wide is not None and self.facts.x64_is_off(call.frame.module_name):
            yield _finding(call, wide)

    def _wide_argument(self, call: NamedCall) -> str | None:
        module = call.path.rpartition(".")[0]
        if (module not in _MODULES and call.path not in _FUNCTIONS) or call.path in _ONLY_LOOKING:
            return None
        for name in _ASKING:
            wide = _wide(call.arguments.keyword(name))
            if wide is not None:
                return wide
        if not any(_wide(value) for value in call.arguments.positional):
            return None
        release = self.facts.release
        names = None if release is None else Api.known().parameters(call.path, release)
        plain = [name for name in names or () if name not in ("/", "*")]
        for position, value in enumerate(call.arguments.positional):
            if position < len(plain) and plain[position] in _ASKING:
                return _wide(value)
        return None


def _wide(value: Value | None) -> str | None:
    match value:
        case External(path):
            module, _, name = path.rpartition(".")
            return _WIDE.get(name) if module in ("jax.numpy", "numpy") and len(name) > 3 else None
        case Const(str() as name):
            return _WIDE.get(name) if name not in ("float_", "int_", "complex_") else None
    return None


def _finding(call: NamedCall | MethodCall, wide: str) -> Finding:
    return Finding(FLOAT64, call.node, {"code": source_of(call.node), "wide": wide, "narrow": _NARROW[wide]})
