"""Lets JAX trace programs as ever and compile next to nothing of them: a compiled program is run equation by equation.

JAX finds what the rules are about while it traces. Compiling what was traced is nearly all of the time that running a
random program takes, and the same few operations on the same few shapes stand in every program. So what `jax.jit` would
compile is evaluated one primitive at a time, each of them compiled by XLA once in a process. What a run comes to is the
same (`tests/random_programs` compares): the errors, the values, which function is traced when.

This reaches into JAX's insides, where the versions differ; `benchmarks/fuzz.py --compile` does without it.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Sequence
from typing import Any
from unittest import mock

import jax
import jax.experimental.key_reuse._core as key_reuse
from jax._src import config, core, pjit
from jax._src.lax.lax import _convert_element_type as convert_element_type

LONGEST = 64
"""Steps of a loop that are taken in Python; a longer one is compiled."""

CALLS = {
    "jit": "jaxpr",
    "pjit": "jaxpr",
    "closed_call": "call_jaxpr",
    "core_call": "call_jaxpr",
    "checkpoint": "jaxpr",
    "remat2": "jaxpr",
    "custom_jvp_call": "call_jaxpr",
    "custom_vjp_call": "call_jaxpr",
}
"""Primitives that do what a jaxpr in their parameters does, by the name of the parameter."""


@contextlib.contextmanager
def interpreted() -> Iterator[None]:
    """While this is entered, what JAX would compile is interpreted."""
    compiled = pjit._pjit_call_impl_python
    checked = key_reuse.call_impl_with_key_reuse_checks
    process: Callable[..., Any] = core.EvalTrace.process_primitive

    def call(*args: Any, jaxpr: Any, donated_invars: Sequence[bool], **params: Any) -> Any:
        with _unchecked():
            if any(donated_invars) or not _is_plain(jaxpr):
                return compiled(*args, jaxpr=jaxpr, donated_invars=donated_invars, **params)
            args = tuple(_as_array(arg, var.aval) for arg, var in zip(args, _open(jaxpr).invars, strict=True))
            results = zip(evaluate(jaxpr, args), _open(jaxpr).outvars, strict=True)
            return [_as_array(value, var.aval) for value, var in results], None, None, []

    def check(prim: Any, implementation: Callable[..., Any], *args: Any, **params: Any) -> Any:
        def unchecked(*args: Any, **params: Any) -> Any:
            with _unchecked():
                return implementation(*args, **params)

        return checked(prim, unchecked, *args, **params)

    def primitive(trace: Any, prim: Any, args: Any, params: Any, /) -> Any:
        if config.debug_key_reuse.value:
            return process(trace, prim, args, params)
        with _unchecked():
            return process(trace, prim, args, params)

    with (
        mock.patch.object(pjit, "_pjit_call_impl_python", call),
        mock.patch.object(key_reuse, "call_impl_with_key_reuse_checks", check),
        mock.patch.object(core.EvalTrace, "process_primitive", primitive),
        # Why a leaked tracer is alive is searched for among all objects of the process, for the message only.
        mock.patch.object(core, "_why_alive", return_value=""),
    ):
        yield


@contextlib.contextmanager
def _unchecked() -> Iterator[None]:
    """JAX keeps what it compiles apart by whether the checkers are on, who look at traces and not at what is computed."""
    with jax.debug_key_reuse(False), jax.check_tracer_leaks(False):
        yield


def _is_plain(jaxpr: Any) -> bool:
    """Whether a jaxpr can be evaluated by its equations: it has no effects, and is more than one primitive or none."""
    inner = _open(jaxpr)
    if inner.effects or any(eqn.primitive.name in ("shard_map", "xla_pmap") for eqn in inner.eqns):
        return False
    if not inner.eqns:  # a primitive that has nothing to do, on NumPy's values too, looks like this
        return inner.debug_info.func_name not in ("convert_element_type", "stage")
    return len(inner.eqns) > 1 or _is_nested(inner.eqns[0])


def _is_nested(eqn: Any) -> bool:
    name = eqn.primitive.name
    if name == "scan":
        return _is_followed(eqn.params)
    return name in CALLS or name == "cond" or (name == "while" and _ends_at_once(eqn.params["cond_jaxpr"]))


def _is_followed(scan: dict[str, Any]) -> bool:
    """Whether a scan is taken step by step: it is short, and says what is carried as JAX 0.10 does, not as 0.12."""
    return "num_carry" in scan and bool(scan["length"] <= LONGEST)


def _ends_at_once(condition: Any) -> bool:
    """Whether the condition of a loop is one truth value; under `vmap` the elements of a batch may end one by one."""
    return not _open(condition).outvars[0].aval.shape


def _open(jaxpr: Any) -> Any:
    """The jaxpr without its constants; newer versions of JAX know of no difference."""
    return getattr(jaxpr, "jaxpr", jaxpr)


def _as_array(value: Any, aval: Any) -> Any:
    """A result as an array of JAX's: a constant may be one of NumPy's or a number."""
    if isinstance(value, jax.Array):
        return value
    return convert_element_type(value, aval.dtype, aval.weak_type)


def evaluate(jaxpr: Any, args: Sequence[Any]) -> list[Any]:
    """The values that a closed jaxpr computes."""
    return _evaluated(_open(jaxpr), getattr(jaxpr, "consts", ()), args)


def _evaluated(jaxpr: Any, consts: Sequence[Any], args: Sequence[Any]) -> list[Any]:
    values = dict(zip((*jaxpr.constvars, *jaxpr.invars), (*consts, *args), strict=True))

    def read(atom: Any) -> Any:
        return atom.val if isinstance(atom, core.Literal) else values[atom]

    for eqn in jaxpr.eqns:
        results = _results(eqn, [read(atom) for atom in eqn.invars])
        values.update(zip(eqn.outvars, results, strict=True))
    return [read(atom) for atom in jaxpr.outvars]


def _results(eqn: Any, args: list[Any]) -> Sequence[Any]:
    name, params = eqn.primitive.name, eqn.params
    if name in CALLS:
        return evaluate(params[CALLS[name]], args)
    if name == "scan" and _is_followed(params):
        return _scan(args, **params)
    if name == "cond":
        branches = params["branches"]
        return evaluate(branches[min(max(int(args[0]), 0), len(branches) - 1)], args[1:])
    if name == "while" and _ends_at_once(params["cond_jaxpr"]):
        return _while(args, **params)
    with eqn.ctx.manager:
        results = eqn.primitive.bind(*args, **eqn.primitive.get_bind_params(params))
    return results if eqn.primitive.multiple_results else [results]


def _scan(
    args: list[Any], *, length: int, reverse: bool, num_consts: int, num_carry: int, jaxpr: Any, **_: Any
) -> list[Any]:
    consts, carry, over = args[:num_consts], args[num_consts : num_consts + num_carry], args[num_consts + num_carry :]
    steps: list[list[Any]] = []
    for step in reversed(range(length)) if reverse else range(length):
        results = evaluate(jaxpr, [*consts, *carry, *(_at(x, step) for x in over)])
        carry = results[:num_carry]
        steps.append(results[num_carry:])
    if not length:
        avals = _open(jaxpr).outvars[num_carry:]
        return [*carry, *(jax.numpy.zeros((0, *var.aval.shape), var.aval.dtype) for var in avals)]
    if reverse:
        steps.reverse()
    return [*carry, *(_stacked(parts) for parts in zip(*steps, strict=True))]


def _at(value: Any, step: int) -> Any:
    return jax.lax.index_in_dim(value, step, keepdims=False)


def _stacked(parts: Sequence[Any]) -> Any:
    return jax.lax.concatenate([jax.lax.expand_dims(part, (0,)) for part in parts], 0)


def _while(
    args: list[Any], *, cond_nconsts: int, cond_jaxpr: Any, body_nconsts: int, body_jaxpr: Any, **_: Any
) -> list[Any]:
    condition = args[:cond_nconsts]
    consts = args[cond_nconsts : cond_nconsts + body_nconsts]
    carry = args[cond_nconsts + body_nconsts :]
    while evaluate(cond_jaxpr, [*condition, *carry])[0]:
        carry = evaluate(body_jaxpr, [*consts, *carry])
    return carry
