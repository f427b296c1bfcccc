"""jaxlint as users have it: pylint in a process of its own, virtual environments, a small project."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import textwrap
import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]

BUILD_REQUIREMENTS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["build-system"]["requires"]

NO_NETWORK = ("No matching distribution", "ConnectionError", "Connection refused", "Temporary failure", "timed out")


@dataclass(frozen=True)
class Said:
    """What one run of pylint said."""

    code: int
    out: str
    err: str

    @property
    def messages(self) -> list[dict[str, Any]]:
        """The messages of a run with `--output-format=json2`."""
        return json.loads(self.out)["messages"]

    @property
    def findings(self) -> set[tuple[str, int, str]]:
        """File, line and symbol of each message."""
        return {(message["path"], message["line"], message["symbol"]) for message in self.messages}

    def messages_of(self, path: str) -> list[dict[str, Any]]:
        """The messages of one file."""
        return [message for message in self.messages if message["path"] == path]


RunPylint = Callable[..., Said]


@pytest.fixture(scope="session")
def pylint_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where pylint keeps its statistics and crash reports, in place of the user's cache."""
    return tmp_path_factory.mktemp("pylint-home")


@pytest.fixture
def run_pylint(tmp_path: Path, run_pylint_in: RunPylint) -> RunPylint:
    """Runs pylint in `tmp_path`: `run_pylint("a.py", "--disable=jax-print-in-traced")`, with the plugin loaded."""
    return partial(run_pylint_in, tmp_path)


@pytest.fixture(scope="session")
def run_pylint_in(pylint_home: Path) -> RunPylint:
    """The same, in the folder that is the first argument."""

    def run(
        folder: Path,
        *arguments: str,
        python: Path | str = sys.executable,
        plugin: bool = True,
        only_jax: bool = True,
        json2: bool = True,
        timeout: float = 120,
    ) -> Said:
        options = [
            *(["--load-plugins=jaxlint"] if plugin else []),
            *(["--disable=all", "--enable=jax"] if only_jax else []),
            *(["--output-format=json2"] if json2 else ["--score=no"]),
        ]
        done = subprocess.run(
            [str(python), "-m", "pylint", *options, *arguments],
            cwd=folder,
            env=environment() | {"PYLINTHOME": str(pylint_home)},
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
            timeout=timeout,
        )
        return Said(done.returncode, done.stdout, done.stderr)

    return run


def environment() -> dict[str, str]:
    """The variables of this process, less those that change how Python or pylint look for things."""
    return {key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "PYLINT", "VIRTUAL_ENV"))}


Write = Callable[[dict[str, str]], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes files, given by name, to `tmp_path`."""

    def write_files(files: dict[str, str]) -> Path:
        for name, text in files.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(textwrap.dedent(text).lstrip("\n"), encoding="utf-8")
        return tmp_path

    return write_files


PROJECT = {
    "pkg/__init__.py": "",
    "pkg/ops.py": """
        def clip(x):
            if x > 0:
                return x
            return 0.0
        """,
    "pkg/train.py": """
        import jax

        from pkg.ops import clip

        @jax.jit
        def step(x):
            while x < 10:
                x = x * 2
            return clip(x)
        """,
    "pkg/plain.py": """
        def pick(x):
            return 1 if x > 0 else 2
        """,
}
PROJECT_FINDINGS = {("pkg/ops.py", 2, "jax-traced-branch"), ("pkg/train.py", 7, "jax-traced-while")}


@pytest.fixture
def project(write: Write) -> Path:
    """A package whose one module puts a function of another under `jit`."""
    return write(PROJECT)


@pytest.fixture(scope="session")
def sources(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of what the distribution is made of: builds write beside their sources, and take up what lies there."""
    folder = tmp_path_factory.mktemp("sources")
    for name in ("pyproject.toml", "README.md", "LICENSE", ".pre-commit-hooks.yaml"):
        shutil.copy(ROOT / name, folder / name)
    for name in ("jaxlint", "checkers"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    return folder


def pip(python: Path | str, *arguments: str) -> None:
    """Run pip; skip the test when nothing can be downloaded here."""
    command = [str(python), "-m", "pip", "--disable-pip-version-check", *arguments]
    run_or_skip(command, "pip can download nothing here")


def run_or_skip(command: Sequence[str], reason: str, **options: Any) -> str:
    """Run a command that downloads; its output. Skips when the network is what failed."""
    done = subprocess.run(command, env=environment(), capture_output=True, text=True, check=False, **options)
    said = done.stdout + done.stderr
    if done.returncode != 0 and any(sign in said for sign in NO_NETWORK):
        pytest.skip(f"{reason}: {said.strip().splitlines()[-1]}")
    assert done.returncode == 0, said
    return said


@pytest.fixture(scope="session")
def bare_python(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The interpreter of a virtual environment with pylint, and neither JAX nor NumPy nor jaxlint."""
    folder = tmp_path_factory.mktemp("bare")
    subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True, env=environment(), timeout=120)
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    pip(python, "install", "--quiet", "pylint>=4.0", *BUILD_REQUIREMENTS)
    return python
