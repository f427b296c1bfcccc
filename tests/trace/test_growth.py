"""The walk grows in proportion to the program, however that is built: four times as many statements are walked for four
times as many branches, calls, classes, keys. How long that takes is for `benchmarks/analysis_cost.py` to say.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from jaxlint.analysis import run_analysis
from jaxlint.project import Project
from jaxlint.trace.tracer import Tracer

HEAD = "import jax\nimport jax.numpy as jnp\n"


def _lines(count: int, line: Callable[[int], str]) -> str:
    return "".join(map(line, range(count)))


def _branches(n: int) -> str:
    body = _lines(n, lambda i: f"    if a[{i}]:\n        y{i} = y + {i}\n        y = y + 1\n    else:\n        y = y * 2\n")
    return f"@jax.jit\ndef f(x, *a):\n    y = x\n{body}    return y\n"


def _early_returns(n: int) -> str:
    body = _lines(n, lambda i: f"    v{i} = x + {i}\n    if v{i} is None:\n        return v{i}\n")
    return f"@jax.jit\ndef f(x):\n{body}"


def _chain_of_calls(n: int) -> str:
    calls = _lines(n, lambda i: f"def g{i + 1}(x):\n    return g{i}(x) + 1\n")
    return f"def g0(x):\n    return x\n{calls}jax.jit(g{n})\n"


def _each_called_thrice(n: int) -> str:
    calls = _lines(n, lambda i: f"def g{i + 1}(x, y):\n    return g{i}(x, 1.5) + g{i}(2, y) + g{i}(y, x)\n")
    return f"def g0(x, y):\n    return x + y\n{calls}jax.jit(g{n})\n"


def _mutual_recursion(n: int) -> str:
    def function(i: int) -> str:
        calls = f"m{(i + 1) % n}(x + 1, k - 1) + m{(i + 3) % n}((x, x), k)"
        return f"def m{i}(x, k):\n    if k > 0:\n        return {calls}\n    return x\n"

    return _lines(n, function) + "jax.jit(m0, static_argnums=1)(1.0, 5)\n"


def _overrides(n: int) -> str:
    base = "class B:\n    def step(self, x): return x\n    def run(self, x): return jax.jit(self.step)(x)\n"
    return (
        base
        + _lines(n, lambda i: f"class C{i}(B):\n    def step(self, x):\n        return self.run(x) + {i}\n")
        + "def go(b: B, x):\n    return b.run(x)\n"
    )


def _attributes(n: int) -> str:
    made = _lines(n, lambda i: f"        self.a{i} = x\n")
    moved = _lines(n, lambda i: f"        self.a{i} = self.a{(i + 1) % n} + 1\n")
    loop = "@jax.jit\ndef f(x):\n    s = S(x)\n    for _ in range(x.shape[0]):\n        s.step()\n    return s.a0\n"
    return f"class S:\n    def __init__(self, x):\n{made}    def step(self):\n{moved}{loop}"


def _keys_split(n: int) -> str:
    def line(i: int) -> str:
        return f"    key, k{i} = jax.random.split(key)\n    jax.random.normal(k{i})\n"

    return f"def f(key):\n{_lines(n, line)}    return key\n"


def _dict_of_many(n: int) -> str:
    keys = _lines(n, lambda i: f'"k{i}": {i}, ')
    return f"d = {{{keys}}}\n@jax.jit\ndef f(x):\n    e = dict(d)\n" + _lines(n, lambda i: f'    e["n{i}"] = x\n')


def _wrapped_again(n: int) -> str:
    return "def f(x):\n    return x\n" + _lines(n, lambda i: f"f{i} = jax.jit(f)\n")


def _nested_loops(n: int) -> str:
    heads = _lines(n, lambda i: "    " * (i + 1) + f"for i{i} in a:\n")
    return f"@jax.jit\ndef f(x, a):\n{heads}{'    ' * (n + 1)}x = x + a\n"


PROGRAMS: dict[Callable[[int], str], int] = {
    _branches: 100,
    _early_returns: 100,
    _chain_of_calls: 100,
    _each_called_thrice: 6,
    _mutual_recursion: 8,
    _overrides: 25,
    _attributes: 50,
    _keys_split: 300,
    _dict_of_many: 100,
    _wrapped_again: 200,
    _nested_loops: 4,
}
"""Programs by their size, and the size that is compared with four times as much."""


def _analysed(program: str, folder: Path) -> Tracer:
    """The tracer after its walk."""
    folder.mkdir()
    (folder / "program.py").write_text(HEAD + program, encoding="utf-8")
    project = Project([folder / "program.py"])
    project.tree("program")
    return run_analysis(project, ["program"])


@pytest.mark.parametrize("program", PROGRAMS, ids=lambda program: program.__name__.strip("_"))
def test_four_times_as_much_is_about_four_times_the_walk(program: Callable[[int], str], tmp_path: Path) -> None:
    size = PROGRAMS[program]
    few = _analysed(program(size), tmp_path / "few")
    many = _analysed(program(4 * size), tmp_path / "many")
    assert few.faults == many.faults == []
    assert many.spent.statements <= 6 * max(few.spent.statements, 20)
