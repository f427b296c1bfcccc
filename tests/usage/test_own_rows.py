"""Rows of a user's own: what the functions of a library mean that jaxlint does not know."""

from __future__ import annotations

import pytest

from .conftest import RunPylint, Write

ROWS = """
    [[wrapper]]
    path = "fastlib.compiled"
    hiding = "hidden"
    staging = "yes"
    selects = "not static"
    decorator_options = true

    [[wrapper]]
    path = "fastlib.arrays_only"
    hiding = "hidden"
    staging = "yes"
    leaves = "arrays"

    [[loop]]
    path = "fastlib.repeat"
    hiding = "hidden"
    staging = "yes"
    callees = [{ parameter = "body", takes = [{ source = "carry", parameter = "state" }] }]
    gives = "carry"
    parameters = ["times", "body", "state"]
    repeats = true

    [[operation]]
    path = "fastlib.kernel"
    result = "array"

    [[operation]]
    path = "fastlib.moments"
    result = { array = { count = 2 } }
    aliases = ["fastlib.stats.moments"]

    [[operation]]
    path = "fastlib.Layer.__call__"
    result = { array = { held = true } }

    [[class]]
    path = "fastlib.Layer"
    kind = "object"

    [[class]]
    path = "fastlib.Record"
    kind = "pytree base"
    """

PROGRAM = """
    import fastlib
    from fastlib.stats import moments

    class State(fastlib.Record):
        mass: float
        moved: bool

    @fastlib.compiled(static_argnames="flag")
    def step(x, flag, state):
        if flag:
            x = fastlib.kernel(x)
        if x > 0:
            return 1
        if state.mass > 1:
            return 2
        return 0

    @fastlib.arrays_only
    def kept(x, flag):
        mean, deviation = moments(fastlib.kernel(3))
        if flag:
            return x
        return 1 if deviation > 0 else 2

    def advance(state):
        while state > 0:
            state = state - 1
        return state

    def run(layer: fastlib.Layer):
        return fastlib.repeat(3, advance, fastlib.kernel(1.0))

    step(1.0, True, State(1.0, False))
    kept(fastlib.kernel(2), False)
    """


def test_what_the_rows_say_is_followed(write: Write, run_pylint: RunPylint) -> None:
    write({
        "rows.toml": ROWS,
        "main.py": PROGRAM,
        "pyproject.toml": '[tool.pylint.jax]\njax-rows = ["rows.toml"]\n',
    })
    assert run_pylint("main.py").findings == {
        ("main.py", 12, "jax-traced-branch"),
        ("main.py", 14, "jax-traced-branch"),
        ("main.py", 23, "jax-traced-branch"),
        ("main.py", 26, "jax-traced-while"),
    }


def test_without_them_nothing_is_claimed(write: Write, run_pylint: RunPylint) -> None:
    write({"main.py": PROGRAM})
    assert run_pylint("main.py").findings == set()


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[[wrapper]", "rows.toml: "),
        ("[[wraper]]\npath = 'a.b'\n", "no kind of row is named 'wraper'"),
        ("[[wrapper]]\nhiding = 'hidden'\nstaging = 'yes'\n", "wrapper 1: the field 'path' is missing"),
        ("[[wrapper]]\npath = 'a.b'\nhiding = 'all'\nstaging = 'yes'\n", "wrapper a.b: hiding: 'all' is none of bare, "),
        ("[[operation]]\npath = 'a.b'\npurity = true\n", "operation a.b: there is no field 'purity'"),
        ("[[operation]]\npath = 3\n", "operation 3: path: str is expected, got 3"),
        ("[[operation]]\npath = 'a.b'\nparameters = 'x'\n", "operation a.b: parameters: a list is expected, got 'x'"),
        ("[[operation]]\npath = 'a.b'\nresult = 'matrix'\n", "result: a result is expected, one of argument, "),
        ("[[operation]]\npath = 'a.b'\nresult = { array = { counts = 2 } }\n", "result: array: there is no field 'counts'"),
        ("[[operation]]\npath = 'jax.numpy.sin'\n", "jax.numpy.sin has two rows"),
        ("operation = 3\n", "operation 1: a table is expected"),
    ],
)
def test_a_broken_file_is_a_usage_error(text: str, says: str, write: Write, run_pylint: RunPylint) -> None:
    write({"rows.toml": text, "main.py": "import jax\n"})
    said = run_pylint("--jax-rows=rows.toml", "main.py")
    assert said.code == 32
    assert said.out == ""
    assert said.err.startswith("pylint: error: argument --jax-rows: ")
    assert says in said.err


def test_a_missing_file_is_a_usage_error(write: Write, run_pylint: RunPylint) -> None:
    write({"main.py": "import jax\n"})
    said = run_pylint("--jax-rows=nowhere.toml", "main.py")
    assert said.code == 32
    assert "nowhere.toml: No such file" in said.err


def test_several_processes_know_them(write: Write, run_pylint: RunPylint) -> None:
    write({"rows.toml": ROWS, "main.py": PROGRAM, "other.py": PROGRAM})
    said = run_pylint("--jax-rows=rows.toml", "-j", "2", "main.py", "other.py")
    assert {name for name, _, _ in said.findings} == {"main.py", "other.py"}
