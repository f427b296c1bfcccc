"""`Project`: the same answers whichever file was named first; imports lead to the files that Python would run."""

import itertools
from pathlib import Path

import pytest
from astroid import nodes

from jaxlint.project import BuildFailure, Project
from jaxlint.project.build import build_tree


def write(root: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)


def names(project: Project) -> list[str]:
    return [module.name for module in project.modules]


@pytest.fixture
def pkg(tmp_path: Path) -> Path:
    write(
        tmp_path,
        {
            "pkg/__init__.py": "from .core import *\n",
            "pkg/core.py": "from .sub import layers\nfrom ._compat import jnp\n",
            "pkg/_compat.py": "import jax.numpy as jnp\n",
            "pkg/plain.py": "import os\nfrom math import pi\n",
            "pkg/text.py": "from . import plain\n",
            "pkg/user.py": "from .helper import scale\nimport jax\njax.jit(scale)\n",
            "pkg/helper.py": "from .plain import pi\ndef scale(x): return x * pi\n",
            "pkg/sub/__init__.py": "",
            "pkg/sub/layers.py": "from .. import core\nfrom . import missing\n",
        },
    )
    return tmp_path / "pkg"


def test_modules_are_the_package_around_the_file(pkg: Path) -> None:
    expected = ["pkg", "pkg._compat", "pkg.core", "pkg.helper", "pkg.plain"]
    expected += ["pkg.sub", "pkg.sub.layers", "pkg.text", "pkg.user"]
    assert names(Project([pkg / "sub" / "layers.py"])) == names(Project([pkg / "text.py"])) == expected
    assert names(Project([pkg / "text.py", pkg / "core.py"], follow_package=False)) == ["pkg.core", "pkg.text"]


def test_order_of_the_files_does_not_matter(pkg: Path) -> None:
    write(pkg.parent, {"a/train.py": "import model\n", "a/model.py": "", "b/train.py": "", "pyproject.toml": ""})
    files = [pkg / "core.py", pkg.parent / "b" / "train.py", pkg.parent / "a" / "train.py"]
    answers = {
        (project.modules, tuple(map(project.imports, names(project))), project.resolve_import("a/train", "model"))
        for project in map(Project, itertools.permutations(files))
    }
    assert len(answers) == 1


def test_find_and_at(pkg: Path) -> None:
    project = Project([pkg / "core.py"])
    sub = project.find("pkg.sub")
    assert sub is not None
    assert (sub.path, sub.is_package) == (pkg / "sub" / "__init__.py", True)
    assert project.at(pkg / "sub" / ".." / "sub" / "__init__.py") == sub
    assert [project.find(name) for name in ("pkg.nothing", "jax", "")] == [None] * 3
    assert project.at(pkg) is None


@pytest.mark.parametrize(
    ("module", "modname", "level", "expected"),
    [
        ("pkg", "core", 1, "pkg.core"),
        ("pkg.core", "", 1, "pkg"),
        ("pkg.core", "sub.layers", 1, "pkg.sub.layers"),
        ("pkg.sub", "", 1, "pkg.sub"),
        ("pkg.sub", "core", 2, "pkg.core"),
        ("pkg.sub.layers", "core", 2, "pkg.core"),
        ("pkg.sub.layers", "missing", 1, "pkg.sub.missing"),
        ("pkg.sub.layers", "core", 3, ""),
        ("pkg.sub.layers", "", 99, ""),
        ("pkg.core", "pkg.sub", 0, "pkg.sub"),
        ("pkg.core", "core", 0, "core"),
        ("pkg.core", "jax.numpy", 0, "jax.numpy"),
        ("pkg.core", "", 0, ""),
    ],
)
def test_resolve_import(pkg: Path, module: str, modname: str, level: int, expected: str) -> None:
    assert Project([pkg / "core.py"]).resolve_import(module, modname, level) == expected


def test_trees_are_made_once_and_when_asked_for(pkg: Path) -> None:
    asked: list[Path] = []
    ready = build_tree(b"ready = 1", pkg / "plain.py", "from_pylint")
    assert not isinstance(ready, BuildFailure)

    def provider(path: Path) -> nodes.Module | None:
        asked.append(path)
        return ready.module if path.name == "plain.py" else None

    project = Project([pkg / "core.py"], trees=provider)
    assert asked == []
    assert project.tree("pkg.plain") is ready.module
    core = project.tree("pkg.core")
    assert core is not None
    assert core.name == "pkg.core"
    assert core.file == str(pkg / "core.py")
    assert project.tree("pkg.core") is core
    assert asked == [pkg / "plain.py", pkg / "core.py"]
    assert project.failure("pkg.core") is None
    assert (project.tree("pkg.nothing"), project.failure("pkg.nothing")) == (None, None)


