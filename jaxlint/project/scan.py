"""The import statements of a text, found by regular expression.

The scan decides which modules need not be parsed at all, so it errs on one side only: every import statement is found,
wherever it stands (in functions, behind `if x:`, after `;`, over several lines), and some text that is none, as in
docstrings, is taken for one.

    from . import (a,  # why     Import(1, "", ("a", "b"))
                   b)
    import jax.numpy as jnp      Import(0, "jax.numpy", ())
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

_IMPORT = re.compile(r"import(?<!\wimport)\b")  # the literal comes first: `re` finds those several times as fast
_HEAD = re.compile(r"""(?:^|[;:])[ \t\f]*+(?P<source>from\b[^;\#()'"]*+)?$""")
_HEAD_LENGTH = 500
"""Characters that may stand between the beginning of a statement and its `import`; keeps the time linear."""
_NAMES = re.compile(r"[ \t\f]*+(?:\((?:[^)#]++|#[^\n]*+)*+|[^\n;#]*+)")  # possessive: linear if a bracket stays open
_COMMENT = re.compile(r"#[^\n]*")
_ALIAS = re.compile(r"\s+as\s.*", re.DOTALL)
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Import:
    """`import module` (no `names`) or `from ..module import names` (`level` counts the dots; a name may be `*`)."""

    level: int
    module: str
    names: tuple[str, ...]


def scan_imports(text: str) -> frozenset[Import]:
    """Every import statement in `text` (newlines as `\\n`), and perhaps some that are text only."""
    if "\\\n" in text:
        text = text.replace("\\\n", " ")
    found: set[Import] = set()
    keyword = _IMPORT.search(text)
    while keyword is not None:
        start, end = keyword.span()
        line = max(text.rfind("\n", 0, start) + 1, start - _HEAD_LENGTH)
        head = _HEAD.search(text[line:start])
        if head is not None:
            match = _NAMES.match(text, end)
            assert match is not None  # it can match nothing
            end = match.end()
            found.update(_imports(head["source"], match[0]))
        keyword = _IMPORT.search(text, end)
    return frozenset(found)


def library_strings(libraries: Iterable[str]) -> re.Pattern[str] | None:
    """A pattern for strings that begin with a library's name: `import_module("jax.numpy")`, `LazyModule("jax")`."""
    names = "|".join(sorted(map(re.escape, libraries)))
    return re.compile(rf"""["'](?:{names})["'.]""") if names else None


def _imports(source: str | None, listed: str) -> list[Import]:
    """What `source import listed` states; `source` is None, or begins with the keyword `from`."""
    names = _names(_COMMENT.sub("", listed).strip("() \t\f\n"))
    if source is None:
        return [Import(0, name, ()) for name in names if name != "*"]
    source = _SPACE.sub("", source.removeprefix("from"))
    module = source.lstrip(".")
    if not names or not source or not _is_dotted(module or "_"):
        return []
    return [Import(len(source) - len(module), module, tuple(names))]


def _names(listed: str) -> list[str]:
    names = (_SPACE.sub("", _ALIAS.sub("", part)) for part in listed.split(","))
    return [name for name in names if name == "*" or _is_dotted(name)]


def _is_dotted(name: str) -> bool:
    return all(part.isidentifier() for part in name.split("."))
