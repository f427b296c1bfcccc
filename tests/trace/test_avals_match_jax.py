"""Abstract shapes, dtypes and weak types against JAX: random programs of small calls, run by both.

A statement that JAX refuses is dropped; of the others the abstract tracer may know less than JAX, and nothing else. The
dtypes are those without x64, and with it up to their width.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import jax
import jax.numpy as jnp
import pytest
from astroid import nodes

from jaxlint.analysis import run_analysis
from jaxlint.project import Project
from jaxlint.trace.frame import Frame
from jaxlint.values import Array, Const, Host, List, Tracing, Tuple, TupleOf, Unknown, Value

STATEMENTS = 300
"""Attempts in one program; JAX refuses a third of them or more."""

PRELUDE = """
import jax
import jax.numpy as jnp
import numpy as np
from jax import lax, nn, random

key = random.key(0)
"""


def expanded(expression: str) -> Iterator[str]:
    """An expression with each of its alternatives."""
    found = re.search(r"<([^<>]*)>", expression)
    if found is None or " " not in found[1]:
        yield expression
        return
    for word in found[1].split():
        yield from expanded(expression[: found.start()] + word + expression[found.end() :])


def groups() -> tuple[tuple[str, ...], ...]:
    """The expressions of the file beside this one, group by group; those of the first make arrays."""
    sections: list[list[str]] = []
    for line in Path(__file__).with_name("aval_expressions.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            sections.append([])
        elif line and not line.startswith("#"):
            sections[-1].extend(expanded(line))
    return tuple(map(tuple, sections))


GROUPS = groups()

SHAPES = (
    "()",
    "3",
    "(3,)",
    "(2, 3)",
    "(3, 2)",
    "(1, 3)",
    "(2, 1)",
    "(2, 3, 2)",
    "(1,)",
    "(3, 3)",
    "(2, 2)",
    "(0, 3)",
    "[2, 3]",
    "(6,)",
)  # fmt: skip
DTYPES = (
    "jnp.float32", "jnp.int32", "bool", "float", "int", "'float16'", "jnp.bfloat16", "np.int8", "jnp.uint8",
    "jnp.complex64", "jnp.float64", "jnp.int64", "np.float64", "jnp.uint32", "jnp.uint64", "np.uint16", "complex", "'int32'",
)  # fmt: skip
NUMBERS = ("2", "1.5", "True", "0", "-1", "3.0", "np.float32(2)", "np.int64(1)", "1j")


@dataclass(frozen=True)
class Program:
    """Statements that JAX runs, and what it says of their results, with and without x64."""

    statements: tuple[str, ...]
    results: dict[str, object]
    wide: dict[str, object]

    @property
    def text(self) -> str:
        return PRELUDE + "\n".join(self.statements) + "\n"


def aval(leaf: object) -> object:
    """What counts of a result."""
    return jax.typeof(leaf) if isinstance(leaf, jax.Array) else leaf


def execute(statements: tuple[str, ...]) -> dict[str, object]:
    """The results of statements, with the avals of arrays."""
    results: dict[str, object] = {}

    def body() -> None:
        namespace: dict[str, object] = {}
        exec(PRELUDE, namespace)
        for statement in statements:
            try:
                exec(statement, namespace)
            except Exception:
                continue  # with x64 some are refused that are fine without
            name = statement.partition(" ")[0]
            results[name] = jax.tree.map(aval, namespace[name])

    jax.eval_shape(body)
    return results


def made(seed: int) -> Program:
    """A program of statements that JAX runs."""
    choice = random.Random(seed)
    statements: list[str] = []
    results: dict[str, object] = {}

    def body() -> None:
        namespace: dict[str, object] = {}
        exec(PRELUDE, namespace)
        arrays: list[str] = []
        for number in range(STATEMENTS):
            group = GROUPS[0] if len(arrays) < 8 else GROUPS[number % len(GROUPS)]
            names = choice.sample(arrays, 3) if len(arrays) >= 3 else ["1", "2.0", "3"]
            if choice.random() < 0.5:
                # Arrays of one shape fit one another more often.
                shape = getattr(namespace.get(names[0]), "shape", None)
                alike = [name for name in arrays if getattr(namespace[name], "shape", None) == shape]
                names[1:] = [choice.choice(alike or arrays or ["1"]), choice.choice(alike or arrays or ["1"])]
            text = choice.choice(group).format(
                a=names[0], b=names[1], c=names[2], shape=choice.choice(SHAPES), dtype=choice.choice(DTYPES),
                number=choice.choice(NUMBERS), size=choice.randint(1, 4), axis=choice.randint(-2, 2),
            )  # fmt: skip
            name = f"r{number}"
            try:
                exec(f"{name} = {text}", namespace)
            except Exception:
                continue
            value = namespace[name]
            if any(getattr(leaf, "size", 0) > 10_000 for leaf in jax.tree.leaves(value)):
                continue
            statements.append(f"{name} = {text}")
            results[name] = jax.tree.map(aval, value)
            if isinstance(value, jax.Array) and value.ndim < 5:
                arrays.append(name)

    jax.eval_shape(body)
    with jax.enable_x64(True):
        wide = execute(tuple(statements))
    return Program(tuple(statements), results, wide)


class Bound:
    """Keeps what each name is bound to."""

    def __init__(self) -> None:
        self.values: dict[str, Value] = {}

    def bound(self, frame: Frame, node: nodes.NodeNG, name: str, value: Value) -> None:
        if frame.parent is None:
            self.values[name] = value


def walked(program: Program, folder: Path) -> dict[str, Value]:
    path = folder / "program.py"
    path.write_text(program.text, encoding="utf-8")
    bound = Bound()
    tracer = run_analysis(Project([path]), ["program"], None, bound)
    assert not tracer.faults
    return bound.values


def differences(value: Value, actual: object, wide: object) -> Iterator[str]:
    """Where an abstract value says something else than JAX."""
    match value, actual:
        case Array(), jax.core.ShapedArray():
            if value.shape is not None:
                fits = len(value.shape) == len(actual.shape) and all(
                    mine in (None, size) for mine, size in zip(value.shape, actual.shape, strict=True)
                )
                if not fits:
                    yield f"shape {value.shape}, really {actual.shape}"
            if value.plural and actual.size == 1:
                yield "more than one element, really one"
            if value.dtype not in (None, str(actual.dtype)):
                yield f"dtype {value.dtype}, really {actual.dtype}"
            if value.weak not in (None, actual.weak_type):
                yield f"weak {value.weak}, really {actual.weak_type}"
            wider = str(wide.dtype) if isinstance(wide, jax.core.ShapedArray) else None
            if wider is not None and value.dtype not in (None, NARROW.get(wider, wider)):
                yield f"dtype {value.dtype}, with x64 {wider}"
        case (Tuple(items) | List(items=tuple(items))), (tuple() | list()):
            if len(items) != len(actual):
                yield f"{len(items)} items, really {len(actual)}"
            others = wide if isinstance(wide, tuple | list) and len(wide) == len(actual) else [None] * len(actual)
            for item, one, other in zip(items, actual, others, strict=False):
                yield from differences(item, one, other)
        case (TupleOf(element) | List(element=element)), (tuple() | list()):
            for one in actual:
                yield from differences(element, one, None)
        case Const(constant), _:
            if constant != actual:
                yield f"{constant}, really {actual}"
        case Array(), bool() | int() | float() | complex():
            if value.shape not in (None, ()):
                yield f"shape {value.shape}, really a number"  # that a loop handed on as it was
        case (Array(), _) | (Tuple(), _) | (Host(), jax.core.ShapedArray()):
            yield f"{value}, really {actual}"


NARROW = {"float64": "float32", "int64": "int32", "complex128": "complex64", "uint64": "uint32"}

SEEDS = range(6)


@pytest.mark.parametrize("seed", SEEDS)
def test_what_is_known_is_so(seed: int, tmp_path: Path) -> None:
    program = made(seed)
    values = walked(program, tmp_path)
    wrong = [
        f"{statement}: {difference}"
        for statement in program.statements
        for name in [statement.partition(" ")[0]]
        for difference in differences(values[name], program.results[name], program.wide.get(name))
    ]
    assert wrong == []


def known(values: dict[str, Value], program: Program) -> list[tuple[bool, bool]]:
    """For each array of a program whether its shape and its dtype are known."""
    arrays = [name for name, actual in program.results.items() if isinstance(actual, jax.core.ShapedArray)]
    found = [values[name] for name in arrays]
    return [
        (isinstance(v, Array) and v.shape is not None and None not in v.shape, isinstance(v, Array) and v.dtype is not None)
        for v in found
    ]


def test_much_is_known(tmp_path: Path) -> None:
    """Most of these programs, whose shapes all stand in the text: a tracer that knows nothing makes no mistakes."""
    program = made(0)
    flags = known(walked(program, tmp_path), program)
    assert len(flags) > STATEMENTS / 3
    assert sum(shape for shape, _ in flags) > 0.7 * len(flags)
    assert sum(dtype for _, dtype in flags) > 0.6 * len(flags)


def test_the_judge_sees_a_difference() -> None:
    """Shapes, dtypes and weak types that are wrong are found, and those that are not known are not."""
    actual = jax.typeof(jnp.ones((2, 3)))
    tracing = Tracing.HIDDEN
    assert list(differences(Array(tracing, (2, None), "float32", False), actual, None)) == []
    assert len(list(differences(Array(tracing, (2, 2), "int32", True), actual, None))) == 3
    assert list(differences(Const(3), 4, None))
    assert list(differences(Unknown(), actual, None)) == []
