"""Which JAX the code is for: the option `jax-version`, and what the project's metadata asks for."""

from __future__ import annotations

import pytest

from .conftest import RunPylint, Write

CODE = """\
import jax

print(jax.tree_map)
"""

GONE = {("a.py", 3, "jax-removed-api")}
GOING = {("a.py", 3, "jax-deprecated-api")}


@pytest.mark.parametrize(
    ("versions", "findings"),
    [
        ("", GONE),
        (">=0.4.30", GONE),
        ("==0.6.0", GONE),
        (">=0.4.20,<0.6", GOING),
        ("0.4.30", GOING),
        ("~=0.4.26", GOING),
        ("<=0.4.25", set()),
        (">=99", GONE),
    ],
)
def test_the_newest_release_in_the_range_counts(
    versions: str, findings: set[tuple[str, int, str]], write: Write, run_pylint: RunPylint
) -> None:
    write({"a.py": CODE})
    assert run_pylint(f"--jax-version={versions}", "a.py").findings == findings


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("pyproject.toml", '[project]\nname = "a"\ndependencies = ["numpy", "jax[cuda12]>=0.4.20,<0.4.26; os_name>\'3\'"]'),
        ("pyproject.toml", '[project.optional-dependencies]\ngpu = ["jax <= 0.4.25"]'),
        ("pyproject.toml", '[tool.poetry.dependencies]\njax = "0.4.25"'),
        ("pyproject.toml", '[dependency-groups]\ndev = ["jax==0.4.25"]'),
        ("setup.cfg", "[options]\ninstall_requires =\n    jaxlib\n    jax<0.4.26\n"),
        ("setup.py", 'from setuptools import setup\nsetup(install_requires=["jax<0.4.26"])\n'),
        ("requirements.txt", "numpy\njax==0.4.25  # the last that we tried\n"),
    ],
)
def test_what_the_project_asks_for(file: str, text: str, write: Write, run_pylint: RunPylint) -> None:
    marker = {} if file != "requirements.txt" else {"pyproject.toml": ""}
    write({"a.py": CODE, file: text, **marker})
    assert run_pylint("a.py").findings == set()
    assert run_pylint("--jax-version=>=0.4.20", "a.py").findings == GONE


def test_a_requirement_that_nobody_can_read_means_any_version(write: Write, run_pylint: RunPylint) -> None:
    write({"a.py": CODE, "pyproject.toml": '[project]\nname = "a"\ndependencies = ["jax === new"]'})
    assert run_pylint("a.py").findings == GONE


def test_in_pyproject(write: Write, run_pylint: RunPylint) -> None:
    write({"a.py": CODE, "pyproject.toml": '[tool.pylint.jax]\njax-version = "<0.6"\n'})
    assert run_pylint("a.py").findings == GOING


@pytest.mark.parametrize(
    ("versions", "told"),
    [
        ("new", "'new' in 'new' is no range of versions, such as >=0.4.30,<0.11"),
        (">=0.4.30;<0.5", "is no range of versions"),
        ("<0.3", "no release of JAX from 0.4.16 on is in <0.3"),
    ],
)
def test_no_range(versions: str, told: str, write: Write, run_pylint: RunPylint) -> None:
    write({"a.py": CODE})
    said = run_pylint(f"--jax-version={versions}", "a.py", json2=False)
    assert said.code == 32
    assert f"argument --jax-version: {told}" in said.err or told in said.err
    assert "Traceback" not in said.err


def test_a_name_like_no_other_is_reported_where_every_release_is_known(write: Write, run_pylint: RunPylint) -> None:
    write({"a.py": "import jax\n\nprint(jax.entangle)\n"})
    assert run_pylint("--jax-version=>=0.4.30", "a.py").findings == set()
    assert run_pylint("--jax-version=>=0.4.30,<0.11", "a.py").findings == {("a.py", 3, "jax-unknown-api")}
