"""How an exception is told in one line: what was raised, by which line of the code that is looked at."""

from __future__ import annotations

import sysconfig
import traceback
from pathlib import Path

NOT_THEIRS = (Path(__file__).resolve().parents[1], Path(sysconfig.get_path("stdlib")).resolve())
"""Where the code lies that nobody looks at here: this package and Python's library."""

INSTALLED = {"site-packages", "dist-packages"}
"""And what is installed, in folders of these names."""


def described(error: BaseException) -> str:
    """The class, the first line of the message, and the last line of the user's in the traceback, if one is."""
    lines = str(error).strip().splitlines() or [""]
    place = _place(error)
    told = f"{type(error).__module__}.{type(error).__qualname__}: {lines[0]}".removeprefix("builtins.")
    return f"{told} ({place})" if place else told


def _place(error: BaseException) -> str:
    """File and line of the innermost frame that is in code of the user's."""
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        path = Path(frame.filename)
        if path.is_file() and not _is_installed(path.resolve()):
            return f"{path.name}:{frame.lineno}"
    return ""


def _is_installed(path: Path) -> bool:
    return not INSTALLED.isdisjoint(path.parts) or any(path.is_relative_to(root) for root in NOT_THEIRS)
