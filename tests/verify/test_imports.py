"""Each example imports what it uses: in a process where nothing but JAX and NumPy themselves was imported before.

`verify` shows many examples in one process, where what an earlier one imported, or verify itself, is there for the next.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from jaxlint.verify.cli import EXAMPLES, example_folders

WriteExample = Callable[..., Path]

# Loads each file in a fork of a process that has imported JAX and NumPy alone, and asks for all that the file names in the
# modules that it imported, within its functions, too.
SCRIPT = """
import ast, os, sys, types
import jax, numpy

def names(node):
    "The parts of a dotted name, none where it is of something else."
    if isinstance(node, ast.Name):
        return [node.id]
    above = names(node.value) if isinstance(node, ast.Attribute) else []
    return [*above, node.attr] if above else []

def missing(path):
    tree = ast.parse(open(path, encoding="utf-8").read())
    module = types.ModuleType("example")
    module.__file__ = path
    sys.modules["example"] = module
    exec(compile(tree, path, "exec"), vars(module))
    for node in ast.walk(tree):
        value, parts = module, names(node) if isinstance(node, ast.Attribute) else []
        for number, part in enumerate(parts):
            if not isinstance(value, types.ModuleType):
                break
            if not hasattr(value, part):
                if number:  # else it is a name of a function's own
                    yield ".".join(parts[:number + 1])
                break
            value = getattr(value, part)

for path in sys.argv[1:]:
    sys.stdout.flush()
    child = os.fork()
    if not child:
        try:
            for name in sorted(set(missing(path))):
                print(f"{path}: {name}")
        except ModuleNotFoundError as error:
            if error.name.partition(".")[0] in ("jax", "numpy", "jaxlint"):
                print(f"{path}: {error}")
        except Exception as error:
            print(f"{path}: {error!r}")
        sys.stdout.flush()
        os._exit(0)
    os.waitpid(child, 0)
"""


def missing(files: list[Path]) -> list[str]:
    """What is used and not imported, by file."""
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", SCRIPT, *map(str, files)],
        env={**os.environ, "JAX_PLATFORMS": "cpu"},
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def test_fixed_code_and_references_import_what_they_use() -> None:
    sides = [folder / f"{side}.py" for folder in example_folders(EXAMPLES) for side in ("fixed", "reference")]
    assert missing(sides) == []


def test_what_is_used_without_an_import_is_found(write_example: WriteExample) -> None:
    fixed = """
        import jax

        def double(x):
            flat, back = jax.flatten_util.ravel_pytree(x)
            return back(2 * flat)
        """
    own = fixed.replace("import jax\n", "import jax\n        import jax.flatten_util\n", 1)
    without, owning = [write_example(name, fixed=text) / "fixed.py" for name, text in (("jax-a", fixed), ("jax-b", own))]
    assert missing([without, owning]) == [f"{without}: jax.flatten_util"]
