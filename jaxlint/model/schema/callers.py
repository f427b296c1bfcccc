"""What calls the user's functions as they are: frameworks whose parameters stand around the call, inference."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from jaxlint.model.schema.results import Result, UnknownResult
from jaxlint.model.schema.transformations import Staging
from jaxlint.values.functions import Meaning


class Gets(Enum):
    """What a `Caller` returns, in terms of what the user's function returns."""

    SAME = "same"
    STATE = "state"  # a pytree of arrays in its place: parameters
    STATES = "states"  # two of them: (params, state)
    WITH_STATE = "with state"  # (result, state)
    STATE_AFTER = "state after"  # (state, ...): (result, state) turned round
    PERHAPS_STATE = "perhaps state"  # the result, or (result, state) where `switch` is given
    OBJECT = "object"  # the object itself, ready to be called
    RESULT = "result"  # whatever the row's `result` says


@dataclass(frozen=True, slots=True)
class Caller(Meaning):
    """A function of a library that calls the user's, after it took off arguments of its own.

    `model.apply(variables, x)` calls `model.__call__(x)`; `hk.transform(f).apply(params, rng, x)` calls `f(x)`;
    `MCMC(NUTS(model)).run(key, x)` calls `model(x)`. The arguments arrive as they are given.

    Attributes:
        path: the public dotted name; that of a method stands below the name of the class.
        own: the positional parameters that it keeps to itself.
        keywords: the keywords that it keeps to itself.
        state: the one of `own` that holds the parameters with which the function computes ("" where it makes them).
        calls: the method of the object that it calls; "" for the function that a `Maker` was given.
        functions: the attributes of the object that hold what it calls, each with the arguments that remain:
            `sampler.model` is the attribute `model` of what the attribute `sampler` holds. Takes the place of `calls`.
        staging: whether a jaxpr is built meanwhile.
        instead: the keyword that names another function or method to call ("" for none).
        gets: what it returns.
        result: what `Gets.RESULT` speaks of.
        switch: the keyword that `Gets.PERHAPS_STATE` speaks of.
        writable: the keyword that names the collections of variables which the function may write ("" where it may
            write any, or there are none).
        streams: the keyword that brings the keys ("" for none).
        serves_all: the stream whose key serves for all others.
        aliases: further public names.
    """

    path: str
    own: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    state: str = ""
    calls: str = ""
    functions: tuple[str, ...] = ()
    staging: Staging = Staging.INHERIT
    instead: str = ""
    gets: Gets = Gets.SAME
    result: Result = UnknownResult()
    switch: str = ""
    writable: str = ""
    streams: str = ""
    serves_all: str = ""
    aliases: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """What the function is called in the object that has it."""
        return self.path.rpartition(".")[2]


@dataclass(frozen=True, slots=True)
class Maker(Meaning):
    """A function of a library that makes an object of functions which call the one that it is given: `hk.transform(f)`.

    Attributes:
        path: the public dotted name.
        makes: the class of the object, whose row names its fields.
        members: the functions in it.
        function: the parameter that takes the user's function.
        parameters: its positional parameters, in order.
        aliases: further public names.
    """

    path: str
    makes: str
    members: tuple[Caller, ...]
    function: str = "f"
    parameters: tuple[str, ...] = ("f",)
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Lessener(Meaning):
    """A function that is given an object of a `Maker` and returns it with fewer parameters: `hk.without_apply_rng`.

    Attributes:
        path: the public dotted name.
        member: the function in the object that changes.
        without: the one of its own parameters that it does not have any more.
        aliases: further public names.
    """

    path: str
    member: str
    without: str
    aliases: tuple[str, ...] = ()
