"""Input that is broken, odd or huge: pylint's own message where it has one, and otherwise nothing lost.

Each broken file stands beside a sound one with a finding, in one run of pylint: that finding has to be there still.
"""

from __future__ import annotations

import os
import textwrap
from collections.abc import Callable
from pathlib import Path

import pytest

from .conftest import RunPylint, Said, Write

BRANCH = "jax-traced-branch"
SOUND = """
    import jax

    @jax.jit
    def step(x):
        return 1 if x > 0 else 2
    """
SOUND_FINDING = ("sound.py", 5, BRANCH)
PYLINT_CANNOT_READ = {"syntax-error", "parse-error"}

HEADER = "import jax\n\n@jax.jit\ndef step(x):\n    if x > 0:\n        x = 2 * x\n    return x\n"
"""Seven lines, with a finding in the fifth."""


@pytest.fixture
def lint(write: Write, tmp_path: Path, run_pylint: RunPylint):
    """Lints the file `odd.py` of these bytes together with a sound one."""

    def run(data: bytes, timeout: float = 120) -> Said:
        write({"sound.py": SOUND})
        (tmp_path / "odd.py").write_bytes(data)
        return _checked(run_pylint("--enable=F,syntax-error", "sound.py", "odd.py", timeout=timeout))

    return run


def _checked(said: Said) -> Said:
    """A run that came to its end and lost nothing of the sound file."""
    assert "Traceback" not in said.err + said.out
    assert SOUND_FINDING in said.findings
    assert not {symbol for _, _, symbol in said.findings} & {"astroid-error", "fatal", "jax-analysis-fault"}
    return said


def _of_odd(said: Said) -> set[tuple[int, str]]:
    return {(line, symbol) for path, line, symbol in said.findings if path == "odd.py"}


def _symbols(said: Said) -> set[str]:
    return {symbol for _, symbol in _of_odd(said)}


UNREADABLE = {
    "syntax error": b"import jax\n\ndef f(:\n    return 1\n",
    "indentation": b"import jax\n  x = 1\n",
    "Python 2": b"import jax\nprint 'hello'\n",
    "open string": b"import jax\nx = '''open\n",
    "NUL byte": b"import jax\nx = 1\0\n",
    "Latin-1 without coding line": "import jax\nx = '\xe9'\n".encode("latin-1"),
    "unknown coding": b"# -*- coding: utf-7-and-a-half -*-\nimport jax\n",
    "wrong coding": b"# -*- coding: ascii -*-\nimport jax\nx = '\xc3\xa9'\n",
    "binary": b"\x89PNG\r\n\x1a\n\x00\x00jax",
    "UTF-16": "import jax\nx = 1\n".encode("utf-16"),
    # Python's own parser takes 200 at most; some versions say so as a lack of memory.
    "2,000 parentheses": f"{HEADER}x = {'(' * 2000}1{')' * 2000}\n".encode(),
    "2,000 lists": f"{HEADER}x = {'[' * 2000}1{']' * 2000}\n".encode(),
    "2,000 dicts": f"{HEADER}x = {'{0: ' * 2000}1{'}' * 2000}\n".encode(),
}
READABLE = {
    "byte-order mark": b"\xef\xbb\xbf" + HEADER.encode(),
    "carriage returns": HEADER.replace("\n", "\r\n").encode(),
    "no newline at the end": HEADER.rstrip("\n").encode(),
    "UTF-8": HEADER.replace("import jax\n", "import jax  # \xe9\u20ac\n").encode(),
    "form feed": HEADER.replace("\n    if", "\f\n    if").encode(),
    "tabs": HEADER.replace("    ", "\t").encode(),
    "parentheses": f"{HEADER}x = {'(' * 40}1{')' * 40}\n".encode(),
    "the name sch\xf6n": HEADER.replace("step", "sch\xf6n").encode(),
} | {
    coding: (
        f"# -*- coding: {coding} -*-\nimport jax\n@jax.jit\ndef sch\xf6n(x):\n    if x > 0:\n        return 1\n"
    ).encode(coding)
    for coding in ("latin-1", "cp1252", "utf-8")
}
EMPTY = {
    "nothing": b"",
    "one line": b"\n",
    "a byte-order mark": b"\xef\xbb\xbf",
    "a comment": b"# jax\n",
    "a docstring": b'"""jax"""\n',
}


