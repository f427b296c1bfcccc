"""The plugin loads however it was installed, in an environment without JAX and NumPy."""

from __future__ import annotations

import subprocess
import tomllib
import zipfile
from pathlib import Path

import pytest

from .conftest import PROJECT_FINDINGS, ROOT, RunPylint, pip

DATA = {".json", ".txtpb"}
"""What modules read beside the code: the table of JAX's names, the descriptions of GPUs."""

PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def wheel(sources: Path, bare_python: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    pip(bare_python, "wheel", "--quiet", "--no-deps", "--no-build-isolation", "--wheel-dir", str(folder), str(sources))
    (built,) = folder.glob("*.whl")
    return built


def test_a_wheel_holds_every_module_with_its_data_and_nothing_else(wheel: Path) -> None:
    expected = {
        f"{package}/{path.relative_to(folder).as_posix()}"
        for package, folder in (("jaxlint", ROOT / "jaxlint"), ("jaxlint/checkers", ROOT / "checkers"))
        for path in folder.rglob("*")
        if path.suffix in DATA | {".py"}
    }
    with zipfile.ZipFile(wheel) as archive:
        names = [name for name in archive.namelist() if ".dist-info/" not in name]
    assert set(names) == expected | {"jaxlint/py.typed"}


def test_every_package_is_declared() -> None:
    packages = {
        ".".join(("jaxlint", *folder.relative_to(ROOT / "jaxlint").parts))
        for folder in (path.parent for path in (ROOT / "jaxlint").rglob("__init__.py"))
    }
    packages |= {
        ".".join(("jaxlint.checkers", *path.parent.relative_to(ROOT / "checkers").parts))
        for path in (ROOT / "checkers").rglob("__init__.py")
    }
    assert set(PYPROJECT["tool"]["setuptools"]["packages"]) == packages


@pytest.mark.parametrize("way", ["wheel", "folder", "editable"])
def test_the_plugin_loads_without_jax(
    way: str, sources: Path, wheel: Path, bare_python: Path, run_pylint: RunPylint, project: Path
) -> None:
    what = {
        "wheel": [str(wheel)],
        "folder": [str(sources)],
        "editable": ["--editable", str(sources)],
    }[way]
    # pre-commit's test installs with isolation.
    pip(bare_python, "install", "--quiet", "--no-deps", "--no-build-isolation", "--force-reinstall", *what)
    find = "import importlib.util as u; print(*(name for name in ('jax', 'numpy', 'jaxlint') if u.find_spec(name)))"
    done = subprocess.run([bare_python, "-c", find], capture_output=True, text=True, check=True, cwd=project)
    assert done.stdout.split() == ["jaxlint"]
    said = run_pylint("pkg", python=bare_python)
    assert said.findings == PROJECT_FINDINGS, said.err
