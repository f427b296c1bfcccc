"""Files to trees: which modules a linted file stands among, and their astroid trees, read as text.

Nothing of the user's is imported or run. The way of a file through this package:

    discovery   a path -> its home (package, folder of scripts, source root) -> the files of that home
    scan        text -> the import statements in it, by regular expression
    resolve     an import -> the file that it names
    collect     linted files -> all the files of the project, with what each imports
    graph       who imports whom; closures, cycles included
    build       bytes -> text -> ast -> astroid tree, or a `BuildFailure`
    project     `Project`, which puts these together and keeps the trees
    program     what the text of a whole program says: its imports, its settings, the versions that it asks for

Invariants: nothing here imports another part of jaxlint; astroid's manager and its caches are never written to;
what a project contains does not depend on the order in which its files were named.
"""

from jaxlint.project.build import BuildFailure, Tree, build_file, build_tree, collection_paused
from jaxlint.project.discovery import Home, HomeKind, SourceFile
from jaxlint.project.program import Program
from jaxlint.project.project import Project

__all__ = [
    "BuildFailure",
    "Home",
    "HomeKind",
    "Program",
    "Project",
    "SourceFile",
    "Tree",
    "build_file",
    "build_tree",
    "collection_paused",
]
