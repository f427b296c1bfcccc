"""`build`: every source gives a tree or a failure, quickly, and leaves astroid and the interpreter as they were."""

import ast
import gc
import os
import subprocess
import sys
import time
import warnings
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from astroid import nodes
from astroid.astroid_manager import MANAGER
from astroid.builder import AstroidBuilder

from jaxlint.project import BuildFailure, Tree, build_file, build_tree, collection_paused

HERE = Path("folder") / "module.py"

EVERYTHING = '''\
"""Docstring."""
from __future__ import annotations
import os.path as p
from a import b, c as d


@decorator(1)
@other
async def f(x, /, y: int = 1, *args, z=2, **kwargs) -> "int":
    """Docstring."""
    global G
    from m import G, H
    async with x as y:
        pass
    return [v async for v in x if v]


class \\
        Continued(Base, metaclass=M):
    attribute: int = 3
    def method(self): self.x = lambda: (yield)


class Plain:
\tdef  tab( self ): pass


try:
    x = f"é{x!r:>{w}}" + (n := 1)
except* ValueError as e:
    del x[1:2, ...]
match x:
    case {"k": [a, *_], **rest} | C(q=1) if a:
        pass
y = []  # type: list[int]
'''


def built(source: bytes | str) -> nodes.Module:
    result = build_tree(source.encode() if isinstance(source, str) else source, HERE, "pkg.module")
    assert isinstance(result, Tree), result
    return result.module


def failure(source: bytes) -> BuildFailure:
    result = build_tree(source, HERE, "pkg.module")
    assert isinstance(result, BuildFailure)
    assert result.path == HERE
    return result


def describe(module: nodes.Module) -> str:
    """The whole tree as text, with positions and the local names of each scope."""
    lines = [module.repr_tree(include_linenos=True)]
    for node in module.nodes_of_class((nodes.FunctionDef, nodes.ClassDef, nodes.Lambda, nodes.Module)):
        names = {name: [where.lineno for where in found] for name, found in node.locals.items()}
        lines.append(f"{node.lineno} {node.end_lineno} {getattr(node, 'position', None)} {names}")
    return "\n".join(lines)


def test_is_the_tree_that_astroid_builds() -> None:
    lean = built(EVERYTHING)
    theirs = AstroidBuilder(MANAGER, apply_transforms=False).string_build(EVERYTHING, "pkg.module", str(HERE))
    assert describe(lean) == describe(theirs)
    assert lean.future_imports == theirs.future_imports == {"annotations"}
    assert (lean.name, lean.file, lean.path, lean.package) == (theirs.name, theirs.file, theirs.path, theirs.package)
    assert lean.body[-1].type_annotation.as_string() == "list[int]"


def test_positions_are_those_of_ast() -> None:
    def descendants(node: nodes.NodeNG) -> Iterator[nodes.NodeNG]:
        yield node
        for child in node.get_children():
            yield from descendants(child)

    def places(found: Iterable[Any], *kinds: type) -> list[tuple[int, ...]]:
        return sorted((n.lineno, n.col_offset, n.end_lineno, n.end_col_offset) for n in found if type(n) in kinds)

    expected = places(ast.walk(ast.parse(EVERYTHING)), ast.Call, ast.Return, ast.Subscript, ast.Lambda, ast.ClassDef)
    assert len(expected) > 5
    lean = descendants(built(EVERYTHING))
    assert places(lean, nodes.Call, nodes.Return, nodes.Subscript, nodes.Lambda, nodes.ClassDef) == expected


def test_package_is_known_by_its_file() -> None:
    tree = build_tree(b"", Path("pkg/__init__.py"), "pkg")
    assert isinstance(tree, Tree)
    assert tree.module.package
    assert not built("").package


@pytest.mark.parametrize(
    "source",
    [
        "s = 'é'".encode(),
        b"\xef\xbb\xbfs = '\xc3\xa9'",
        b"# -*- coding: latin-1 -*-\ns = '\xe9'",
        b"#!/usr/bin/python\n# vim: set fileencoding=iso-8859-15 :\ns = '\xe9'",
    ],
    ids=["utf-8", "byte-order mark", "latin-1", "second line"],
)
def test_coding(source: bytes) -> None:
    (assign,) = built(source).body
    assert assign.value.value == "é"
    assert assign.col_offset == 0


@pytest.mark.parametrize("newline", [b"\r\n", b"\r"])
def test_newlines(newline: bytes) -> None:
    result = build_tree(newline.join([b"x = '''a", b"b'''", b"def f(): pass", b""]), HERE, "m")
    assert isinstance(result, Tree)
    assert result.text == "x = '''a\nb'''\ndef f(): pass\n"
    assign, function = result.module.body
    assert assign.value.value == "a\nb"
    assert (function.position.lineno, function.position.col_offset, function.position.end_col_offset) == (3, 0, 5)


