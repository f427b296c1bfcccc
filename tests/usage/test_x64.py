"""Whether 64-bit types are on: what the text of a program says, and the option `jax-x64`."""

from __future__ import annotations

import pytest

from .conftest import RunPylint, Write

CODE = """\
import jax.numpy as jnp

x = jnp.zeros(3, jnp.float64)
"""

PACKAGED = '[project]\nname = "pkg"\ndependencies = ["jax"]\n'
SETS = 'import jax\n\njax.config.update("jax_enable_x64", True)\n'


def lines(run_pylint: RunPylint, path: str, *options: str) -> set[int]:
    """The lines that are reported in a file."""
    said = run_pylint("--disable=all", "--enable=jax-float64-truncated", *options, path)
    return {message["line"] for message in said.messages}


def test_a_script_that_sets_nothing(write: Write, run_pylint: RunPylint) -> None:
    write({"a.py": CODE})
    assert lines(run_pylint, "a.py") == {3}


@pytest.mark.parametrize(
    "files",
    [
        {"a.py": SETS + CODE},
        {"a.py": CODE.replace("\n\n", "\nimport b\n\n", 1), "b.py": SETS},
        {"a.py": CODE, "run.py": SETS + "import a\n"},
        {"a.py": CODE, "run.sh": "JAX_ENABLE_X64=1 python a.py\n"},
        {"a.py": CODE, "Makefile": "run:\n\tJAX_ENABLE_X64=True python a.py\n"},
    ],
    ids=["itself", "imported", "importer", "shell", "make"],
)
def test_a_script_for_which_something_sets_it(files: dict[str, str], write: Write, run_pylint: RunPylint) -> None:
    write(files)
    assert lines(run_pylint, "a.py") == set()


def test_another_script_beside_it_does_not_count(write: Write, run_pylint: RunPylint) -> None:
    write({"a.py": CODE, "other.py": SETS})
    assert lines(run_pylint, "a.py") == {3}


def test_a_program_in_a_package(write: Write, run_pylint: RunPylint) -> None:
    write({"pkg/__init__.py": "", "pkg/a.py": CODE})
    assert lines(run_pylint, "pkg/a.py") == {3}


def test_a_test_of_the_package_sets_it(write: Write, run_pylint: RunPylint) -> None:
    write({"pkg/__init__.py": "", "pkg/a.py": CODE, "setup.cfg": "", "tests/conftest.py": SETS})
    assert lines(run_pylint, "pkg/a.py") == set()


def test_whoever_installs_a_library_decides(write: Write, run_pylint: RunPylint) -> None:
    write({"pkg/__init__.py": "", "pkg/a.py": CODE, "pyproject.toml": PACKAGED})
    assert lines(run_pylint, "pkg/a.py") == set()
    assert lines(run_pylint, "pkg/a.py", "--jax-x64=off") == {3}


def test_the_option_decides(write: Write, run_pylint: RunPylint) -> None:
    write({"a.py": CODE, "b.py": SETS + CODE})
    assert lines(run_pylint, "a.py", "--jax-x64=on") == set()
    assert lines(run_pylint, "b.py", "--jax-x64=off") == {6}