def test_failures_are_values(pkg: Path) -> None:
    write(pkg, {"broken.py": "x = (\n"})
    project = Project([pkg / "broken.py", pkg / "gone.py"])
    for name in ("pkg.broken", "pkg.gone"):
        assert project.tree(name) is None
        failure = project.failure(name)
        assert failure is not None
        assert failure.path == pkg / f"{name[4:]}.py"
    assert project.mentions_jax("pkg.gone")
    assert not project.mentions_jax("pkg.broken")


def test_unsaved_text_counts(pkg: Path) -> None:
    project = Project([pkg / "plain.py"], unsaved={pkg / "plain.py": b"import jax\nnew = 1\n"})
    tree = project.tree("pkg.plain")
    assert tree is not None
    assert "new" in tree.locals
    assert project.mentions_jax("pkg.plain")


def test_mentions_jax_goes_along_imports(pkg: Path) -> None:
    project = Project([pkg / "core.py"])
    silent = [name for name in names(project) if not project.mentions_jax(name)]
    # `pkg.text` imports from `pkg`, whose `__init__` may hold anything; `pkg.sub` is empty.
    assert silent == ["pkg.helper", "pkg.plain", "pkg.sub"]
    # … but `pkg.user` hands a function of `pkg.helper`, which uses `pkg.plain`, to `jit`.
    assert all(project.concerns_jax(name) for name in names(project))
    assert not any(map(Project([pkg / "core.py"], libraries=frozenset({"torch"})).mentions_jax, names(project)))


@pytest.mark.parametrize("text", ["import flax", "from importlib import *\nm = import_module('flax.linen')"])
def test_other_libraries_bring_jax(tmp_path: Path, text: str) -> None:
    write(tmp_path, {"a.py": text, "b.py": "import flaxen"})
    project = Project([tmp_path / "a.py"], libraries=frozenset({"jax", "flax"}))
    assert project.concerns_jax("a")
    assert not project.concerns_jax("b")


def test_closures_and_cycles(pkg: Path) -> None:
    project = Project([pkg / "core.py"])
    assert project.imports("pkg.core") == {"pkg", "pkg._compat", "pkg.sub", "pkg.sub.layers"}
    assert project.importers("pkg.plain") == {"pkg.text", "pkg.helper", "pkg.user"}
    assert project.connected("pkg.helper") == {"pkg.helper", "pkg.user", "pkg.plain"}
    assert project.imports("pkg.plain") == frozenset()


def test_script_imports_its_neighbours(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "train.py": "import model, random\nfrom nets.mlp import MLP\nimport plots.curve\nimport numpy\n",
            "model.py": "",
            "random.py": "",
            "nets/__init__.py": "",
            "nets/mlp.py": "from . import parts",
            "nets/parts.py": "",
            "plots/curve.py": "",
            "unrelated/__init__.py": "",
        },
    )
    project = Project([tmp_path / "train.py"])
    assert names(project) == ["curve", "model", "nets", "nets.mlp", "nets.parts", "random", "train"]
    assert project.imports("train") == {"model", "random", "nets", "nets.mlp", "nets.parts", "curve"}
    # Found as a neighbour, which Python looks for first in a script.
    assert project.resolve_import("train", "random") == "random"
    assert project.resolve_import("train", "plots.curve") == "curve"
    assert project.find("plots.curve") == project.find("curve")
    assert project.find("plots") is None


def test_scripts_of_one_name_are_told_apart(tmp_path: Path) -> None:
    write(tmp_path, {f"{folder}/train.py": "import model" for folder in ("v1.0/mnist", "v2/mnist", "lm")})
    write(tmp_path, {"lm/model.py": "", "v2/mnist/model.py": ""})
    project = Project(sorted(tmp_path.rglob("train.py")))
    assert names(project) == [
        "lm/model",
        "lm/train",
        "mnist/model",
        "v1%2E0/mnist/train",
        "v2/mnist/train",
    ]
    assert project.resolve_import("v2/mnist/train", "model") == "mnist/model"
    assert project.resolve_import("lm/train", "model") == "lm/model"
    # What is not beside it is not meant, though other scripts have it.
    assert project.find(project.resolve_import("v1%2E0/mnist/train", "model")) is None


