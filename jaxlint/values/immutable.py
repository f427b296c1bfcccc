"""`@immutable(frozen=True, slots=True)`: a dataclass whose objects are never changed, and cheap to make.

To the type checker it is `dataclasses.dataclass`, which is where `frozen` is enforced. At run time the class is one with
slots, equal and hashed by content, without the guard of a frozen one: the guard makes construction six times as slow,
and the abstract tracer makes little else than such objects. A class with a slot `_hash` keeps its hash there: values nest,
and are hashed again and again as parts of keys.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dataclasses import dataclass as immutable
else:
    from dataclasses import dataclass

    def _kept(by_content):
        """A hash that is computed once."""

        def __hash__(self):
            try:
                return self._hash
            except AttributeError:
                self._hash = by_content(self)
                return self._hash

        return __hash__

    def immutable(*, frozen, slots):
        """See the module."""

        def make(cls):
            by_content = frozen and "__hash__" not in cls.__dict__  # else the class hashes in a way of its own
            made = dataclass(slots=slots, unsafe_hash=by_content)(cls)
            if by_content and hasattr(made, "_hash"):
                made.__hash__ = _kept(made.__hash__)
            return made

        return make


class Symbol(Enum):
    """An enum for parts of abstract values, hashed by identity in C; the hash of `Enum` is a function in Python."""

    __hash__ = object.__hash__


__all__ = ["Symbol", "immutable"]