def test_50_000_lines(lint) -> None:
    lines = "".join(f"def f{i}(x):\n    y = x + {i}\n    return jnp.sum(y)\n\n\n" for i in range(10_000))
    said = lint((HEADER + "import jax.numpy as jnp\n" + lines).encode(), timeout=400)
    assert (5, BRANCH) in _of_odd(said)


# As deep and as long as pylint's own walk of the tree can take.
DEEP = {
    "a long sum": "x = " + " + ".join(["y"] * 300),
    "a long string": "x = " + " + ".join(["'a'"] * 300),
    "a long or": "x = " + " or ".join(["y"] * 3000),
    "a long comparison": "x = " + " < ".join(["y"] * 3000),
    "many nots": "x = " + "not " * 150 + "y",
    "many signs": "x = " + "-" * 300 + "y",
    "many attributes": "x = y" + ".a" * 300,
    "many method calls": "x = y" + ".at[0].set(1)" * 60,
    "many items": "x = y" + "[0]" * 300,
    "many ternaries": "x = " + "1 if y else " * 150 + "2",
    "many lambdas": "x = " + "lambda: " * 90 + "y",
    "many branches": "if y == 0:\n    x = 0\n" + "".join(f"elif y == {i}:\n    x = {i}\n" for i in range(150)),
    "a long dict": "x = {" + ", ".join(f"'{i}': y + {i}" for i in range(3000)) + "}",
    "one long line": "x = y; " + "; ".join(f"x{i} = y + {i}" for i in range(3000)),
    "nested functions": "".join(f"{' ' * i}def f{i}(x):\n" for i in range(90)) + " " * 90 + "return x\nx = f0(y)",
    "nested calls": "x = " + "abs(" * 80 + "y" + ")" * 80,
    "nested ifs": "x = y\n" + "".join(f"{' ' * i}if y > {i}:\n" for i in range(90)) + " " * 90 + "x = 1",
}


def _deep(kind: str) -> str:
    """The code once at the top of a module, and once inside a traced function, where every step of it is walked."""
    body = textwrap.indent(DEEP[kind], "    ")
    return f"{HEADER}y = 1\n{DEEP[kind]}\n\n@jax.jit\ndef deep(y):\n{body}\n    return x\n"


NESTED_LOOPS = "".join(f"{' ' * i}for i{i} in range(3):\n" for i in range(19)) + " " * 19 + "x = y\n"


NESTED_COMPREHENSIONS = "x = " + "[" * 20 + "y" + "".join(f" for i{i} in range(3)]" for i in range(20)) + "\n"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(NESTED_LOOPS, id="loops"),
        pytest.param("def f(y):\n" + textwrap.indent(NESTED_LOOPS, " "), id="loops in a function"),
        pytest.param(NESTED_COMPREHENSIONS, id="comprehensions"),
    ],
)
def test_nested_loops_end(text: str, lint) -> None:
    """Each loop is walked more than once, so that bounds have to end it. 19 is the most that Python allows."""
    said = lint(f"{HEADER}y = 1\n{text}".encode(), timeout=60)
    assert (5, BRANCH) in _of_odd(said)


TOO_DEEP = {
    "sum": "x = " + " + ".join(["1"] * 3000),
    "signs": "x = " + "-" * 2000 + "1",
    "calls": "x = y" + ".at[0].set(1)" * 1000,
    "branches": "if y == 0:\n    x = 0\n" + "".join(f"elif y == {i}:\n    x = {i}\n" for i in range(1500)),
}


def test_what_is_too_deep_for_pylint_is_pylints_own_error(write: Write, run_pylint: RunPylint) -> None:
    """pylint ends with a fatal message for each of these files; a module that imports them is linted as ever."""
    files = {f"{kind}_.py": f"{HEADER}y = 1\n{text}\n" for kind, text in TOO_DEEP.items()}
    imports = "".join(f"import {name.removesuffix('.py')}\n" for name in files)
    write({"sound.py": imports + textwrap.dedent(SOUND)})
    write(files)
    fatal = {(name, 1, "astroid-error") for name in files}
    without = run_pylint("--disable=all", "--enable=F", *files, plugin=False, only_jax=False)
    assert without.findings == fatal, "pylint takes them: make them deeper"
    said = run_pylint("--enable=F", *files, "sound.py")
    assert said.findings == fatal | {("sound.py", len(files) + 6, BRANCH)}
    assert "jaxlint" not in said.err


