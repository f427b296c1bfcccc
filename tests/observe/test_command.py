"""`python -m jaxlint.observe` on programs of a few lines, run under JAX."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

NET = """\
import jax
import jax.numpy as jnp


@jax.jit
def scale(x, factors=(1, 2)):
    for factor in factors:
        x = factor * x
    limit = 3
    return x


def untouched(y):
    return y
"""

PROGRAM = """\
import sys
import jax, jax.numpy as jnp
from net import scale

scaled = scale(jnp.ones(3))
print("scaled")
sys.exit(int(sys.argv[1]) if sys.argv[1:] else 0)
"""

# What the linter cannot know: JAX is another one when `net` is imported.
PATCHED = """\
import jax, jax.numpy as jnp
jax.jit = lambda f: f
from net import scale

jax.vmap(lambda row: scale(2.0) * row)(jnp.ones(3))
"""

TEST = """\
import jax.numpy as jnp
from net import scale

def test_scale():
    assert scale(jnp.ones(3)).shape == (3,)
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "net").mkdir()
    (tmp_path / "net" / "__init__.py").write_text(NET)
    for name, text in (("program.py", PROGRAM), ("patched.py", PATCHED), ("test_net.py", TEST)):
        (tmp_path / name).write_text(text)
    return tmp_path


def observe(project: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "jaxlint.observe", *arguments]
    return subprocess.run(command, cwd=project, capture_output=True, text=True, check=False, timeout=240)


def test_a_script_is_run_and_its_claims_agree(project: Path) -> None:
    done = observe(project, "--", "program.py")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("scaled\n")
    # x twice, factors, factor, limit
    assert "5 under a trace" in done.stdout
    assert done.stdout.splitlines()[-3].split() == ["net", "5", "2", "100.0%", "3", "2", "0", "0.00%", "0", "/", "0"]


def test_pytest_is_run(project: Path) -> None:
    for command in (("-m", "pytest", "-q", "test_net.py"), ("pytest", "-q", "test_net.py")):
        done = observe(project, "--", *command)
        assert "1 passed" in done.stdout
        assert "5 under a trace" in done.stdout
        assert done.returncode == 0, done.stderr


def test_a_contradiction_is_told_with_the_chain(project: Path) -> None:
    done = observe(project, "--package", "net", "--", "patched.py")
    assert done.returncode == 1, done.stderr
    assert "claimed traced, never was: 2" in done.stdout
    assert "net/__init__.py:6:10: x in scale" in done.stdout
    assert "under a trace it held: static 1" in done.stdout
    assert "claimed traced: traced by jax.jit of scale (line 5)" in done.stdout


def test_places_are_told_as_json(project: Path) -> None:
    done = observe(project, "--json", "--package", "net", "--", "program.py")
    *places, summary = map(json.loads, done.stdout.splitlines())
    assert "scaled" in done.stderr
    assert {(p["line"], p["name"], p["claim"], p["verdict"]) for p in places} == {
        (6, "x", "traced", "agrees"),
        (6, "factors", "unknown", "neither"),
        (7, "factor", "unknown", "neither"),
        (8, "x", "traced", "agrees"),
        (9, "limit", "static", "agrees"),
    }
    assert places[0]["because"] == "traced by jax.jit of scale (line 5)"
    assert summary["scores"]["net"]["contradicted"] == 0


def test_what_was_kept_is_compared_again(project: Path) -> None:
    first = observe(project, "--package", "net", "--keep", "seen.jsonl", "--", "patched.py")
    assert first.returncode == 1, first.stderr
    (project / "patched.py").unlink()
    assert observe(project, "--again", "seen.jsonl").stdout == first.stdout
    (project / "net" / "__init__.py").write_text(NET.replace("@jax.jit", ""))
    agreeing = observe(project, "--again", "seen.jsonl")
    assert agreeing.returncode == 0, agreeing.stderr


def test_how_the_program_ended_is_told(project: Path) -> None:
    done = observe(project, "--", "program.py", "3")
    assert "COMMAND ended with exit status 3" in done.stderr
    assert done.returncode == 0


def test_a_program_that_takes_too_long_is_interrupted(project: Path) -> None:
    (project / "slow.py").write_text(PROGRAM.replace("sys.exit", "import time; time.sleep(1000)\nsys.exit"))
    for minutes in ("0.1", "1"):  # on a busy machine, importing JAX alone may take longer than the first
        done = observe(project, "--minutes", minutes, "--", "slow.py")
        if "nothing was observed" not in done.stderr:
            break
    assert "5 under a trace" in done.stdout
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--", "missing.py"), "missing.py is no Python script"),
        (("--", "-m", "no_such_module"), "there is no module no_such_module"),
        (("--package", "no_such_package", "--", "program.py"), "there is no package, folder or file no_such_package"),
        (("--package", "math", "--", "program.py"), "is not written in Python"),
        (("--package", "test_net.py", "--", "program.py"), "imported nothing of"),
        ((), "a COMMAND is needed"),
        (("--again", "missing.jsonl"), "missing.jsonl cannot be read"),
        (("--again", "program.py"), "holds nothing that --keep wrote"),
    ],
)
def test_a_wrong_call_is_told(project: Path, arguments: tuple[str, ...], said: str) -> None:
    done = observe(project, *arguments)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_the_help_says_that_it_runs_code() -> None:
    done = subprocess.run([sys.executable, "-m", "jaxlint.observe", "--help"], capture_output=True, text=True, check=True)
    assert "This command runs your code" in done.stdout
