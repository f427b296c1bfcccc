"""Mutations are made where they can be, are judged by a package's own tests, and a small package shows all of it."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"
sys.path.insert(0, str(BENCHMARKS))

from mutations import KINDS, Coverage, Kind, Mutation, Outcome, Source, added, files_of_tests, judge  # noqa: E402
from mutations.covering import Covering, alike  # noqa: E402
from mutations.judging import Verdict  # noqa: E402
from mutations.making import mutations  # noqa: E402
from mutations.mutation import Judge, Place  # noqa: E402
from random_programs import Finding, Raised  # noqa: E402

LIBRARY = '''\
"""A library."""
import functools
import jax
import jax.numpy as jnp


def scale(x, limit=None):
    """Scales."""
    y = jnp.exp(x)
    if limit is not None:
        y = jnp.where(y > limit, limit, y)
    return y.at[0].set(1.0)


class Meter:
    def read(self, x):
        level = jnp.sum(x)
        return level


def draw(key):
    first, second = jax.random.split(key)
    noise = jax.random.normal(first, (3,))
    return noise + jax.random.normal(second, (3,))


def total(values):
    def body(carry, value):
        a, b, c = carry
        return (a + value, b, c), value

    carry, _ = jax.lax.scan(body, (0.0, 1.0, 2.0), values)
    return jax.lax.cond(carry[0] > 0, lambda z: z, lambda z: -z, carry[0])
'''

TESTS = """\
import unittest

import jax
import jax.numpy as jnp

from library import code


class CodeTest(unittest.TestCase):
    def test_scale(self):
        jax.jit(code.scale)(jnp.ones(3), 2.0)

    def test_draw(self):
        jax.jit(code.draw)(jax.random.key(0))

    def test_total(self):
        jax.jit(jax.vmap(code.total))(jnp.ones((2, 3)))
"""

TRACED = {
    "Meter.read": {"x", "level"},
    "scale": {"x", "y", "limit"},
    "draw": {"key", "first", "second", "noise"},
    "total": {"values", "carry"},
}


def made(name: str) -> list[str]:
    """The lines that each mutation of a kind writes into the library."""
    (kind,) = [kind for kind in KINDS if kind.name == name]
    source = Source("library/code.py", LIBRARY)
    texts = []
    for function in source.functions:
        place = Place(function, frozenset(TRACED.get(function.name, ())))
        for edits in kind.make(place):
            mutant = source.mutant(edits)
            lines = mutant.text.splitlines()
            texts.append("\n".join(lines[number - 1].strip() for number in sorted(mutant.lines)))
    return texts


@pytest.mark.parametrize(
    ("kind", "lines"),
    [
        (".at[i].set -> item assignment", "updated = y\nupdated[0] = 1.0\nreturn updated"),
        ("where -> a if c else b", "y = ((limit) if y > limit else (y))"),
        ("where -> if statement", "if y > limit:\ny = limit\nelse:\ny = y"),
        ("where(c, a, b) -> a[c]", "y = (limit)[y > limit]"),
        ("is not None -> truth", "if limit:"),
        ("jnp.f -> np.f", "y = np.exp(x)"),
        ("jnp.f -> math.f", "y = math.exp(x)"),
        ("split removed", "first, second = key, key"),
        ("carry lacks an element", "return (a + value, b), value"),
        ("scan's output missing", "return (a + value, b, c)"),
        ("a branch of another structure", "return jax.lax.cond(carry[0] > 0, lambda z: (z, 0), lambda z: -z, carry[0])"),
        ("x[0] += 1, del x[0]", "y = jnp.where(y > limit, limit, y)\ndel y[0]"),
        ("arange(n), eye(n)", "y = jnp.exp(x)\ny_made = jnp.arange(y.astype(int).sum())"),
        ("range(x)", "level = jnp.sum(x)\nfor _step in range(level.astype(int).min()):\nlevel = level + 0"),
        ("self.kept = x", "level = jnp.sum(x)\nself.mutation_kept = level"),
        ("one part for two", "first, second = jax.random.split(key)\nsecond = first"),
        ("the key for its part", "first, second = jax.random.split(key)\nfirst = key"),
        ("drawn from besides", "drawn = jax.random.uniform(key)\nfirst, second = jax.random.split(key)"),
        ("a key left out", "noise = jax.random.normal((3,))"),
        ("keys where one is wanted", "noise = jax.random.normal(jax.random.split(first, 3), (3,))"),
        ("a key of a constant", "return noise + jax.random.normal(jax.random.PRNGKey(0), (3,))"),
        ("carry of another shape", "return jax.tree.map(lambda leaf: leaf[None], (a + value, b, c)), value"),
        ("carry becomes a list", "return [a + value, b, c], value"),
        ("functools.cache", "@functools.cache\ndef draw(key):"),
    ],
)
def test_a_kind_is_made(kind: str, lines: str) -> None:
    assert lines in made(kind)


def test_names_of_kinds_are_one_each() -> None:
    assert len({kind.name for kind in KINDS}) == len(KINDS)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_mutants_are_python(kind: Kind) -> None:
    for text in made(kind.name):
        assert text


def test_an_import_moves_no_line() -> None:
    source = Source("code.py", LIBRARY)
    name, edits = source.name_for("numpy", "np")
    mutant = source.mutant(edits)
    assert name == "np"
    assert mutant.text.count("\n") == LIBRARY.count("\n")
    assert not mutant.lines
    assert "import functools; import numpy as np\n" in mutant.text


def test_each_kind_has_its_turn(tmp_path: Path) -> None:
    folder = package(tmp_path)
    where = [("library/code.py", name) for name in TRACED]
    runs = [Covering("library.code_test.CodeTest.test_scale", 1.0, frozenset(where), frozenset())]
    coverage = Coverage(runs)
    coverage.names.update({("library/code.py", name): names for name, names in TRACED.items()})
    first, again = (list(mutations(folder, coverage, KINDS, 1)) for _ in range(2))
    assert [str(each) for each in first] == [str(each) for each in again]
    kinds = [each.kind.name for each in first]
    assert len(set(kinds[: len(set(kinds))])) == len(set(kinds))


BRANCH = Source("code.py", "import jax.numpy as jnp\n\n\ndef f(x):\n    y = jnp.abs(x)\n    return jnp.where(y > 1, y, x)\n")


def verdict(raised: Raised | None, findings: Iterable[Finding]) -> Verdict:
    """What comes of `where` made an `if`."""
    (kind,) = [kind for kind in KINDS if kind.name == "where -> a if c else b"]
    (edits,) = kind.make(Place(BRANCH.functions[0], frozenset({"x", "y"})))
    mutation = Mutation(kind, BRANCH.functions[0], edits)
    return judge(mutation, BRANCH.mutant(edits), Outcome(raised), list(findings)).verdict


def test_a_mutation_is_judged() -> None:
    raised = Raised("TracerBoolConversionError", "Attempted", (("code_test.py", 7), ("code.py", 6)))
    finding = Finding(("code.py", 6), "jax-traced-branch", "E", "said")
    assert verdict(raised, [finding]) is Verdict.FOUND
    assert verdict(raised, [Finding(("code.py", 1), "jax-traced-branch", "E", "said")]) is Verdict.MISSED
    assert verdict(None, [finding]) is Verdict.RIGHT
    assert verdict(Raised("KeyError", "'a'", (("code.py", 6),)), [finding]) is Verdict.OTHER
    elsewhere = Raised("TracerBoolConversionError", "Attempted", (("code_test.py", 7),))
    assert verdict(elsewhere, []) is Verdict.OTHER


def test_a_finding_is_known_again_where_lines_moved() -> None:
    old, new = {"a.py": ["x", "y = f(x)"]}, {"a.py": ["x", "", "y = f(x)"]}
    before = [Finding(("a.py", 2), "jax-key-reuse", "W", "said")]
    after = [Finding(("a.py", 3), "jax-key-reuse", "W", "said"), Finding(("a.py", 1), "jax-key-reuse", "W", "said")]
    assert [finding.place for finding in added(before, after, old, new)] == [("a.py", 1)]


BESIDE = """\
import jax
import jax.numpy as jnp
import pytest

