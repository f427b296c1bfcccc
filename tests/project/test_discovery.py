"""`discovery`: homes follow from paths; what a home lists leads back to it."""

import os
from pathlib import Path

import pytest

from jaxlint.project.discovery import HomeKind, files_of, home_of, project_root


def write(root: Path, *names: str) -> None:
    for name in names:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text("")


def listed(path: Path, *source_roots: Path) -> list[str]:
    return [file.name for file in files_of(home_of(path, source_roots), source_roots)]


def test_package_is_the_top_of_the_chain(tmp_path: Path) -> None:
    write(tmp_path, "pkg/__init__.py", "pkg/a.py", "pkg/sub/__init__.py", "pkg/sub/b.py", "pkg/data/script.py", "x.py")
    home = home_of(tmp_path / "pkg" / "sub" / "b.py")
    assert (home.folder, home.root, home.kind) == (tmp_path / "pkg", tmp_path, HomeKind.PACKAGE)
    files = list(files_of(home))
    assert [file.name for file in files] == ["pkg", "pkg.a", "pkg.data.script", "pkg.sub", "pkg.sub.b"]
    assert [file.is_package for file in files] == [True, False, False, True, False]
    assert all(home_of(file.path) == home for file in files)


def test_scripts_have_their_neighbours(tmp_path: Path) -> None:
    write(tmp_path, "train.py", "model.py", "pkg/__init__.py", "deeper/other.py")
    assert home_of(tmp_path / "train.py").kind is HomeKind.SCRIPTS
    assert listed(tmp_path / "train.py") == ["model", "train"]


def test_source_root_needs_no_init(tmp_path: Path) -> None:
    write(tmp_path, "src/ns/a.py", "src/ns/pkg/__init__.py", "src/ns/pkg/b.py", "src/top.py", "src/inner/c.py")
    root = tmp_path / "src"
    assert listed(root / "ns" / "a.py", root) == ["top", "inner.c", "ns.a", "ns.pkg", "ns.pkg.b"]
    assert home_of(root / "inner" / "c.py", [root, root / "inner"]).folder == root / "inner"
    assert "inner.c" not in listed(root / "top.py", root, root / "inner")


def test_what_is_not_source_is_skipped(tmp_path: Path) -> None:
    write(tmp_path, "a.py", ".hidden/b.py", "__pycache__/c.py", "build/lib/d.py", "node_modules/e.py", "my-env/f.py")
    write(tmp_path, "worlds/pyvenv.cfg", "worlds/lib/g.py", "not-a-module.py", "text.txt", "build_tools/h.py")
    write(tmp_path, "pkg/__init__.py", "pkg/build/__init__.py", "pkg/build/i.py")
    assert listed(tmp_path / "a.py", tmp_path) == ["a", "build_tools.h", "pkg", "pkg.build", "pkg.build.i"]


def test_links_in_a_loop_end(tmp_path: Path) -> None:
    write(tmp_path, "pkg/__init__.py", "pkg/sub/__init__.py", "pkg/sub/a.py")
    (tmp_path / "pkg" / "sub" / "again").symlink_to(tmp_path / "pkg")
    (tmp_path / "pkg" / "aaa").symlink_to(tmp_path / "pkg" / "sub")
    (tmp_path / "pkg" / "itself.py").symlink_to(tmp_path / "pkg" / "itself.py")
    assert listed(tmp_path / "pkg" / "sub" / "a.py") == ["pkg", "pkg.sub", "pkg.sub.a"]


def test_linked_folder_is_listed(tmp_path: Path) -> None:
    write(tmp_path, "elsewhere/__init__.py", "elsewhere/a.py", "pkg/__init__.py")
    (tmp_path / "pkg" / "sub").symlink_to(tmp_path / "elsewhere")
    assert listed(tmp_path / "pkg" / "__init__.py") == ["pkg", "pkg.sub", "pkg.sub.a"]


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is forbidden to root")
def test_forbidden_folder_is_empty(tmp_path: Path) -> None:
    write(tmp_path, "a.py", "closed/b.py")
    (tmp_path / "closed").chmod(0)
    try:
        assert listed(tmp_path / "a.py", tmp_path) == ["a"]
    finally:
        (tmp_path / "closed").chmod(0o700)


def test_missing_folder_is_empty(tmp_path: Path) -> None:
    assert listed(tmp_path / "no" / "file.py") == []


def test_project_root(tmp_path: Path) -> None:
    write(tmp_path, "repo/pyproject.toml", "repo/src/pkg/a.py", "repo/.venv/lib/b.py", "repo/x/site-packages/c.py")
    repo = tmp_path / "repo"
    assert project_root(repo / "src" / "pkg") == repo
    assert project_root(repo / ".venv" / "lib") is None
    assert project_root(repo / "x" / "site-packages") is None
