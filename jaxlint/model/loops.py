"""Families of loops: functions that call a function of the user's at once, alike in several libraries.

*control_flow("haiku", "scan cond")        # haiku.scan and haiku.cond, called as jax.lax.scan and jax.lax.cond are
applying("jax.jvp", Hiding.PRIMAL, Staging.INHERIT, Gives.JVP, "fun primals tangents", operands="primals")
"""

from __future__ import annotations

from dataclasses import replace

from jaxlint.model.schema import Callee, From, Gives, Hiding, Leaves, Loop, Source, Staging

_OPERANDS = (From(Source.REST, "*operands"),)
_CARRY = From(Source.CARRY, "init_val")
_ELEMENTS = From(Source.PART, "elems")

_OF_LAX = (
    Loop(
        "scan",
        Hiding.HIDDEN,
        Staging.YES,
        (Callee("f", (From(Source.CARRY, "init"), From(Source.SLICE, "xs"))),),
        Gives.CARRY_AND_STACK,
        ("f", "init", "xs", "length", "reverse", "unroll"),
        repeats=True,
        caches=True,
        plain=True,
    ),
    Loop(
        "fori_loop",
        Hiding.HIDDEN,
        Staging.YES,
        (Callee("body_fun", (From(Source.COUNTER), _CARRY)),),
        Gives.CARRY,
        ("lower", "upper", "body_fun", "init_val"),
        repeats=True,
        caches=True,
        bounds=("lower", "upper"),
        plain=True,
    ),
    Loop(
        "while_loop",
        Hiding.HIDDEN,
        Staging.YES,
        (Callee("cond_fun", (_CARRY,)), Callee("body_fun", (_CARRY,))),
        Gives.CARRY,
        ("cond_fun", "body_fun", "init_val"),
        repeats=True,
        caches=True,
        one_way=True,
        plain=True,
    ),
    # `map` hands a function of its own to `scan`, made anew by every call.
    Loop(
        "map",
        Hiding.HIDDEN,
        Staging.YES,
        (Callee("f", (From(Source.SLICE, "xs"),)),),
        Gives.STACK,
        ("f", "xs"),
        repeats=True,
        plain=True,
    ),
    Loop(
        "cond",
        Hiding.HIDDEN,
        Staging.YES,
        (Callee("true_fun", _OPERANDS), Callee("false_fun", _OPERANDS)),
        Gives.RESULT,
        ("pred", "true_fun", "false_fun", "*operands"),
        caches=True,
        plain=True,
    ),
    Loop(
        "switch",
        Hiding.HIDDEN,
        Staging.YES,
        (Callee("branches", _OPERANDS, many=True),),
        Gives.RESULT,
        ("index", "branches", "*operands"),
        caches=True,
        plain=True,
    ),
    Loop(
        "associative_scan",
        Hiding.SAME,
        Staging.INHERIT,
        (Callee("fn", (_ELEMENTS, _ELEMENTS)),),
        Gives.PARTS,
        ("fn", "elems", "reverse", "axis"),
    ),
)
_BY_NAME = {row.path: row for row in _OF_LAX}


def control_flow(module: str, names: str, *, caches: bool = False) -> tuple[Loop, ...]:
    """The rows of functions in `module` that are called as those of `jax.lax` are; `names` are separated by blanks.

    With `caches` those keep the trace of a body that keep it in lax; a framework that wraps bodies anew at every call
    keeps none.

    https://docs.jax.dev/en/latest/jax.lax.html#control-flow-operators
    """
    rows = (_BY_NAME[name] for name in names.split())
    return tuple(replace(row, path=f"{module}.{row.path}", caches=caches and row.caches) for row in rows)


def applying(
    path: str,
    hiding: Hiding,
    staging: Staging,
    gives: Gives,
    parameters: str,
    *,
    operands: str = "",
    leaves: Leaves = Leaves.ALL,
) -> Loop:
    """The row of a function that applies its first parameter to what is in the parameter `operands`, its last by default.

    `parameters` are separated by blanks.
    """
    names = tuple(parameters.split())
    callee = Callee(names[0], (From(Source.REST, operands or names[-1]),))
    return Loop(path, hiding, staging, (callee,), gives, names, leaves=leaves)
