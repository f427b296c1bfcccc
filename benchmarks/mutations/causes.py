"""Why a mutation was missed, as far as the engine's claims about the names that the mistake reads tell it."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping
from enum import Enum
from pathlib import Path

from mutations.linting import copied
from mutations.mutation import Mutation
from mutations.source import Function


class Cause(Enum):
    """What is missing."""

    RULE = "what it reads is known to be traced: a rule is missing, or its shape or structure"
    VALUE = "what it reads is not known, though other names of the function are"
    FUNCTION = "nothing of the function is known to be traced"


class Claims:
    """What the engine claims of the names of a package, which is analysed once, when it is first asked."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._claims: Mapping[str, list[tuple[int, str, str]]] | None = None

    def _of(self, file: str) -> list[tuple[int, str, str]]:
        if self._claims is None:
            with copied(self._folder) as copy:
                command = [sys.executable, "-m", "jaxlint.trace", "--json", str(copy)]
                done = subprocess.run(command, capture_output=True, text=True, check=True)
            found = defaultdict(list)
            for row in map(json.loads, done.stdout.splitlines()):
                found[f"{self._folder.name}/{row['file']}"].append((row["line"], row["name"], row["claim"]))
            self._claims = found
        return self._claims.get(file, [])

    def cause(self, mutation: Mutation, traced: frozenset[str]) -> Cause:
        """Why the rules do not see a mutation; `traced` are the names that held tracers in its function."""
        function = mutation.function
        lines = range(function.node.lineno, (function.node.end_lineno or 0) + 1)
        within = [(name, claim) for line, name, claim in self._of(function.source.path) if line in lines]
        known = {name for name, claim in within if claim == "traced"}
        if traced.intersection(_names(function, mutation)) & known:
            return Cause.RULE
        return Cause.VALUE if known else Cause.FUNCTION


def _names(function: Function, mutation: Mutation) -> Iterator[str]:
    """The names in what was changed, and in what was there before."""
    for edit in mutation.edits:
        for text in (edit.text, function.source.text[edit.start : edit.end]):
            for node in ast.walk(_parsed(text)):
                if isinstance(node, ast.Name):
                    yield node.id


def _parsed(text: str) -> ast.Module:
    """The tree of a text that stood at some depth; an empty one where it is no whole statement."""
    lines = [line for line in text.splitlines() if line.strip()]
    shallow = min((len(line) - len(line.lstrip()) for line in lines[1:]), default=0)
    first = [line.lstrip() for line in lines[:1]]
    try:
        return ast.parse("\n".join([*first, *(line[shallow:] for line in lines[1:])]))
    except SyntaxError:
        return ast.Module([], [])
