"""`scan_imports`: no import statement is missed; what is plainly none is not taken for one."""

import ast
import time

import pytest

from jaxlint.project.scan import Import, library_strings, scan_imports


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("import jax", {Import(0, "jax", ())}),
        ("import jax.numpy as jnp, os", {Import(0, "jax.numpy", ()), Import(0, "os", ())}),
        ("import\tjax\tas\tj # no, x", {Import(0, "jax", ())}),
        ("from jax import jit, vmap as v", {Import(0, "jax", ("jit", "vmap"))}),
        ("from jax import(jit)", {Import(0, "jax", ("jit",))}),
        ("from . import a", {Import(1, "", ("a",))}),
        ("from.import a", {Import(1, "", ("a",))}),
        ("from .. . a.b import *", {Import(3, "a.b", ("*",))}),
        ("from a import (  # the :) b\n  b,  # c)\n\n  c as d,\n)", {Import(0, "a", ("b", "c"))}),
        ("from a \\\n  import b, \\\n c", {Import(0, "a", ("b", "c"))}),
        ("if x: import a; import b", {Import(0, "a", ()), Import(0, "b", ())}),
        ("try: from a import b\nexcept E: import c", {Import(0, "a", ("b",)), Import(0, "c", ())}),
        ("def f():\n\t\timport a\n", {Import(0, "a", ())}),
        ("from a import (b); from c import d", {Import(0, "a", ("b",)), Import(0, "c", ("d",))}),
        ("x = 'from'; from a import b", {Import(0, "a", ("b",))}),
        (
            "from a._import.b import c; from .import_ import d",
            {Import(0, "a._import.b", ("c",)), Import(1, "import_", ("d",))},
        ),
        ("import ürgs", {Import(0, "ürgs", ())}),
        ("# import a\nx = 1  # import b\nimportant = reimport\nyield_from = 1", set()),
        ("raise E from important", set()),
        ("import", set()),
        ("from a import", set()),
        ("from import b", set()),
        ("", set()),
    ],
)
def test_statement(text: str, expected: set[Import]) -> None:
    assert scan_imports(text) == expected


def test_finds_what_the_parser_finds() -> None:
    with open(ast.__file__, encoding="utf-8") as first, open(pytest.__file__, encoding="utf-8") as second:
        for text in (first.read(), second.read()):
            expected = set()
            for node in ast.walk(ast.parse(text)):
                match node:
                    case ast.Import():
                        expected |= {Import(0, alias.name, ()) for alias in node.names}
                    case ast.ImportFrom():
                        expected.add(Import(node.level, node.module or "", tuple(alias.name for alias in node.names)))
            assert expected
            assert expected <= scan_imports(text)


@pytest.mark.parametrize(
    "text",
    ["from a import (#x\n" * 50_000, "import " * 100_000, "from " * 100_000 + "import", "from a import (" * 100_000,
     ";" * 500_000 + "import", "\\\n" * 300_000, "from" + " " * 500_000 + "import"],
)  # fmt: skip
def test_time_is_linear(text: str) -> None:
    start = time.perf_counter()
    scan_imports(text)
    assert time.perf_counter() - start < 10  # less than 1 s; quadratic work would take minutes


def test_library_strings() -> None:
    pattern = library_strings(["jax", "flax"])
    assert pattern is not None
    assert pattern.search('import_module("jax.numpy")')
    assert pattern.search("LazyModule('flax')")
    assert not pattern.search("'jaxtyping' and jax and 'jax-like'")
    assert library_strings([]) is None
