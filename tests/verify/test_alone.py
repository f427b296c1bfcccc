"""The runtime half needs JAX and NumPy and nothing else: tried in an environment that has nothing else."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import venv
from importlib import metadata
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def needed(name: str, found: dict[str, metadata.Distribution]) -> dict[str, metadata.Distribution]:
    """An installed distribution, and all that it needs, without extras."""
    if name not in found:
        found[name] = metadata.distribution(name)
        for requirement in found[name].requires or ():
            if "extra ==" not in requirement:
                needed(re.split(r"[^\w.-]", requirement)[0], found)
    return found


@pytest.fixture(scope="module")
def bare_python(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The interpreter of a new environment with JAX, NumPy and what these need: links to what is installed here."""
    folder = tmp_path_factory.mktemp("bare")
    venv.create(folder, symlinks=True, with_pip=False)
    (site,) = folder.glob("lib/python*/site-packages")
    for distribution in needed("jax", needed("numpy", {})).values():
        tops = {path.parts[0] for path in distribution.files or () if path.parts[0] not in ("..", "__pycache__")}
        for top in tops:
            (site / top).symlink_to(Path(str(distribution.locate_file(top))).resolve())
    # The folder as one would copy it to an accelerator's machine.
    for name in ("jaxlint", "examples"):
        (folder / name).symlink_to(ROOT / name)
    return folder / "bin" / "python"


def run(python: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    folder = python.parents[1]
    return subprocess.run([python, *arguments], cwd=folder, capture_output=True, text=True, check=False, timeout=300)


@pytest.mark.skipif(sys.platform == "win32", reason="the environment is made of links")
def test_examples_are_proven_with_jax_and_numpy_alone(bare_python: Path) -> None:
    assert run(bare_python, "-c", "import jax, numpy").returncode == 0
    assert run(bare_python, "-c", "import pylint").returncode == 1
    done = run(bare_python, "-m", "jaxlint.verify", "--json", "--rule", "jax-key-reuse", "jax-linen-rngs")
    assert done.returncode == 0, done.stderr
    keys, linen = json.loads(done.stdout)
    assert keys["status"] == "executed"
    unavailable = {claim["claim"]: claim["detail"] for claim in keys["claims"] if claim["outcome"] == "unavailable"}
    assert unavailable == dict.fromkeys(("flagged", "clean"), "pylint is not installed (pip install pylint)")
    assert linen["status"] == "unavailable"
    assert any("it needs flax, which is not installed" in claim["detail"] for claim in linen["claims"])


def test_a_function_of_ones_own_is_tried_with_jax_and_numpy_alone(bare_python: Path, tmp_path: Path) -> None:
    file = tmp_path / "step.py"
    file.write_text("def step(x, n):\n    return n * x\n", encoding="utf-8")
    done = run(bare_python, "-m", "jaxlint.verify", f"{file}:step", "--like", "x=f32[3], n=2", "--platform", "cpu")
    assert done.returncode == 0, done.stderr
    assert "cpu: executed" in done.stdout
