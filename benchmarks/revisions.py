"""The plugin at a git revision and in the working tree, side by side, for the commands beside this module."""

from __future__ import annotations

import io
import shutil
import subprocess
import tarfile
from pathlib import Path


class NoRevision(Exception):
    """Git knows no such revision, or it holds no plugin."""


def plugin_at(revision: str, repository: Path, folder: Path) -> Path:
    """The folder, to be put on Python's path, in which the plugin lies as it was at a revision.

    Raises:
        NoRevision: git cannot tell.
    """
    command = ["git", "-C", str(repository), "archive", revision, "jaxlint", "checkers"]
    done = subprocess.run(command, capture_output=True, check=False)
    if done.returncode:
        raise NoRevision(f"no plugin at {revision}: {done.stderr.decode(errors='replace').strip()}")
    with tarfile.open(fileobj=io.BytesIO(done.stdout)) as archive:
        archive.extractall(folder, filter="data")
    return _arranged(folder)


def plugin_now(repository: Path, folder: Path) -> Path:
    """The same for the working tree."""
    for name in ("jaxlint", "checkers"):
        shutil.copytree(repository / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    return _arranged(folder)


def _arranged(folder: Path) -> Path:
    (folder / "checkers").rename(folder / "jaxlint" / "checkers")  # where it is once installed
    return folder
