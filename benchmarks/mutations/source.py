"""A file of a package as mutations see it: its functions, what its names mean, and edits of its text.

Edits replace spans of the text and leave the rest as it is, so that a finding's line can be held against the lines changed.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True, slots=True)
class Edit:
    """The text between two offsets is replaced; `aside` is what only makes the mistake possible, as an import does."""

    start: int
    end: int
    text: str
    aside: bool = False


@dataclass(frozen=True, slots=True)
class Mutant:
    """A file's text with a mistake in it, and the lines of that text that hold the mistake."""

    text: str
    lines: frozenset[int]


class Source:
    """The text of one file, and its tree."""

    def __init__(self, path: str, text: str) -> None:
        self.path = path
        self.text = text
        self.tree = ast.parse(text)

    @cached_property
    def _starts(self) -> list[int]:
        starts = [0]
        for line in self.text.splitlines(keepends=True):
            starts.append(starts[-1] + len(line))
        return starts

    @cached_property
    def _lines(self) -> list[str]:
        return self.text.splitlines(keepends=True)

    def _offset(self, line: int, column: int) -> int:
        """`ast` counts the columns of UTF-8, text those of characters."""
        return self._starts[line - 1] + len(self._lines[line - 1].encode()[:column].decode())

    def span(self, node: ast.expr | ast.stmt) -> tuple[int, int]:
        """Where a node begins and ends in the text."""
        assert node.end_lineno is not None
        assert node.end_col_offset is not None
        return self._offset(node.lineno, node.col_offset), self._offset(node.end_lineno, node.end_col_offset)

    def code(self, node: ast.expr | ast.stmt) -> str:
        """A node's own text."""
        start, end = self.span(node)
        return self.text[start:end]

    def replacing(self, node: ast.expr | ast.stmt, text: str) -> Edit:
        """The edit that puts a text in a node's place."""
        return Edit(*self.span(node), text)

    def around(self, statement: ast.stmt, lines: Iterable[str]) -> Edit:
        """The edit that puts lines in a statement's place, at its depth."""
        return self.replacing(statement, f"\n{self.indent(statement)}".join(lines))

    def after(self, statement: ast.stmt, lines: Iterable[str]) -> Edit:
        """The edit that puts lines after a statement."""
        end = self.span(statement)[1]
        return Edit(end, end, "".join(f"\n{self.indent(statement)}{line}" for line in lines))

    def before(self, statement: ast.stmt, lines: Iterable[str]) -> Edit:
        """The edit that puts lines before a statement."""
        start = self.span(statement)[0]
        return Edit(start, start, "".join(f"{line}\n{self.indent(statement)}" for line in lines))

    def indent(self, statement: ast.stmt) -> str:
        """The white space before a statement that begins its line."""
        return self._lines[statement.lineno - 1][: statement.col_offset]

    @cached_property
    def aliases(self) -> dict[str, str]:
        """What the names stand for that the module's imports bind."""
        names: dict[str, str] = {}
        for node in self.tree.body:
            if isinstance(node, ast.Import):
                for each in node.names:
                    names[each.asname or each.name.partition(".")[0]] = (
                        each.name if each.asname else each.name.partition(".")[0]
                    )
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                names.update({each.asname or each.name: f"{node.module}.{each.name}" for each in node.names})
        return names

    def meaning(self, node: ast.AST) -> str:
        """The dotted path that a name or an attribute of a module stands for; empty when it is none that was imported."""
        if isinstance(node, ast.Attribute):
            whole = self.meaning(node.value)
            return f"{whole}.{node.attr}" if whole else ""
        return self.aliases.get(node.id, "") if isinstance(node, ast.Name) else ""

    def name_of(self, module: str) -> str:
        """The name that the file has for a module; empty when it has none."""
        return next((name for name, path in self.aliases.items() if path == module), "")

    def name_for(self, module: str, usual: str) -> tuple[str, tuple[Edit, ...]]:
        """The name by which a module can be used here, and the edit that imports it where it is not.

        The import stands on the line of another one, so that no line moves.
        """
        if name := self.name_of(module):
            return name, ()
        first = next((node for node in self.tree.body if _is_plain_import(node)), None)
        if first is None or usual in self.aliases:
            return "", ()
        end = self.span(first)[1]
        named = module if module == usual else f"{module} as {usual}"
        return usual, (Edit(end, end, f"; import {named}", aside=True),)

    @cached_property
    def functions(self) -> tuple[Function, ...]:
        """The functions of the file and those within them, each by its qualified name."""
        return tuple(self._within(self.tree, "", ()))

    def _within(self, node: ast.AST, prefix: str, outer: tuple[str, ...]) -> Iterator[Function]:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.FunctionDef):
                name = f"{prefix}{child.name}"
                yield Function(self, child, name, outer, isinstance(node, ast.ClassDef))
                yield from self._within(child, f"{name}.<locals>.", (*outer, name))
            elif isinstance(child, ast.ClassDef):
                yield from self._within(child, f"{prefix}{child.name}.", outer)
            else:
                yield from self._within(child, prefix, outer)

    def mutant(self, edits: Iterable[Edit]) -> Mutant:
        """The text with edits made.

        Raises:
            SyntaxError: they make no Python of it.
        """
        parts, position, changed = list[str](), 0, set[int]()
        for edit in sorted(edits, key=lambda each: (each.start, each.end)):
            parts += [self.text[position : edit.start], edit.text]
            position = edit.end
            if not edit.aside:
                line = "".join(parts[:-1]).count("\n") + 1
                changed.update(range(line, line + edit.text.count("\n") + 1))
        text = "".join([*parts, self.text[position:]])
        ast.parse(text)
        return Mutant(text, frozenset(changed))


