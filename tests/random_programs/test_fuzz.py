"""Random programs are the same for a seed, are judged both ways, and a short run of them agrees with JAX."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"
sys.path.insert(0, str(BENCHMARKS))

from random_programs import Finding, Program, interpreted, judge, random_program, run, shrink  # noqa: E402
from random_programs.programs import Entry, Place  # noqa: E402

BRANCH = Program(
    {
        "main.py": """\
import jax
import jax.numpy as jnp

def helper(x):
    if x > 0:
        return x
    return -x

def fine(x):
    y = jnp.sin(x)
    return y

jax.jit(helper)(1.0)
jax.jit(fine)(1.0)
"""
    }
)

DRAW = Program(
    {
        "main.py": """\
import jax
import numpy as np

def noisy(x):
    return x + np.random.normal()

fast = jax.jit(noisy)
fast(1.0)
"""
    }
)

KEYS = Program(
    {
        "main.py": """\
import jax

def draw(key):
    return jax.random.normal(key) + jax.random.uniform(key)

draw(jax.random.key(0))
"""
    }
)


LOOP = Program(
    {
        "main.py": """\
import jax
def double(a):
    return a * 2.0

def steps(x):
    for _ in range(3):
        x = jax.jit(lambda a: a * 2.0)(x)
    return x

steps(1.0)
"""
    }
)

PRINTED = Program(
    {
        "main.py": """\
import jax

def shown(x):
    print(x)
    return x

jax.jit(shown)(1.0)
"""
    }
)


def finding(line: int, symbol: str, severity: str = "E") -> Finding:
    return Finding(("main.py", line), symbol, severity, "said")


def troubles(program: Program, *findings: Finding) -> list[tuple[str, str, int]]:
    judged = judge(program, run(program), findings)
    return [(d.trouble.value, d.about, d.place[1]) for d in judged.disagreements]


def test_a_seed_is_one_program() -> None:
    assert random_program(3) == random_program(3)
    assert len({str(random_program(seed)) for seed in range(50)}) == 50


@pytest.mark.parametrize("seed", range(0, 400, 8))
def test_programs_are_python(seed: int) -> None:
    for text in random_program(seed).files.values():
        ast.parse(text)


def test_an_error_that_was_told_is_agreed() -> None:
    assert troubles(BRANCH, finding(5, "jax-traced-branch")) == []


def test_an_error_that_was_not_told_is_missed() -> None:
    assert troubles(BRANCH) == [("missed", "TracerBoolConversionError", 5)]


def test_a_finding_where_nothing_raises_is_a_false_alarm() -> None:
    right = Program({"main.py": BRANCH.files["main.py"].replace("jax.jit(helper)(1.0)\n", "")})
    assert troubles(right, finding(10, "jax-numpy-on-traced")) == [("false alarm", "jax-numpy-on-traced", 10)]


def test_a_draw_that_runs_once_has_to_be_told() -> None:
    assert troubles(DRAW) == [("missed", "runs once", 5)]
    assert troubles(DRAW, finding(5, "jax-global-rng", "W")) == []


def test_keys_are_judged_by_the_checker_of_jax() -> None:
    assert troubles(KEYS) == [("missed", "jax-key-reuse", 4)]
    assert troubles(KEYS, finding(4, "jax-key-reuse", "W")) == []
    right = Program({"main.py": KEYS.files["main.py"].replace(" + jax.random.uniform(key)", "")})
    assert troubles(right, finding(4, "jax-key-reuse", "W")) == [("false alarm", "jax-key-reuse", 4)]


def test_keys_that_are_numbers_are_judged_as_keys() -> None:
    raw = Program({"main.py": KEYS.files["main.py"].replace("random.key", "random.PRNGKey")})
    assert troubles(raw) == [("missed", "jax-key-reuse", 4)]


def test_what_is_traced_again_is_counted() -> None:
    assert troubles(LOOP) == [("missed", "traced again", 7)]
    assert troubles(LOOP, finding(7, "jax-jit-in-loop", "R")) == []
    once = Program({"main.py": LOOP.files["main.py"].replace("lambda a: a * 2.0", "double")})
    assert troubles(once, finding(7, "jax-jit-in-loop", "R")) == [("false alarm", "jax-jit-in-loop", 7)]


def test_what_was_traced_before_is_not_counted_where_programs_are_interpreted() -> None:
    once = Program({"main.py": LOOP.files["main.py"].replace("lambda a: a * 2.0", "double")})
    with interpreted():
        assert troubles(once) == []
        assert troubles(LOOP) == [("missed", "traced again", 7)]


def test_a_tracer_that_is_printed_has_to_be_told() -> None:
    assert troubles(PRINTED) == [("missed", "a tracer printed", 4)]
    assert troubles(PRINTED, finding(4, "jax-print-in-traced", "W")) == []
    concrete = Program({"main.py": PRINTED.files["main.py"].replace("jax.jit(shown)", "shown")})
    assert troubles(concrete, finding(4, "jax-print-in-traced", "W")) == [("false alarm", "jax-print-in-traced", 4)]


@pytest.mark.parametrize("seed", range(60000, 60008))
def test_what_is_interpreted_comes_to_the_same_as_what_is_compiled(seed: int) -> None:
    program = random_program(seed)
    with interpreted():
        quick = run(program)
    compiled = run(program)
    assert quick.broken == compiled.broken
    assert [_errors(entry) for entry in quick.entries] == [_errors(entry) for entry in compiled.entries]


def _errors(entry: Entry) -> list[tuple[Place, ...] | None]:
    """Where what was raised; the class of some errors hangs on what was compiled before."""
    return [error and error.frames for error in (entry.raised, entry.keys, entry.leaks)]


def test_results_are_kept_and_not_made_again(tmp_path: Path) -> None:
    kept = tmp_path / "results.jsonl"
    command = [sys.executable, BENCHMARKS / "fuzz.py", "--programs", "3", "--seed", "7", "--jobs", "1", "--results", kept]
    first = subprocess.run(command, capture_output=True, text=True, timeout=300, check=True).stdout
    assert [json.loads(line)[0] for line in kept.read_text().splitlines()] == [7, 8, 9]
    again = subprocess.run(command, capture_output=True, text=True, timeout=300, check=True).stdout
    assert first.endswith(again)
    assert len(kept.read_text().splitlines()) == 3


def test_shrinking_keeps_what_shows() -> None:
    def shows(program: Program) -> bool:
        judged = judge(program, run(program), [])
        return any(d.about == "TracerBoolConversionError" for d in judged.disagreements)

    smaller = shrink(BRANCH, shows)
    assert shows(smaller)
    assert "fine" not in str(smaller)
    assert "jnp" not in str(smaller)


def test_a_short_run_agrees_with_jax() -> None:
    command = [sys.executable, BENCHMARKS / "fuzz.py", "--programs", "60", "--seed", "20000", "--minutes", "5"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=600, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    summary = re.search(r"what raises: found ([\d.]+)% of (\d+)", done.stdout)
    assert summary, done.stdout
    assert int(summary[2]) > 10, "so few errors prove nothing"
    assert "\nfalse alarms 0 of " in done.stdout
