"""The recorder that a rewritten program calls: it counts what each place holds."""

from __future__ import annotations

import builtins
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from jaxlint.observe.sites import Held, Record, Seen, Site

_T = TypeVar("_T")

OBSERVE = "__jaxlint_observe__"
"""The built-in name by which a rewritten module calls `Recorder.observe`."""

PASS_ON = "__jaxlint_pass_on__"
"""The same for `Recorder.pass_on`."""

_ALL_LOOKED_AT = 6
"""Of a place's executions the first 2**6 are looked at, then of each doubling about as many again."""


class Recorder:
    """Counts by place what values are. `classify` says what one is, `trace_is_open` whether to count it as traced code."""

    def __init__(self, classify: Callable[[object], Held], trace_is_open: Callable[[], bool]) -> None:
        self._classify = classify
        self._trace_is_open = trace_is_open
        self._numbers: dict[Site, int] = {}
        self._records: list[Record] = []
        self._busy = threading.local()

    @property
    def records(self) -> tuple[Record, ...]:
        """What was seen so far, a record for each place of the rewritten code."""
        return tuple(self._records)

    def number_of(self, site: Site) -> int:
        """The number by which the rewritten code names a place; the same for the same place."""
        number = self._numbers.setdefault(site, len(self._records))
        if number == len(self._records):
            self._records.append(Record(site))
        return number

    def observe(self, number: int, value: object) -> None:
        """A place was executed, and holds a value. Never raises: the program runs as without it."""
        record = self._records[number]
        seen = record.tracing if self._trace_is_open() else record.otherwise
        seen.executions = count = seen.executions + 1
        sparse = max(0, count.bit_length() - _ALL_LOOKED_AT)
        if count & ((1 << sparse) - 1) or getattr(self._busy, "now", False):
            return  # flattening a value may run code of the program, and that is not what is observed
        self._busy.now = True
        try:
            self._look(seen, value)
        finally:
            self._busy.now = False

    def _look(self, seen: Seen, value: object) -> None:
        try:
            held = self._classify(value)
        except Exception:  # a dict whose keys have no order, a `flatten` of the program's that fails: not known
            return
        seen.held[held] = seen.held.get(held, 0) + 1

    def pass_on(self, number: int, value: _T) -> _T:
        """Observe a value where an expression needs it."""
        self.observe(number, value)
        return value

    def install(self) -> None:
        """Make the recorder known to rewritten code, wherever its functions end up."""
        setattr(builtins, OBSERVE, self.observe)
        setattr(builtins, PASS_ON, self.pass_on)

    def write(self, path: Path) -> None:
        """Write what was executed, a line a place."""
        executed = [r for r in self._records if r.tracing.executions or r.otherwise.executions]
        path.write_text("".join(f"{record.to_json()}\n" for record in executed), encoding="utf-8")
