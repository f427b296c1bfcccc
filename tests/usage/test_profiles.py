"""`--jax-profile`: groups of rules, on pylint's command line and in its configuration."""

from __future__ import annotations

from .conftest import RunPylint, Write

CODE = """\
import jax
import jax.numpy as jnp

key = jax.random.PRNGKey(0)


@jax.jit
def f(x):
    print(x)
    return x if x > 0 else jnp.random
"""

ERRORS = {("a.py", 10, "jax-traced-branch"), ("a.py", 10, "jax-unknown-api")}
WARNINGS = {("a.py", 9, "jax-print-in-traced")}
EXTRA = {("a.py", 4, "jax-legacy-key")}


def test_each_profile(write: Write, run_pylint: RunPylint) -> None:
    write({"a.py": CODE})
    for profile, expected in (("errors", ERRORS), ("default", ERRORS | WARNINGS), ("strict", ERRORS | WARNINGS | EXTRA)):
        said = run_pylint("--disable=all", f"--jax-profile={profile}", "a.py", only_jax=False)
        assert said.findings == expected, profile


def test_a_profile_acts_where_it_stands(write: Write, run_pylint: RunPylint) -> None:
    write({"a.py": CODE})
    said = run_pylint("--jax-profile=strict", "--disable=jax-legacy-key,jax-traced-branch", "a.py")
    assert said.findings == {("a.py", 10, "jax-unknown-api")} | WARNINGS
    said = run_pylint("--jax-profile=errors", "--enable=jax-print-in-traced", "a.py")
    assert said.findings == ERRORS | WARNINGS


def test_in_pyproject_and_overruled_on_the_command_line(write: Write, run_pylint: RunPylint) -> None:
    write({"a.py": CODE, "pyproject.toml": '[tool.pylint.jax]\njax-profile = "errors"\n'})
    assert run_pylint("--disable=C,R,W", "a.py", only_jax=False).findings >= ERRORS
    assert not run_pylint("a.py", only_jax=False).findings & (WARNINGS | EXTRA)
    assert run_pylint("--jax-profile=strict", "a.py", only_jax=False).findings >= ERRORS | WARNINGS | EXTRA


def test_other_messages_stay(write: Write, run_pylint: RunPylint) -> None:
    write({"a.py": "import os\nimport jax\n\nprint(jax)\n"})
    said = run_pylint("--disable=all", "--enable=unused-import", "--jax-profile=errors", "a.py", only_jax=False)
    assert said.findings == {("a.py", 1, "unused-import")}


def test_with_several_processes(write: Write, run_pylint: RunPylint) -> None:
    write({"a.py": CODE, "b.py": CODE})
    said = run_pylint("-j2", "--disable=all", "--jax-profile=errors", "a.py", "b.py", only_jax=False)
    assert said.findings == ERRORS | {("b.py", line, symbol) for _, line, symbol in ERRORS}


def test_no_such_profile(write: Write, run_pylint: RunPylint) -> None:
    write({"a.py": CODE})
    said = run_pylint("--jax-profile=most", "a.py", json2=False)
    assert said.code == 32
    assert "argument --jax-profile: 'most' is none of errors, default, strict" in said.err
    assert "Traceback" not in said.err
