"""Which names a loop hands from one step to the next."""

from __future__ import annotations

from textwrap import indent

import astroid
import pytest
from astroid import nodes

from jaxlint.trace.carried import carried_names

LOOPS = {
    "bound before it is read": ("part = row\nprint(part)", set()),
    "read before it is bound": ("print(part)\npart = row", {"part"}),
    "added to": ("total = total + row", {"total"}),
    "augmented": ("total += row", {"total"}),
    "bound on one way only": ("if row:\n    part = 1\nprint(part)", {"part"}),
    "bound on both ways": ("if row:\n    part = 1\nelse:\n    part = 2\nprint(part)", set()),
    "bound by a loop that may take no step": ("for part in row:\n    pass\nprint(part)", {"part"}),
    "its own target within": ("for part in row:\n    print(part)", set()),
    "bound in a try": ("try:\n    part = 1\nexcept E:\n    pass\nprint(part)", {"part"}),
    "put into a container": ("parts.append(row)", {"parts"}),
    "an item of it is bound": ("parts[0] = row", {"parts"}),
    "unpacked": ("a, *b = row\nprint(a, b)", set()),
    "with": ("with row as part:\n    print(part)", set()),
    "a function that reads it later": ("part = row\nf = lambda: part", {"part"}),
    "the rest is skipped": ("if row:\n    continue\npart = 1\nprint(part)", set()),
    "deleted": ("part = row\ndel part", set()),
}


@pytest.mark.parametrize("name", LOOPS)
def test_carried_names(name: str) -> None:
    body, expected = LOOPS[name]
    tree = astroid.parse(f"def f(rows):\n  for row in rows:\n{indent(body, '    ')}\n")
    loop = next(tree.nodes_of_class(nodes.For))
    bound = {node.name for node in loop.nodes_of_class((nodes.AssignName, nodes.DelName))} | {"parts", "total"}
    assert carried_names(loop) & bound == expected


def test_a_while_loop_reads_its_test_first() -> None:
    loop = next(astroid.parse("def f(n):\n while n:\n  n = n - 1\n").nodes_of_class(nodes.While))
    assert carried_names(loop) == {"n"}


def test_a_loop_of_a_module_carries_every_name() -> None:
    loop = next(astroid.parse("for row in rows:\n part = row\n f()\n").nodes_of_class(nodes.For))
    assert carried_names(loop) >= {"part", "row"}
