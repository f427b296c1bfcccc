"""How an exception is told in one line: what was raised, by which line of the code that is looked at."""

from __future__ import annotations

import sysconfig
import traceback
from functools import cache
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
        if is_theirs(frame.filename):
            return f"{Path(frame.filename).name}:{frame.lineno}"
    return ""


@cache
def is_theirs(file: str) -> bool:
    """Whether a file is neither installed nor a part of Python or of this package."""
    path = Path(file)
    if not path.is_file():
        return False
    path = path.resolve()
    return INSTALLED.isdisjoint(path.parts) and not any(path.is_relative_to(root) for root in NOT_THEIRS)
