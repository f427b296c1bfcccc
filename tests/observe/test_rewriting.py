"""A rewritten module does what it did, and tells what each place held."""

from __future__ import annotations

import ast
import textwrap
from pathlib import Path

import pytest

from jaxlint.observe.importing import compiled
from jaxlint.observe.recording import Recorder
from jaxlint.observe.sites import Held, Record


def run(tmp_path: Path, source: str) -> tuple[dict[str, object], list[Record]]:
    """Run a module with a recorder that takes integers for tracers and knows of no open trace."""
    path = tmp_path / "module.py"
    path.write_text(textwrap.dedent(source))
    recorder = Recorder(lambda v: Held.TRACED if type(v) is int else Held.STATIC, lambda: False)
    recorder.install()
    names: dict[str, object] = {"__name__": "module"}
    exec(compiled(path, recorder.number_of), names)
    recorder.write(tmp_path / "records")
    return names, [Record.from_json(line) for line in (tmp_path / "records").read_text().splitlines()]


def held(records: list[Record]) -> dict[tuple[str, int, int, str], str]:
    return {(r.site.function, r.site.line, r.site.column, r.site.name): str(r.otherwise) for r in records}


PLACES = {
    "parameters": (
        """
        def f(a, /, b, *c, d=4, **e):
            '''Said.'''
            return a
        f(1, "b")
        """,
        {("f", 2, 6, "a"), ("f", 2, 12, "b"), ("f", 2, 16, "c"), ("f", 2, 19, "d"), ("f", 2, 26, "e")},
    ),
    "assignments": (
        "x = y = 1\n(a, *b), [c] = [1, 2], [3]\na += 1\nd: int = 4\ne: int\n",
        {("", 1, 0, "x"), ("", 1, 4, "y"), ("", 2, 1, "a"), ("", 2, 5, "b"), ("", 2, 10, "c"), ("", 3, 0, "a")}
        | {("", 4, 0, "d")},
    ),
    "a name that is bound twice at once holds what it was bound to last": (
        "(_, a), _ = (1, 2), 3\nb = [_ for _, _ in [(1, 2)]]\n",
        {("", 1, 4, "a"), ("", 1, 8, "_"), ("", 2, 0, "b"), ("", 2, 14, "_")},
    ),
    "columns in bytes": ("s = 'é'; x = 1\n", {("", 1, 0, "s"), ("", 1, 10, "x")}),
    "loops and managers": (
        """
        import contextlib
        for i, j in [(1, 2)]:
            pass
        with contextlib.nullcontext(1) as a, contextlib.nullcontext(2) as (b):
            pass
        """,
        {("", 3, 4, "i"), ("", 3, 7, "j"), ("", 5, 34, "a"), ("", 5, 67, "b")},
    ),
    "expressions": (
        "f = lambda u: u\nf([x for x in (1, 2) if (w := x) > 1])\n",
        {("", 1, 0, "f"), ("<lambda>", 1, 11, "u"), ("", 2, 9, "x"), ("", 2, 25, "w")},
    ),
    "methods, and nothing in a class body": (
        "class C:\n    a = [i for i in (1,)]\n    def m(self, x=(lambda z: z)(3)):\n        y = x\n\nr = C().m()\n",
        {("C.m", 3, 10, "self"), ("C.m", 3, 16, "x"), ("C.m", 4, 8, "y"), ("C.<lambda>", 3, 26, "z"), ("", 6, 0, "r")},
    ),
    "functions in functions": (
        "def f(x):\n    def g(y):\n        return y\n    return g(x)\nf(1)\n",
        {("f", 1, 6, "x"), ("f.<locals>.g", 2, 10, "y")},
    ),
}


@pytest.mark.parametrize("case", PLACES)
def test_each_place_is_told(case: str, tmp_path: Path) -> None:
    source, places = PLACES[case]
    _, records = run(tmp_path, source)
    assert held(records).keys() == places
    assert all(record.otherwise.executions for record in records)


def test_what_it_holds_is_counted(tmp_path: Path) -> None:
    _, records = run(tmp_path, "for i in (1, 'a', 2):\n    pass\n")
    assert held(records) == {("", 1, 4, "i"): "traced 2, static 1"}


def test_the_module_does_what_it_did(tmp_path: Path) -> None:
    names, _ = run(
        tmp_path,
        """
        '''About.'''
        from __future__ import annotations

        class Base:
            def __init__(self, __secret=7):
                self.kept = __secret

            def whole(self): return self.kept

        class Derived(Base):
            def whole(self) -> Missing:
                '''Documented.'''
                return super().whole() + 1

        def generator(n):
            for k in range(n):
                got = yield k
                if got: return (yield got)

        def counter():
            count = 0
            def up():
                nonlocal count
                count += 1
                return count
            return up

        up = counter(); up()
        steps = generator(3); first = next(steps); sent = steps.send("sent")
        falsy = (lambda x: x * 0)(3), (lambda: None)(), (lambda *, k: k)(k=0)
        pairs = {a: b for a, b in [(1, 2), (3, 4)] if a > 1}
        """,
    )
    assert names["__doc__"] == "About."
    derived = names["Derived"]
    assert derived().whole() == 8  # type: ignore[operator]
    assert derived.whole.__doc__ == "Documented."  # type: ignore[attr-defined]
    assert names["up"]() == 2  # type: ignore[operator]
    assert (names["first"], names["sent"]) == (0, "sent")
    assert names["falsy"] == (0, None, 0)
    assert names["pairs"] == {3: 4}


def test_lines_and_columns_stay(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError) as error:
        run(tmp_path, "def f(x):\n    y = x\n    return y / 0\n\nf(1)\n")
    assert [entry.lineno for entry in error.traceback[-2:]] == [4, 2]


def test_a_value_that_cannot_be_looked_at_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "module.py"
    path.write_text("x = 1\n")

    def fail(_: object) -> Held:
        raise TypeError

    recorder = Recorder(fail, lambda: True)
    recorder.install()
    exec(compiled(path, recorder.number_of), {})
    recorder.write(tmp_path / "records")
    (record,) = [Record.from_json(line) for line in (tmp_path / "records").read_text().splitlines()]
    assert record.tracing.executions == 1
    assert not record.tracing.held


def test_busy_places_are_sampled(tmp_path: Path) -> None:
    _, (record,) = run(tmp_path, "for i in range(100_000):\n    pass\n")
    assert record.otherwise.executions == 100_000
    assert 64 <= record.otherwise.held[Held.TRACED] < 1000


def test_modules_of_all_sorts_can_be_rewritten() -> None:
    root = Path(ast.__file__).parent
    recorder = Recorder(lambda _: Held.STATIC, lambda: False)
    for name in ("dataclasses.py", "typing.py", "ast.py", "functools.py", "asyncio/tasks.py"):
        compiled(root / name, recorder.number_of)
