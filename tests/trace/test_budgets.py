"""Every bound of the analysis is reached by a small program, and changes what is known of `result` there."""

from __future__ import annotations

from dataclasses import dataclass, fields
from pathlib import Path
from textwrap import dedent

import pytest
from astroid import nodes

from jaxlint.analysis import run_analysis
from jaxlint.project import Project
from jaxlint.trace.budgets import Budgets
from jaxlint.trace.frame import Frame
from jaxlint.trace.observations import LibraryCall, Observation
from jaxlint.trace.tracer import Tracer
from jaxlint.values import NEVER, Value


@dataclass(frozen=True)
class Case:
    """What `result` is within the bound, and what is left of it past the bound."""

    program: str
    within: str
    past: str
    small: dict[str, int]
    others: dict[str, int]


def case(program: str, within: str, past: str, *, others: dict[str, int] | None = None, **small: int) -> Case:
    return Case(program, within, past, small, others or {})


FEW = {"contexts": 2, "context_lines": 1, "shaped_contexts": 1}
"""So that the second way of calling a function is one too many."""

SAME = """
def same(x):
    return x

same(1)
same(2)
result = same(3)
"""

SHAPES = """
import jax.numpy as jnp

def same(x):
    return x

same(jnp.zeros(2))
same(jnp.zeros(3))
result = same(jnp.zeros(4))
"""

LOOP = """
a = None
for _ in range(100):
    a = "text"
result = a
"""

SEVEN = """
class Base:
    def run(self):
        result = self.get()

""" + "".join(f"class Sub{number}(Base):\n    def get(self):\n        return 'text'\n\n" for number in range(7))
"""More methods than a union holds."""

TWO_FUNCTIONS = """
def f(): return 1
def g(): return 2
f()
result = g()
"""

CASES = {
    "call_depth": case(
        """
        def a(): return 1
        def b(): return a()
        def c(): return b()
        result = c()
        """,
        within="1",
        past="Unknown",
        call_depth=2,
    ),
    "contexts": case(SAME, within="3", past="Host(int)", contexts=2, others={"context_lines": 1, "shaped_contexts": 1}),
    "context_lines": case(SAME, within="3", past="Host(int)", context_lines=1, others={"contexts": 2, "shaped_contexts": 1}),
    "shaped_contexts": case(SHAPES, within="Array(f32[4], concrete)", past="Array(concrete)", shaped_contexts=2),
    "behaviours": case(
        """
        def apply(f, x):
            return f(x)

        apply(lambda x: x, 1)
        apply(lambda x: x, 2)
        result = apply(lambda x: x, 3)
        """,
        within="3",
        past="Host(int)",
        behaviours=1,
        others=FEW,
    ),
    "coarse_contexts": case(
        """
        def same(x):
            return x

        same((1,))
        same((2,))
        result = same((3,))
        """,
        within="(Host(int),)",
        past="Unknown",
        coarse_contexts=0,
        others=FEW,
    ),
    "dispatched": case(SEVEN, within="'text'", past="Unknown", dispatched=0),
    "recursion": case(
        """
        def count(n):
            return (n, *count(n - 1)) if n else ()

        result = count(2)
        """,
        within="(2, 1)",
        past="tuple[Host(int), ...]",
        recursion=2,
    ),
    "loop_passes": case(LOOP, within="'text' | None", past="Unknown", loop_passes=1),
    "repetitions": case(LOOP, within="'text' | None", past="Unknown", repetitions=1),
    "statements": case(
        """
        def f():
            a = 1
            b = 2
            return b

        result = f()
        """,
        within="2",
        past="Unknown",
        statements=2,
    ),
    "project_statements": case(
        TWO_FUNCTIONS, within="2", past="Unknown", project_statements=1, others={"statements_per_line": 0}
    ),
    "statements_per_line": case(
        TWO_FUNCTIONS, within="2", past="Unknown", statements_per_line=0, others={"project_statements": 1}
    ),
    "display_items": case("result = [1, 2, 3]", within="[1, 2, 3]", past="list[Host(int)]", display_items=2),
    "unrolled": case(
        """
        def f():
            found = []
            for x in (1, 2):
                found.append(x)
            return found

        result = f()
        """,
        within="[1, 2]",
        past="list[Host(int)]",
        unrolled=1,
    ),
    "tabulated": case("result = [-x for x in (1, 2, 3)]", within="[-1, -2, -3]", past="list[Host(int)]", tabulated=2),
    "value_depth": case(
        """
        def same(x):
            return x

        result = same((((1,),),))
        """,
        within="(((1,),),)",
        past="((Unknown,),)",
        value_depth=2,
    ),
}


class Result:
    """Keeps what the name `result` is bound to."""

    value: Value = NEVER

    def bound(self, frame: Frame, node: nodes.NodeNG, name: str, value: Value) -> None:
        if name == "result":
            self.value = value


def walk(folder: Path, program: str, **bounds: int) -> tuple[str, Tracer]:
    path = folder / "program.py"
    path.write_text("import jax\n" + dedent(program), encoding="utf-8")
    result = Result()
    tracer = run_analysis(Project([path]), ["program"], None, result, Budgets(**bounds))
    assert not tracer.faults
    return repr(result.value), tracer


@pytest.mark.parametrize("name", CASES)
def test_a_bound_is_reached(name: str, tmp_path: Path) -> None:
    case = CASES[name]
    assert walk(tmp_path, case.program, **case.others)[0] == case.within
    assert walk(tmp_path, case.program, **case.others, **case.small)[0] == case.past


def test_every_bound_has_a_case() -> None:
    assert set(CASES) == {field.name for field in fields(Budgets)}
    assert all(set(case.small) == {name} for name, case in CASES.items())


FACTORY = """
import jax.numpy as jnp

def make(kind):
    if kind > 2:
        def made(x):
            return jnp.sin("text")
    else:
        def made(x):
            return jnp.cos(x)
    return made

make(0)
make(1)
made = make(2)
made(1.0)
"""


def test_what_is_made_past_a_bound_tells_nothing(tmp_path: Path) -> None:
    path = tmp_path / "program.py"
    path.write_text(FACTORY, encoding="utf-8")
    told: list[str] = []

    def listen(call: Observation) -> None:
        assert isinstance(call, LibraryCall)
        told.append(call.path)

    for bounds, expected in ((Budgets(), ["jax.numpy.cos"]), (Budgets(**FEW), [])):
        told.clear()
        run_analysis(Project([path]), ["program"], {LibraryCall: [listen]}, None, bounds)
        assert told == expected
