"""What a method of a framework's object asks of the framework's call around it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Asks(Enum):
    """What is asked for."""

    WRITE = "write"  # that a collection of variables may be written: linen's `mutable=`
    KEY = "key"  # a stream of random numbers: linen's `rngs=`


@dataclass(frozen=True, slots=True)
class Demand:
    """One thing that is asked for: `nn.BatchNorm` in training writes "batch_stats", an active `nn.Dropout` draws.

    Flags, fractions and names are looked up among the arguments of the call, and where they are left out or None among
    the fields of the object.

    Attributes:
        asks: see the enum.
        name: of the collection or stream.
        named: the parameter or field that gives the name, where it is given.
        flag: the parameter or field that must be `value`; "" where it is asked for always.
        share: the parameter or field that must be a number between 0 and 1, neither of them; "" for none.
        unless: the parameter that takes its place, when it is given; "" for none.
    """

    asks: Asks
    name: str = ""
    named: str = ""
    flag: str = ""
    value: bool = False
    share: str = ""
    unless: str = ""