ODD_PROGRAMS = {
    "a class that inherits from itself by name": """
        class Model(Model):
            def f(self, x):
                return self.f(x)
        jax.jit(Model().f)(1)
        """,
    "classes that inherit from each other": """
        class A(B):
            pass
        class B(A):
            def f(self, x):
                return super().f(x)
        jax.jit(B().f)(1)
        """,
    "a decorator that is recursive": """
        def twice(f):
            return twice(jax.jit(f))
        @twice
        def g(x):
            return g(x)
        """,
    "mutually recursive decorated functions": """
        @jax.jit
        def even(n):
            return odd(n - 1)
        @jax.jit
        def odd(n):
            return even(n - 1)
        even(4)
        """,
    "a function that decorates itself": """
        @f
        def f(x):
            return f
        jax.jit(f)(1)
        """,
    "a recursive type": """
        from typing import NamedTuple, Union
        Tree = Union["Tree", list["Tree"], jax.Array]
        class Node(NamedTuple):
            left: "Node"
            right: "Node"
        @jax.jit
        def depth(tree: Node, other: Tree):
            return depth(tree.left, other) + depth(tree.right, other)
        """,
    "a list that holds itself": """
        x = []
        x.append(x)
        d = {}
        d["d"] = d
        jax.jit(lambda a, b: a)(x, d)
        """,
    "an object that holds itself": """
        class Node:
            def __init__(self):
                self.me = self
                self.make = Node
        node = Node()
        node.other = node.me.me
        jax.jit(lambda n: n.me.me.make())(node)
        """,
    "transformations of themselves": """
        f = jax.jit
        for _ in range(3):
            f = f(f)
        f(jax.jit)(1)
        jax.grad(jax.grad)(jax.vmap)
        """,
    "a transformation that grows": """
        def f(x):
            return x
        while True:
            f = jax.vmap(jax.grad(f))
        f(1)
        """,
    "a closure that grows": """
        def make(f, n):
            return make(lambda x: f(f(x)), n - 1) if n else f
        jax.jit(make(lambda x: x, 100))(1)
        """,
    "the Y combinator": """
        Y = lambda f: (lambda x: x(x))(lambda y: f(lambda *a: y(y)(*a)))
        jax.jit(Y(lambda me: lambda n: me(n - 1)))(3)
        """,
    "scan over itself": """
        def body(c, x):
            return jax.lax.scan(body, c, x)
        jax.lax.scan(body, 0, None)
        """,
    "custom rules of one another": """
        @jax.custom_vjp
        def f(x):
            return f(x)
        f.defvjp(f, f)
        jax.grad(f)(1.0)
        """,
    "names that do not exist": """
        @jax.no_such_transformation(missing, *unknown, **unknown)
        def f(x, /, y=missing, *args: missing, z: missing = missing, **kwargs) -> missing:
            return missing.attribute[missing](missing, *args, **kwargs)
        jax.jit(f)(missing)
        """,
    "calls with the wrong arguments": """
        jax.jit()
        jax.jit(1, 2, 3, 4, 5)
        jax.jit(jax)(jax)
        jax.vmap(lambda: 1, in_axes="x")(1)
        jax.jit(lambda x: x, static_argnums=object())(1)
        jax.jit(lambda x: x, static_argnums=-7, donate_argnums=(9, "a"))(1, 2)
        jax.grad(lambda x: x, argnums=None)()
        jax.lax.scan(*[], **{})
        jax.lax.cond(1)
        jax.lax.switch()
        jax.lax.fori_loop(0)
        jax.tree.map()
        jax.random.split()
        jax.random.normal(*(1, 2), **{"key": 3})
        """,
    "everything is deleted": """
        def f(x):
            del x
            return x
        jax.jit(f)(1)
        del f, jax
        f(jax)
        """,
    "JAX itself is rebound": """
        jax = jax.jit = jax
        jax.jit.jit = lambda f: f
        @jax.jit
        def f(x):
            global jax
            jax = x
            return jax.numpy
        """,
    "unpacking that does not fit": """
        def f(x):
            a, (b, *c), d = x, *x
            (a, b), c = 1
            for a, (b, c) in x, 3:
                pass
            [*a] = [*b] = x
            return {**x, **a}, [*x, *1], f(*x, **x)
        jax.jit(f)(1)
        """,
    "a match statement with everything": """
        def f(x):
            match x:
                case {"a": [1, *_], **rest} | {"b": rest} if x > rest:
                    return rest
                case jax.Array(shape=(n, *_)) | complex(real=0) as y:
                    return y
                case -1 | "s" | None | [] | [_, (3 | 4)]:
                    return x
            return f(x)
        f(jax)
        """,
    "generators and coroutines": """
        async def f(x):
            async with x as y, y as z:
                async for i in z:
                    yield [await j async for j in i]
        def g(x):
            y = yield from g(x)
            return (yield y)
        jax.jit(f)(1), jax.jit(g)(1)
        """,
}


