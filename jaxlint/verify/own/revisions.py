"""The files of a git revision, in a folder of their own."""

from __future__ import annotations

import subprocess
import zipfile
from pathlib import Path

SECONDS = 120.0
"""Past this, git is taken to hang."""


class RevisionError(Exception):
    """There is no such revision, or no repository; the message is git's or for whoever wrote the command."""


def exported(revision: str, folder: Path, into: Path) -> Path:
    """Writes all files of `revision` of the repository around `folder` below `into`; returns where `folder` is there.

    Raises:
        RevisionError: git cannot give them.
    """
    top = Path(_git(folder, "rev-parse", "--show-toplevel").strip())
    commit = _git(folder, "rev-parse", "--verify", "--end-of-options", f"{revision}^{{commit}}").strip()
    archive = into / "files.zip"
    # From the top: `git archive` in a folder below gives that folder alone.
    _git(top, "archive", "--format=zip", f"--output={archive}", commit)
    tree = into / "tree"
    with zipfile.ZipFile(archive) as files:
        files.extractall(tree)
    archive.unlink()
    return tree / folder.resolve().relative_to(top.resolve())


def _git(folder: Path, *arguments: str) -> str:
    try:
        done = subprocess.run(
            ["git", "-C", str(folder), *arguments], capture_output=True, text=True, check=False, timeout=SECONDS
        )
    except FileNotFoundError as error:
        raise RevisionError("git is not installed, which a revision is asked of") from error
    except subprocess.TimeoutExpired as error:
        raise RevisionError(f"git {arguments[0]} gave no answer in {SECONDS:g} seconds") from error
    if done.returncode:
        said = done.stderr.strip().splitlines() or ["it said nothing"]
        raise RevisionError(f"git: {said[-1].removeprefix('fatal: ')}")
    return done.stdout