def _is_plain_import(node: ast.stmt) -> bool:
    return (
        isinstance(node, ast.Import | ast.ImportFrom)
        and node.lineno == node.end_lineno
        and getattr(node, "module", "") != "__future__"
    )


@dataclass(frozen=True)
class Function:
    """A function of a file.

    Attributes:
        name: its qualified name, as in what `jaxlint.observe` records.
        outer: the functions around it.
        in_class: whether it stands in a class's body.
    """

    source: Source
    node: ast.FunctionDef
    name: str
    outer: tuple[str, ...]
    in_class: bool = False

    @cached_property
    def statements(self) -> tuple[ast.stmt, ...]:
        """Its statements that begin their line, those of the functions in it excepted."""
        return tuple(each for each in _statements(self.node.body) if not self.source.indent(each).strip())

    @cached_property
    def places(self) -> tuple[tuple[ast.stmt, ast.expr], ...]:
        """Its expressions, each with the innermost statement that holds it; those of lambdas and comprehensions too."""
        return tuple((statement, node) for statement in self.statements for node in _expressions(statement))

    @cached_property
    def own(self) -> tuple[tuple[ast.stmt, ast.expr], ...]:
        """As `places`, without what a lambda or a comprehension evaluates, which may use names that it binds itself."""
        return tuple((statement, node) for statement in self.statements for node in _expressions(statement, whole=False))


def _statements(block: Iterable[ast.stmt]) -> Iterator[ast.stmt]:
    for statement in block:
        if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            continue
        yield statement
        for name in ("body", "orelse", "finalbody"):
            yield from _statements(getattr(statement, name, ()))
        for handler in getattr(statement, "handlers", ()):
            yield from _statements(handler.body)


_CLOSED = ast.Lambda | ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp


def _expressions(node: ast.AST, *, whole: bool = True) -> Iterator[ast.expr]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.stmt | ast.ExceptHandler | ast.JoinedStr):
            continue
        if isinstance(child, ast.expr):
            yield child
            if isinstance(child, _CLOSED) and not whole:
                continue
        yield from _expressions(child, whole=whole)