PROGRAMS = {kind: HEADER + textwrap.dedent(text).lstrip("\n") for kind, text in ODD_PROGRAMS.items()}
PROGRAMS |= {kind: _deep(kind) for kind in DEEP}


Programs = Callable[[str], dict[tuple[int, str], str]]
"""From a file's name to its messages: line and symbol, and what they say."""


@pytest.fixture(scope="module")
def odd_files(tmp_path_factory: pytest.TempPathFactory, run_pylint_in: RunPylint) -> Programs:
    """All of the files above in one folder, linted in one run, in which none may harm another."""
    folder = tmp_path_factory.mktemp("odd")
    texts = {kind: text.encode() for kind, text in PROGRAMS.items()} | UNREADABLE | READABLE | EMPTY
    names = {kind: f"odd_{number}.py" for number, kind in enumerate(texts)}
    for kind, name in names.items():
        (folder / name).write_bytes(texts[kind])
    said = run_pylint_in(folder, "--enable=F,syntax-error", *names.values(), timeout=300)
    assert "Traceback" not in said.err
    messages = said.messages

    def messages_of(kind: str) -> dict[tuple[int, str], str]:
        return {(m["line"], m["symbol"]): m["message"] for m in messages if m["path"] == names[kind]}

    return messages_of


@pytest.mark.parametrize("kind", UNREADABLE)
def test_what_python_cannot_read_is_pylints_own_error(kind: str, odd_files: Programs) -> None:
    (symbol,) = (symbol for _, symbol in odd_files(kind))
    assert symbol in PYLINT_CANNOT_READ


@pytest.mark.parametrize("kind", READABLE)
def test_what_python_reads_is_linted(kind: str, odd_files: Programs) -> None:
    assert set(odd_files(kind)) == {(5, BRANCH)}


@pytest.mark.parametrize("kind", EMPTY)
def test_an_empty_file_is_nothing_to_speak_of(kind: str, odd_files: Programs) -> None:
    assert odd_files(kind) == {}


@pytest.mark.parametrize("kind", PROGRAMS)
def test_odd_programs_lose_nothing(kind: str, odd_files: Programs) -> None:
    found = odd_files(kind)
    assert (5, BRANCH) in found
    bad = PYLINT_CANNOT_READ | {"fatal", "astroid-error", "jax-analysis-fault"}
    assert [text for (_, symbol), text in found.items() if symbol in bad] == []


def test_import_cycles_and_stars(write: Write, run_pylint: RunPylint) -> None:
    write(
        {
            "sound.py": SOUND,
            "pkg/__init__.py": "from .a import *\nfrom .b import *\nfrom . import pkg\n",
            "pkg/a.py": "import jax\nfrom .b import *\nfrom pkg import *\n\n@jax.jit\ndef f(x):\n    return g(x)\n",
            "pkg/b.py": "from .a import *\nfrom .b import *\n\ndef g(x):\n    return f(x) if x > 0 else x\n",
        }
    )
    said = _checked(run_pylint("sound.py", "pkg"))
    assert said.findings == {SOUND_FINDING, ("pkg/b.py", 5, BRANCH)}