@pytest.mark.parametrize(
    ("source", "line", "column", "message"),
    [
        (b"x = 1\ny = (2\n", 2, 4, "was never closed"),
        (b"x = 1\n\n  y = 2\n", 3, 1, "unexpected indent"),
        (b"print 'hello'", 1, 0, "Missing parentheses"),
        (b"x = 1\ny =\0 2", 2, 3, "NUL"),
        (b"x = 1\ny = 2\nz = '\xff'", 3, 5, "utf-8"),
        (b"x = '\xff'", 1, 5, "utf-8"),
        (b"# coding: latin-1\n# coding: utf-8\n\xff = 1\n\0", 4, 0, "NUL"),
        (b"# coding: klingon\nx = 1", 1, 0, "klingon"),
        (b"# coding: rot13\nk = 1", 1, 0, "rot"),
        (b"# coding: undefined\nk = 1", 1, 0, "undefined"),
        (b"\xef\xbb\xbf# coding: latin-1\nx = 1", 1, 0, "utf-8"),
    ],
)
def test_failure_says_where(source: bytes, line: int, column: int, message: str) -> None:
    result = failure(source)
    assert (result.line, result.column) == (line, column), result
    assert message in result.message


@pytest.mark.parametrize(
    "source",
    [
        b"(" * 2_000 + b"1" + b")" * 2_000,
        b"-" * 100_000 + b"1",
        b"x = " + b"1 + " * 100_000 + b"1",
        b"x" + b"[0]" * 100_000,
        b"x" + b".y" * 100_000,
        b"x" + b"()" * 100_000,
        b"lambda: " * 50_000 + b"0",
        b"\n".join(b" " * depth + b"if x:" for depth in range(101)) + b" " * 101 + b"y",
        b"if x: pass\n" + b"elif x: pass\n" * 20_000,
        b"f'" + b"{f'" * 200 + b"x" + b"'}" * 200 + b"'",
        b"1" * 100_000,
        b"\\",
        b"'" * 3,
        b"\x1a\x00\xff",
    ],
    ids=range(14),
)
def test_never_raises(source: bytes) -> None:
    limit = sys.getrecursionlimit()
    result = build_tree(source, HERE, "m")
    assert isinstance(result, BuildFailure)
    assert result.message
    assert gc.isenabled()
    assert sys.getrecursionlimit() == limit


def test_what_people_write_is_not_too_deep() -> None:
    built("x = " + " + ".join(f"'{i}'" for i in range(600)))
    built("if x: pass\n" + "elif x: pass\n" * 600)


def test_depth_does_not_depend_on_the_caller() -> None:
    source = b"x = " + b"1 + " * 500 + b"1"

    def below(depth: int) -> Tree | BuildFailure:
        return build_tree(source, HERE, "m") if depth == 0 else below(depth - 1)

    assert isinstance(below(0), Tree)
    assert isinstance(below(sys.getrecursionlimit() - 200), Tree)


def test_fifty_thousand_lines() -> None:
    source = "".join(f"def f{i}(x):\n    '''Doc.'''\n    y = x + {i}\n    return y\n\n" for i in range(10_000))
    start = time.perf_counter()
    assert len(built(source).body) == 10_000
    assert time.perf_counter() - start < 30  # some 1 s; quadratic work would take minutes


def test_unreadable(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "missing.py", tmp_path / "nul\0.py", tmp_path / ("x" * 5_000)):
        result = build_file(path, "m")
        assert isinstance(result, BuildFailure)
        assert (result.path, result.line, result.column) == (path, 1, 0)


def test_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.py")
    result = build_file(tmp_path / "pipe.py", "m")
    assert isinstance(result, BuildFailure)
    assert "regular" in result.message


def test_misplaced_type_comment_is_a_comment() -> None:
    with pytest.raises(SyntaxError):
        ast.parse("x = (1  # type: int\n)", type_comments=True)
    assert len(built("x = (1  # type: int\n)").body) == 1


def test_warnings_of_the_parser_are_not_ours() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        built(r"x = '\d'; y = 1if x else 2")


def test_collection_is_restored() -> None:
    with collection_paused():
        with collection_paused():
            assert not gc.isenabled()
        assert not gc.isenabled()
        failure(b"(")
        assert not gc.isenabled()
    assert gc.isenabled()


def test_astroid_is_left_alone() -> None:
    program = f"""
from pathlib import Path
from astroid import raw_building
from astroid.astroid_manager import MANAGER
from jaxlint.project import Tree, build_tree
before = dict(MANAGER.astroid_cache), raw_building.InspectBuilder.bootstrapped
assert isinstance(build_tree({EVERYTHING.encode()!r}, Path("m.py"), "m"), Tree)
assert before == (dict(MANAGER.astroid_cache), raw_building.InspectBuilder.bootstrapped)
assert "m" not in MANAGER.astroid_cache
"""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    subprocess.run([sys.executable, "-c", program], check=True, env=environment)
