"""The public names of JAX, release by release: which are there, which warn, which are gone.

The data stands in `jax_api.json`, which `benchmarks/api_table.py` makes from the released wheels. It is read when the
first name is looked up. A state over the releases is written as where it begins: `0+22d29-` is there from release 0,
warns from 22, is gone from 29; `modules` has for each module

    is      when the module is there              loaded  when `import jax` loads it
    always  names that it has in all releases     moving  the states of the others
    open    when it has names that the text of the wheel does not show

`loads` has the further modules that importing one loads, `instead` what JAX's messages say to use, `parameters` the
signatures of functions by the number of the release that brought them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cache
from pathlib import Path

from jaxlint.model.versions import Version, Versions, version


class State(Enum):
    """What reading a name does in one release."""

    THERE = "+"
    DEPRECATED = "d"
    GONE = "-"


_RUN = re.compile(r"(\d+)([+d-])")


@cache
def _runs(text: str) -> tuple[tuple[int, State], ...]:
    return tuple((int(start), State(state)) for start, state in _RUN.findall(text))


def _at(text: str, release: int) -> State:
    state = State.GONE
    for start, known in _runs(text):
        if start > release:
            break
        state = known
    return state


@dataclass(frozen=True, slots=True)
class History:
    """What became of a name: the releases that brought it, deprecated it and removed it, as far as there were such."""

    added: str | None
    deprecated: str | None
    removed: str | None


class Api:
    """The table. A release is named by its number in `versions`, the last one being the newest that is known."""

    def __init__(self, data: Mapping[str, object]) -> None:
        self.versions: tuple[str, ...] = tuple(data["versions"])  # type: ignore[arg-type]
        self._modules: dict[str, dict[str, object]] = data["modules"]  # type: ignore[assignment]
        self._loads: dict[str, str] = data["loads"]  # type: ignore[assignment]
        self._instead: dict[str, str] = data["instead"]  # type: ignore[assignment]
        self._parameters: dict[str, dict[str, str]] = data["parameters"]  # type: ignore[assignment]
        self._numbers: tuple[Version, ...] = tuple(map(version, self.versions))
        self._always: dict[str, frozenset[str]] = {}

    @staticmethod
    @cache
    def known() -> Api:
        """The table that comes with jaxlint, read once per process."""
        text = Path(__file__).with_name("jax_api.json").read_text(encoding="utf-8")
        return Api(json.loads(text))

    def newest(self, allowed: Versions) -> int | None:
        """The newest release in a range; the newest known where the range starts after that; None if there is none."""
        for release in range(len(self._numbers) - 1, -1, -1):
            if allowed.allows(self._numbers[release]):
                return release
        beyond = allowed.clauses and all(
            clause.operator in (">=", ">", "==") and clause.numbers > self._numbers[-1] for clause in allowed.clauses
        )
        return len(self._numbers) - 1 if beyond else None

    def modules(self, release: int) -> list[str]:
        """The modules of a release."""
        return [name for name in self._modules if self.has_module(name, release)]

    def names(self, module: str, release: int) -> dict[str, State]:
        """The names that a module has in a release, those that warn among them."""
        entry = self._modules[module]
        found = dict.fromkeys(str(entry["always"]).split(), State.THERE)
        moving = {name: _at(text, release) for name, text in self._moving(module).items()}
        return found | {name: state for name, state in moving.items() if state is not State.GONE}

    def has_module(self, name: str, release: int) -> bool:
        """Whether a module is there."""
        entry = self._modules.get(name)
        return entry is not None and _at(str(entry["is"]), release) is State.THERE

    def ever_had_module(self, name: str) -> bool:
        """Whether a module was there in any release."""
        return name in self._modules

    def is_open(self, name: str, release: int) -> bool:
        """Whether a module has names that the table does not know."""
        return _at(str(self._modules[name].get("open", "")), release) is State.THERE

    def is_loaded(self, name: str, release: int) -> bool:
        """Whether `import jax` loads a module."""
        return _at(str(self._modules.get(name, {}).get("loaded", "")), release) is State.THERE

    def loads(self, name: str) -> tuple[str, ...]:
        """The further public modules that importing one loads, in some release."""
        return tuple(self._loads.get(name, "").split())

    def state(self, module: str, name: str, release: int) -> State:
        """What reading a name of a module does, its submodules aside."""
        moving = self._moving(module).get(name)
        if moving is not None:
            return _at(moving, release)
        return State.THERE if name in self._always_of(module) else State.GONE

    def ever_had(self, module: str, name: str) -> bool:
        """Whether a module had a name in any release."""
        moving = self._moving(module).get(name)
        if moving is not None:
            return any(state is not State.GONE for _, state in _runs(moving))
        return name in self._always_of(module)

    def history(self, module: str, name: str, release: int) -> History:
        """How a name came to be what it is in a release."""
        return self._history(_runs(self._moving(module).get(name, "")), release)

    def module_history(self, name: str, release: int) -> History:
        """How a module came to be there or gone in a release."""
        return self._history(_runs(str(self._modules[name]["is"])), release)

    def instead(self, path: str) -> str:
        """What JAX's own messages say to use in the place of a name; empty where they name nothing."""
        return self._instead.get(path, "")

    def parameters(self, path: str, release: int) -> tuple[str, ...] | None:
        """The signature of a function, item by item; None where it is not known."""
        known = self._parameters.get(path)
        if known is None:
            return None
        found = ""
        for start, text in known.items():
            if int(start) > release:
                break
            found = text
        return tuple(found.split(", ")) if found else None

    def _history(self, runs: tuple[tuple[int, State], ...], release: int) -> History:
        added = deprecated = removed = None
        for start, state in runs:
            if start > release:
                break
            match state:
                case State.THERE:
                    added, deprecated, removed = self.versions[start], None, None
                case State.DEPRECATED:
                    deprecated = self.versions[start]
                case State.GONE:
                    removed = self.versions[start]
        return History(added, deprecated, removed)

    def _moving(self, module: str) -> dict[str, str]:
        return self._modules[module].get("moving", {})  # type: ignore[return-value]

    def _always_of(self, module: str) -> frozenset[str]:
        known = self._always.get(module)
        if known is None:
            known = self._always[module] = frozenset(str(self._modules[module]["always"]).split())
        return known
