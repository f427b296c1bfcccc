"""Makes a program smaller while it still shows the same disagreement."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator

from random_programs.programs import Program

MOST_TRIES = 400
"""Each try runs the program; what is left after so many is small enough to read."""


def shrink(program: Program, shows: Callable[[Program], bool]) -> Program:
    """A smaller program for which `shows` holds, as it does for `program`."""
    tries = 0
    smaller = True
    while smaller and tries < MOST_TRIES:
        smaller = False
        for candidate in _smaller(program):
            tries += 1
            if tries > MOST_TRIES:
                break
            if shows(candidate):
                program, smaller = candidate, True
                break
    return program


def _smaller(program: Program) -> Iterator[Program]:
    """Programs with one statement less, the largest statements first, or with a block in place of its statement."""
    for name, text in sorted(program.files.items()):
        tree = ast.parse(text)
        places = [
            (len(ast.unparse(statement)), number, index)
            for number, block in enumerate(_blocks(tree))
            for index, statement in enumerate(block)
        ]
        for _, number, index in sorted(places, reverse=True):
            for unwraps in (False, True):
                changed = ast.parse(text)
                block = list(_blocks(changed))[number]
                inside = getattr(block[index], "body", None) if unwraps else []
                if inside is None or (unwraps and not isinstance(block[index], ast.If | ast.For | ast.With)):
                    continue
                block[index : index + 1] = inside
                if not block and not isinstance(changed.body, list):
                    continue
                if not block and block is not changed.body:
                    block.append(ast.Pass())
                if (shorter := ast.unparse(changed)) != ast.unparse(tree):
                    yield Program({**program.files, name: shorter + "\n"})


def _blocks(tree: ast.Module) -> Iterator[list[ast.stmt]]:
    for node in ast.walk(tree):
        for name in ("body", "orelse"):
            block = getattr(node, name, None)
            if isinstance(block, list) and block and isinstance(block[0], ast.stmt):
                yield block
