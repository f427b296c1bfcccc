"""Which versions of a library a project asks for, read from its metadata as text.

The first of these that names the library counts: `pyproject.toml` (dependencies, Poetry's, extras, dependency groups),
`setup.cfg`, `setup.py`, `requirements*.txt`. Nothing is run; a file that cannot be read says nothing.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path


def required(folder: Path, library: str) -> str | None:
    """The range of versions that the project in a folder asks for, "" for any; None when it does not ask for it."""
    requirement = re.compile(rf"^\s*{re.escape(library)}\s*(?:\[[^\]]*\])?\s*\(?([<>=~!^][^;#)]*)?\)?\s*(?:[;#].*)?$")
    for line in _requirements(folder, library):
        found = requirement.match(line)
        if found is not None:
            return (found[1] or "").strip().rstrip(",")
    return None


def _requirements(folder: Path, library: str) -> Iterator[str]:
    yield from _pyproject(folder / "pyproject.toml", library)
    yield from _text(folder / "setup.cfg").splitlines()
    for found in re.finditer(r"""(["'])(.*?)\1""", _text(folder / "setup.py")):
        yield found[2]
    for path in sorted(folder.glob("requirements*.txt")):
        yield from _text(path).splitlines()


def _pyproject(path: Path, library: str) -> Iterator[str]:
    try:
        data = tomllib.loads(_text(path))
    except tomllib.TOMLDecodeError:
        return
    project = _dict(data.get("project"))
    yield from _strings(project.get("dependencies"))
    poetry = _dict(_dict(data.get("tool")).get("poetry"))
    groups = (_dict(group).get("dependencies") for group in _dict(poetry.get("group")).values())
    for dependencies in map(_dict, (poetry.get("dependencies"), *groups)):
        wanted = dependencies.get(library)
        wanted = wanted.get("version") if isinstance(wanted, dict) else wanted
        if isinstance(wanted, str):
            yield library if wanted == "*" else f"{library}{wanted if wanted[:1] in '<>=~!^' else '==' + wanted}"
    for extras in (*_dict(project.get("optional-dependencies")).values(), *_dict(data.get("dependency-groups")).values()):
        yield from _strings(extras)


def _dict(value: object) -> dict[str, object]:
    return value if isinstance(value, dict) else {}


def _strings(value: object) -> list[str]:
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