def test_script_named_like_a_library_does_not_hide_it(tmp_path: Path) -> None:
    write(tmp_path, {"pkg/__init__.py": "import jax, types", "tools/jax.py": "", "tools/types.py": ""})
    project = Project([tmp_path / "pkg" / "__init__.py", tmp_path / "tools" / "jax.py"])
    assert names(project) == ["pkg", "tools/jax", "tools/types"]
    assert project.resolve_import("pkg", "jax") == "jax"
    assert project.find("jax") is None
    assert project.resolve_import("tools/types", "jax") == "tools/jax"


def test_namespace_packages_of_a_project(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "pyproject.toml": "",
            "src/ns/alpha/__init__.py": "from ns.beta import f\nfrom ns.loose.tool import g\nimport json",
            "src/ns/beta/__init__.py": "from .impl import f",
            "src/ns/beta/impl.py": "",
            "src/ns/loose/tool.py": "from .other import h\nfrom ..beta import impl",
            "src/ns/loose/other.py": "",
            "src/ns/json/x.py": "",
            "src/unrelated/__init__.py": "",
            "tests/test_alpha.py": "import ns.alpha",
        },
    )
    project = Project([tmp_path / "tests" / "test_alpha.py"])
    assert names(project) == ["alpha", "beta", "beta.impl", "other", "test_alpha", "tool"]
    assert project.imports("test_alpha") == {"alpha", "beta", "beta.impl", "tool", "other"}
    assert project.resolve_import("test_alpha", "ns.alpha") == "alpha"
    assert project.resolve_import("test_alpha", "ns") == "ns"
    assert project.find("ns.alpha") == project.find("alpha")
    assert project.resolve_import("tool", "other", 1) == "other"
    assert project.resolve_import("tool", "beta.impl", 2) == "beta.impl"
    # Without the project around it, a package stands for itself.
    (tmp_path / "pyproject.toml").unlink()
    assert names(Project([tmp_path / "src" / "ns" / "alpha" / "__init__.py"])) == ["alpha"]


def test_source_roots(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "lib/ns/a.py": "from ns import b\nfrom . import b",
            "lib/ns/b.py": "import jax",
            "lib/top.py": "",
            "app/main.py": "import ns.a",
        },
    )
    alone = Project([tmp_path / "app" / "main.py"], source_roots=[tmp_path / "lib"])
    assert names(alone) == ["main", "ns.a", "ns.b", "top"]
    assert alone.imports("main") == {"ns.a", "ns.b"}
    assert alone.resolve_import("ns.a", "b", 1) == "ns.b"
    assert alone.mentions_jax("main")


def test_installed_neighbours_are_not_pulled_in(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "pyproject.toml": "",
            ".venv/lib/site-packages/one/__init__.py": "import two",
            ".venv/lib/site-packages/two/__init__.py": "",
        },
    )
    project = Project([tmp_path / ".venv" / "lib" / "site-packages" / "one" / "__init__.py"])
    assert names(project) == ["one"]


def test_findings_of_a_package_do_not_depend_on_who_else_is_linted(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "pyproject.toml": "",
            "pkg/__init__.py": "",
            "pkg/pure.py": "def f(x): return x",
            "tests/test_it.py": "import jax\nfrom pkg.pure import f\njax.jit(f)",
        },
    )
    both = Project([tmp_path / "tests" / "test_it.py", tmp_path / "pkg" / "pure.py"])
    assert both.importers("pkg.pure") == {"test_it"}
    for project in (both, Project([tmp_path / "pkg" / "pure.py"])):
        assert not project.concerns_jax("pkg.pure")
        assert project.connected("pkg.pure") == {"pkg.pure"}


def test_a_file_that_links_reach_twice_is_there_once(tmp_path: Path) -> None:
    write(tmp_path, {"real/pkg/__init__.py": "", "real/pkg/a.py": ""})
    (tmp_path / "link").symlink_to(tmp_path / "real")
    project = Project([tmp_path / "real" / "pkg" / "a.py", tmp_path / "link" / "pkg" / "a.py"])
    assert names(project) == ["pkg", "pkg.a"]
    assert project.at(tmp_path / "real" / "pkg" / "a.py") == project.at(tmp_path / "link" / "pkg" / "a.py")


def test_linted_files_of_any_name_are_there(tmp_path: Path) -> None:
    write(tmp_path, {"plot-1.2.py": "", "tool": "import plot", "plot-1%2E2.py": ""})
    project = Project([tmp_path / name for name in ("plot-1.2.py", "tool", "plot-1%2E2.py")])
    assert {module.path.name for module in project.modules} == {"plot-1.2.py", "tool", "plot-1%2E2.py"}
    assert all(project.tree(name) is not None for name in names(project))


def test_nothing_linted_is_an_empty_project() -> None:
    assert Project([]).modules == ()
