"""Imports point one way. `MAY_IMPORT` is the whole order; `jaxlint/README.md` tells it in words.

An import that stands under `if TYPE_CHECKING:` is a word in an annotation and does not count.
"""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]

MAY_IMPORT: dict[str, set[str]] = {
    # the engine
    "values": set(),
    "model": {"values"},
    "trace": {"values", "model"},
    "project": set(),
    "analysis": {"project", "model", "trace"},
    # the rules and pylint
    "session": {"analysis", "project", "model", "trace"},
    "rules": {"session", "trace", "values"},
    "checkers": {"rules", "trace", "model", "values"},
    "faults": {"rules"},
    "profiles": {"rules"},
    "options": {"model", "profiles", "rules", "session"},
    "plugin": {"checkers", "faults", "options", "rules", "session"},
    # commands
    "trace.__main__": {"analysis", "project", "trace"},
    "cli": {"verify"},
    "docs": {"checkers", "rules"},
    # the proof of the examples stands apart, and so does the command that runs a user's program
    "verify": set(),
    "observe": set(),
}
"""What each part may import, besides itself. A part is a module or package of `jaxlint`; `plugin` is its `__init__`."""

MAY_IMPORT_OF_OTHERS: dict[str, set[str]] = {
    "values": {"astroid"},
    "trace": {"astroid"},
    "project": {"astroid"},
    "analysis": {"astroid"},
    "session": {"astroid"},
    "rules": {"astroid", "pylint"},
    "checkers": {"astroid"},
    "faults": {"astroid", "pylint"},
    "options": {"pylint"},
    "profiles": {"pylint"},
}
"""The distributions that each part may import; none where it is not listed. `verify` and `observe` have their own tables."""

VERIFY_RUNS_JAX = (
    *("bench", "subjects", "variations", "fixed_side", "callbacks", "compilers", "match", "evidence", "inputs", "isolation"),
    *("own.drawn", "own.judging"),
)
VERIFY_MAY_IMPORT = {module: {"jax", "numpy"} for module in VERIFY_RUNS_JAX} | {"expect": {"numpy"}}

OBSERVE_MAY_IMPORT = {"classes": {"jax", "numpy"}}


@cache
def modules() -> dict[str, Path]:
    """All modules by their names once installed."""
    found = {}
    for package, folder in (("jaxlint", ROOT / "jaxlint"), ("jaxlint.checkers", ROOT / "checkers")):
        for path in folder.rglob("*.py"):
            parts = path.relative_to(folder).with_suffix("").parts
            found[".".join([package, *parts]).removesuffix(".__init__")] = path
    return found


def part_of(module: str) -> str:
    """The part that a module belongs to."""
    own = module.split(".")[1:]
    if not own:
        return "plugin"
    return ".".join(own) if own[-1] == "__main__" and ".".join(own) in MAY_IMPORT else own[0]


def imports(module: str) -> Iterator[str]:
    """The absolute names of what a module imports when it runs."""
    path = modules()[module]
    tree = ast.parse(path.read_text(encoding="utf-8"))
    typing_only = {
        inner
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"
        for statement in node.body
        for inner in ast.walk(statement)
    }
    package = module if path.name == "__init__.py" else module.rpartition(".")[0]
    for node in ast.walk(tree):
        if node in typing_only:
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
            base = ".".join([*above, *filter(None, [node.module])])
            for alias in node.names:
                inner = f"{base}.{alias.name}"
                yield inner if inner in modules() else base


def test_every_part_is_declared_and_every_declared_part_exists() -> None:
    assert {part_of(module) for module in modules()} == set(MAY_IMPORT)


def test_the_declared_order_has_no_circle() -> None:
    TopologicalSorter(MAY_IMPORT).prepare()


@pytest.mark.parametrize("part", MAY_IMPORT)
def test_a_part_imports_what_is_declared(part: str) -> None:
    wrong = {
        (module, imported)
        for module in modules()
        if part_of(module) == part
        for imported in imports(module)
        if imported.partition(".")[0] == "jaxlint" and part_of(imported) not in MAY_IMPORT[part] | {part}
    }
    assert wrong == set()


@pytest.mark.parametrize("module", modules())
def test_a_module_imports_only_the_distributions_declared(module: str) -> None:
    part = part_of(module)
    match part:
        case "verify":
            allowed = VERIFY_MAY_IMPORT.get(module.removeprefix("jaxlint.verify."), set())
        case "observe":
            allowed = OBSERVE_MAY_IMPORT.get(module.removeprefix("jaxlint.observe."), set())
        case _:
            allowed = MAY_IMPORT_OF_OTHERS.get(part, set())
    roots = {imported.partition(".")[0] for imported in imports(module)}
    assert roots - set(sys.stdlib_module_names) - {"jaxlint"} <= allowed


def test_the_map_names_every_part_and_nothing_else() -> None:
    """Every row of the code map exists, every part has a row, and every module of the tracer is in its table."""
    text = (ROOT / "jaxlint" / "README.md").read_text(encoding="utf-8")
    parts = set(re.findall(r"^\| `(\w+)(?:/|\.py)` \|", text, re.MULTILINE))
    assert parts == {part.partition(".")[0] for part in MAY_IMPORT} - {"plugin"}
    table = text.partition("Inside `trace/`")[2].partition("## Entry points")[0]
    named = re.findall(r"`(\w+)`", table.partition("|---|")[2])
    trace = ROOT / "jaxlint" / "trace"
    own = {path.stem for path in trace.glob("*.py") if not path.stem.startswith("__")}
    own |= {path.parent.name for path in trace.glob("*/__init__.py")}
    for package in ("transform", "avals"):
        own |= {path.stem for path in (trace / package).glob("*.py") if not path.stem.startswith("__")}
    assert sorted(named) == sorted(own)
    files = re.findall(r"`((?:\w+/)?\w+\.py)`", text)
    assert all(list((ROOT / "jaxlint").rglob(file)) or (ROOT / file).exists() for file in files)


def loaded_by(program: str) -> set[str]:
    """The top-level modules that are loaded once a program has run in a process of its own."""
    program += "\nimport sys\nprint(*{name.partition('.')[0] for name in sys.modules})"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=120)
    return set(done.stdout.splitlines()[-1].split())


def test_linting_loads_no_jax(tmp_path: Path) -> None:
    path = tmp_path / "step.py"
    path.write_text("import jax\nimport numpy\njax.jit(lambda x: 1 if x > 0 else 2)(3)\n", encoding="utf-8")
    options = ["--load-plugins=jaxlint", "--disable=all", "--enable=jax", "--score=no", str(path)]
    loaded = loaded_by(f"from pylint.lint import Run\nRun({options!r}, exit=False)")
    assert {"jaxlint", "pylint"} <= loaded
    assert loaded.isdisjoint({"jax", "jaxlib", "numpy", "scipy"})


def test_the_runtime_half_of_verify_loads_no_linter() -> None:
    loaded = loaded_by("import jaxlint.verify.runtime, jaxlint.verify.workplace, jaxlint.verify.evidence")
    assert "jax" in loaded
    assert loaded.isdisjoint({"pylint", "astroid"})


def test_the_program_that_observe_runs_finds_no_linter_loaded() -> None:
    loaded = loaded_by("import jaxlint.observe.program")
    assert "jax" in loaded
    assert loaded.isdisjoint({"pylint", "astroid"})


def test_the_plugins_module_needs_neither_pylint_nor_jax() -> None:
    assert loaded_by("import jaxlint").isdisjoint({"pylint", "astroid", "jax", "numpy"})