def test_a_module_that_does_not_parse_costs_only_itself(write: Write, run_pylint: RunPylint) -> None:
    write({"sound.py": "from broken import *\nimport broken\n" + textwrap.dedent(SOUND), "broken.py": "def f(:\n"})
    said = run_pylint("sound.py")
    assert said.findings == {("sound.py", 8, BRANCH)}
    assert "Traceback" not in said.err


def test_modules_hide_one_another(write: Write, run_pylint: RunPylint) -> None:
    """A folder and a module of one name, and a project's own `jax.py`, of which nothing is known to be JAX."""
    write({"a/sound.py": SOUND, "a.py": "from a.sound import step\n", "b/jax.py": "", "b/sound.py": SOUND})
    said = run_pylint("a/sound.py", "a.py", "b/jax.py", "b/sound.py")
    assert "Traceback" not in said.err
    assert {path for path, _, _ in said.findings} == {"a/sound.py"}


def test_a_directory_that_is_named_like_a_module(write: Write, tmp_path: Path, run_pylint: RunPylint) -> None:
    write({"sound.py": SOUND, "x.py/inner.py": SOUND})
    said = _checked(run_pylint("--enable=F", "sound.py"))
    assert said.findings == {SOUND_FINDING}
    said = run_pylint("--recursive=y", "sound.py", "x.py")
    assert SOUND_FINDING in said.findings
    assert "Traceback" not in said.err


def test_odd_things_beside_a_module(write: Write, tmp_path: Path, run_pylint: RunPylint) -> None:
    """A link that leads nowhere, a link that leads to itself, a pipe."""
    write({"sound.py": "import dangling, circle, pipe\n" + textwrap.dedent(SOUND)})
    (tmp_path / "dangling.py").symlink_to(tmp_path / "nowhere.py")
    (tmp_path / "circle.py").symlink_to(tmp_path / "circle.py")
    os.mkfifo(tmp_path / "pipe.py")
    said = run_pylint("sound.py")
    assert said.findings == {("sound.py", 7, BRANCH)}
    assert "Traceback" not in said.err


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read every file")
def test_a_file_that_may_not_be_read(write: Write, tmp_path: Path, run_pylint: RunPylint) -> None:
    write({"sound.py": SOUND, "odd.py": SOUND})
    (tmp_path / "odd.py").chmod(0)
    said = run_pylint("--enable=F", "sound.py", "odd.py")
    assert SOUND_FINDING in said.findings
    assert "Traceback" not in said.err


def test_a_file_that_does_not_exist(write: Write, run_pylint: RunPylint) -> None:
    write({"sound.py": SOUND})
    said = run_pylint("--enable=F", "sound.py", "missing.py")
    assert said.code & 1
    assert {symbol for _, _, symbol in said.findings} == {"fatal", BRANCH}
    assert "Traceback" not in said.err


@pytest.mark.parametrize(
    ("name", "text", "complaint"),
    [
        ("pyproject.toml", "[tool.pylint\n", "Failed to load"),
        ("pyproject.toml", '[tool.pylint.main]\nload-plugins = ["jaxlint", "no_such_plugin"]\n', "bad-plugin-value"),
        ("pyproject.toml", "[tool.pylint.main]\nno-such-option = 1\n", "unrecognized-option"),
        (".pylintrc", "[MAIN]\nload-plugins=jaxlint\ndisable=no-such-message\n", "unknown-option-value"),
        (".pylintrc", "no section\n", "config-parse-error"),
    ],
)
def test_broken_configuration_is_pylints_own_error(
    name: str, text: str, complaint: str, write: Write, run_pylint: RunPylint
) -> None:
    write({"sound.py": SOUND, name: text})
    options = ["--load-plugins=jaxlint", "--disable=C,W", "--enable=unknown-option-value", "sound.py"]
    said = run_pylint(*options, plugin=False, only_jax=False, json2=False)
    assert complaint in said.out + said.err
    assert BRANCH in said.out
    assert "Traceback" not in said.err