from library import code


@pytest.fixture
def values():
    return jnp.ones(3)


@pytest.mark.parametrize("factor", [1.0, 2.0])
def test_read(values, factor):
    jax.jit(code.Meter().read)(factor * values)
"""


def package(folder: Path) -> Path:
    """A small package with tests of `unittest` in it, and of pytest in the folder beside it."""
    library = folder / "library"
    library.mkdir()
    (library / "__init__.py").write_text("", encoding="utf-8")
    (library / "code.py").write_text(LIBRARY, encoding="utf-8")
    (library / "code_test.py").write_text(TESTS, encoding="utf-8")
    (folder / "tests").mkdir()
    (folder / "tests" / "test_meter.py").write_text(BESIDE, encoding="utf-8")
    return library


def test_tests_stand_in_a_package_and_beside_it(tmp_path: Path) -> None:
    assert files_of_tests(package(tmp_path)) == ["library/code_test.py", "tests/test_meter.py"]


def test_parametrized_tests_are_alike() -> None:
    assert alike("a_test.py::ATest::test_sum12") == alike("a_test.py::ATest::test_sum3")
    assert alike("a_test.py::ATest::test_sum12") != alike("a_test.py::ATest::test_max")
    assert alike("tests/test_a.py::test_sum[x-1]") == alike("tests/test_a.py::test_sum[y-2]")


def test_a_small_package(tmp_path: Path) -> None:
    library = package(tmp_path)
    options = ["--most", "24", "--jobs", "2", "--coverage", tmp_path / "kept"]
    command = [sys.executable, BENCHMARKS / "mutation.py", "--package", library, *options]
    done = subprocess.run(command, capture_output=True, text=True, timeout=600, check=False)
    summary = re.search(r"found ([\d.]+)% of (\d+) confirmed", done.stdout)
    kept = Coverage.read(tmp_path / "kept" / "library.json")
    assert kept.tests(("library/code.py", "Meter.read"), 1, traced=True)[0].startswith("tests/test_meter.py::test_read[")
    assert summary, done.stdout + done.stderr
    assert done.returncode == 0, done.stdout
    assert int(summary[2]) > 12, done.stdout
    assert (library / "code.py").read_text(encoding="utf-8") == LIBRARY


def test_silent_kinds_have_a_judge() -> None:
    silent = {kind.name for kind in KINDS if kind.judge is not Judge.RAISES}
    assert {"split removed", "print(x)", "global = x"} <= silent
