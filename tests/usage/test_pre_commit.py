"""The hook, run by pre-commit itself from a git repository that holds `.pre-commit-hooks.yaml`."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from .conftest import NO_NETWORK, PROJECT, Write, environment

pytest.importorskip("pre_commit", reason="pre-commit is not installed: pip install '.[test]'")
if shutil.which("git") is None:
    pytest.skip("git is not installed", allow_module_level=True)


def git(folder: Path, *arguments: str) -> str:
    identity = ["-c", "user.name=tests", "-c", "user.email=tests@example.invalid", "-c", "commit.gpgsign=false"]
    command = ["git", *identity, *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True).stdout.strip()


def repository(folder: Path) -> str:
    """Make a folder a repository with one commit, and return its hash."""
    git(folder, "init", "--quiet")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--no-verify", "--message", "All of it")
    return git(folder, "rev-parse", "HEAD")


def test_the_hook_lints_a_project(sources: Path, write: Write, tmp_path: Path, tmp_path_factory) -> None:
    hooks = tmp_path_factory.mktemp("hooks") / "jaxlint"
    shutil.copytree(sources, hooks, ignore=shutil.ignore_patterns("build", "*.egg-info", "__pycache__"))
    revision = repository(hooks)
    write(
        PROJECT
        | {
            ".pre-commit-config.yaml": f"""
                repos:
                  - repo: {hooks}
                    rev: {revision}
                    hooks:
                      - id: jaxlint
                        args: [--disable=jax-traced-while]
                """
        }
    )
    repository(tmp_path)
    home = tmp_path_factory.mktemp("pre-commit-home")
    done = subprocess.run(
        [sys.executable, "-m", "pre_commit", "run", "--all-files"],
        cwd=tmp_path,
        env=environment() | {"PRE_COMMIT_HOME": str(home), "PRE_COMMIT_COLOR": "never"},
        capture_output=True,
        text=True,
        check=False,
        timeout=400,
    )
    said = done.stdout + done.stderr
    if any(sign in said for sign in NO_NETWORK):
        pytest.skip("pre-commit cannot install the hook's environment here: nothing can be downloaded")
    assert done.returncode == 1, said
    assert "pkg/ops.py:2:7: E6401" in said
    assert "jax-traced-while" not in said
    assert "pkg/plain.py" not in said
    assert "Traceback" not in said
