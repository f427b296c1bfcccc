"""Context managers: what is different for the code inside of them."""

from __future__ import annotations

from dataclasses import dataclass

from jaxlint.values.functions import Meaning


@dataclass(frozen=True, slots=True)
class Manager(Meaning):
    """A context manager of a library: `with jax.disable_jit(): …`.

    Attributes:
        path: the public dotted name.
        plain: True when transformations that are marked `plain` run their functions as Python does.
        stages: False when what is made inside out of nothing traced is no tracer, whatever is traced around.
        replaces: names of libraries under which something else is found inside.
        switches: the parameters by one of which it is turned off, in order.
        aliases: further public names.
    """

    path: str
    plain: bool = False
    stages: bool = True
    replaces: tuple[str, ...] = ()
    switches: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
