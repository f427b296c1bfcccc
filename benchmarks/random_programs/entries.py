"""A whole random program: modules with functions, and the calls at the end of `main.py` that run them."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from dataclasses import replace
from random import Random

from random_programs.functions import make_function
from random_programs.kinds import STATIC, Kind, literal
from random_programs.objects import Made
from random_programs.programs import MAIN, Program
from random_programs.scope import Function
from random_programs.statements import Lines, indented

IMPORTS = """\
import contextlib
import dataclasses
import functools
import math
import random
import time
from functools import partial
from typing import NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
"""

SHARED = """\
HISTORY = []
CACHE = {}


class State(NamedTuple):
    position: jax.Array
    steps: jax.Array


@partial(jax.tree_util.register_dataclass, data_fields=["weights", "bias"], meta_fields=["depth"])
@dataclasses.dataclass(frozen=True)
class Net:
    weights: jax.Array
    bias: jax.Array
    depth: int = 2

    def apply(self, value):
        for _ in range(self.depth):
            value = jnp.tanh(value * self.weights + self.bias)
        return value


@jax.tree_util.register_pytree_node_class
class Pair:
    def __init__(self, first, second, label):
        self.first = first
        self.second = second
        self.label = label

    def total(self):
        reduce = jnp.mean if self.label == "mean" else jnp.sum
        return reduce(self.first) + self.second

    def tree_flatten(self):
        return (self.first, self.second), self.label

    @classmethod
    def tree_unflatten(cls, label, children):
        return cls(*children, label)


def traced_name(function):
    @functools.wraps(function)
    def wrapper(*args, **kwargs):
        with jax.named_scope("wrapped"):
            return function(*args, **kwargs)

    return wrapper


def counted(limit):
    def decorate(function):
        def wrapper(*args):
            assert len(args) >= 0 and limit > 0
            return function(*args)

        return wrapper

    return decorate


def batch(tree):
    return jax.tree.map(lambda leaf: jnp.stack([leaf, leaf]), tree)


def run_many(function, value, times):
    def body(carry, _):
        return function(carry), None

    return jax.lax.scan(body, value, None, length=times)[0]


def compiled(function, *args):
    return jax.jit(function)(*args)
"""

SHARED_NAMES = ("CACHE", "HISTORY", "Net", "Pair", "State", "batch", "compiled", "counted", "run_many", "traced_name")

MESH = 'MESH = jax.make_mesh((2,), ("devices",))\n'
MESH_IMPORT = "from jax.sharding import PartitionSpec as P"

RIGHT = 0.35
"""The share of programs that are made without any of the statements that JAX may refuse."""


def random_program(seed: int) -> Program:
    """The program of a seed: always the same one."""
    random = Random(seed)
    risk = 0.0 if random.random() < RIGHT else random.choice((0.1, 0.25, 0.4))
    split = random.random() < 0.5
    qualified = split and random.random() < 0.4
    made: list[tuple[bool, Made]] = []
    for number in range(random.randint(1, 4)):
        elsewhere = split and random.random() < 0.6
        callable_here = [
            _seen(new.function, qualified=qualified and other and not elsewhere)
            for other, new in made
            if other or not elsewhere
        ]
        made.append((elsewhere, make_function(number, callable_here, risk, random)))
    known = [_seen(new.function, qualified=qualified and elsewhere) for elsewhere, new in made]
    entries: list[Lines] = []
    for number in range(random.randint(1, 3)):
        entries.append(_entry(number, random.choice(known), random))
    # Whatever is defined is called: of code that never runs nothing could be told.
    for function in known:
        if not any(function.call in line for lines in entries for line in lines):
            entries.append(_eager(0, function, [literal(kind, random) for _, kind in function.parameters], random))
    here, there = ([new for elsewhere, new in made if elsewhere is side] for side in (False, True))
    if not split:
        return Program({MAIN: _assembled(IMPORTS, SHARED, here, entries)})
    if qualified and random.random() < 0.5:
        common = _assembled(IMPORTS, SHARED, [], [])
        imported = f"from common import {', '.join(SHARED_NAMES)}\n"
        helpers = _assembled(IMPORTS + imported, "", there, [])
        main = _assembled(IMPORTS + imported + "import helpers\n", "", here, entries)
        return Program({MAIN: main, "helpers.py": helpers, "common.py": common})
    defined = () if qualified else _defined(there)
    imported = f"from helpers import {', '.join(sorted((*SHARED_NAMES, *defined)))}\n"
    imported += "import helpers\n" if qualified else ""
    helpers = _assembled(IMPORTS, SHARED, there, [])
    return Program({MAIN: _assembled(IMPORTS + imported, "", here, entries), "helpers.py": helpers})


def _seen(function: Function, *, qualified: bool) -> Function:
    """A function as another module calls it."""
    return replace(function, call=f"helpers.{function.call}") if qualified else function


def _defined(made: Sequence[Made]) -> list[str]:
    """The names that the functions of the other module stand under."""
    names = []
    for new in made:
        for node in ast.parse("\n".join(new.lines)).body:
            match node:
                case ast.FunctionDef(name=name) | ast.ClassDef(name=name) | ast.Assign(targets=[ast.Name(id=name)]):
                    names.append(name)
    return names


def _assembled(imports: str, shared: str, made: Sequence[Made], entries: Sequence[Lines]) -> str:
    definitions = "\n\n".join("\n".join(new.lines) + "\n" for new in made)
    calls = "".join("\n".join(lines) + "\n" for lines in entries)
    needed = list(dict.fromkeys(line for new in made for line in new.imports))
    if "MESH" in definitions:
        needed.append(MESH_IMPORT)
        shared += MESH
    imports += "".join(f"{line}\n" for line in needed)
    return "\n\n".join(part for part in (imports, shared, definitions, calls) if part)


def _entry(number: int, function: Function, random: Random) -> Lines:
    """Definitions, and last the expression statement that is the entry."""
    arguments = [literal(kind, random) for _, kind in function.parameters]
    forms = [_eager, _jitted, _jitted, _jitted, _looped, _looped, _staged, _named]
    kinds = [kind for _, kind in function.parameters]
    if not set(kinds) & {*STATIC, Kind.HOST, Kind.KEY}:
        forms += [_mapped, _mapped]
    if kinds[0] in (Kind.FLOAT, Kind.VECTOR, Kind.PARAMS) and function.returns is Kind.FLOAT:
        forms += [_differentiated, _differentiated, _differentiated]
    if kinds[0] in (Kind.FLOAT, Kind.VECTOR, Kind.PARAMS):
        forms.append(_donated)
    if kinds == [function.returns] and function.returns in (Kind.FLOAT, Kind.VECTOR, Kind.STATE, Kind.PARAMS):
        forms += [_scanned, _scanned]
    return random.choice(forms)(number, function, arguments, random)


def _positional_jit(function: Function, random: Random) -> str:
    """`jax.jit(f, static_argnums=…)`: by position, since what is called need not tell its names."""
    positions = [n for n, (_, kind) in enumerate(function.parameters) if kind in STATIC and random.random() < 0.9]
    return f"jax.jit({function.call}, static_argnums={tuple(positions)!r})" if positions else f"jax.jit({function.call})"


def _eager(number: int, function: Function, arguments: list[str], random: Random) -> Lines:
    return [f"{function.call}({', '.join(arguments)})"]


def _jitted(number: int, function: Function, arguments: list[str], random: Random) -> Lines:
    if random.random() < 0.4:
        return [f"fast_{number} = {_positional_jit(function, random)}", f"fast_{number}({', '.join(arguments)})"]
    if random.random() < 0.3 and not any(kind in STATIC for _, kind in function.parameters):
        return [f"compiled({function.call}, {', '.join(arguments)})"]
    return [f"{_positional_jit(function, random)}({', '.join(arguments)})"]


def _named(number: int, function: Function, arguments: list[str], random: Random) -> Lines:
    """Options by name, as most people give them; which of them are static stands in names, too."""
    first, *others = zip(function.parameters, arguments, strict=True)
    if any(mark in function.call for mark in ".["):  # a method's parameters have the names that it gives them, too
        return _jitted(number, function, arguments, random)
    static = [name for name, kind in function.parameters if kind in STATIC and random.random() < 0.9]
    jit = f"jax.jit({function.call}, static_argnames={static!r})" if static else f"jax.jit({function.call})"
    return [f"{jit}({', '.join([first[1], *(f'{name}={argument}' for (name, _), argument in others)])})"]


def _donated(number: int, function: Function, arguments: list[str], random: Random) -> Lines:
    """A training step that is given its state for good; the state is read again, or bound anew."""
    names = [name for name, _ in function.parameters]
    static = tuple(n for n, (_, kind) in enumerate(function.parameters) if kind in STATIC)
    options = f", static_argnums={static}" if static else ""
    setup = [f"{name} = {argument}" for name, argument in zip(names, arguments, strict=True)]
    made = [*setup, f"step = jax.jit({function.call}, donate_argnums=0{options})"]
    call = f"step({', '.join(names)})"
    lines = random.choice(
        (
            [f"return {call}"],
            [f"{names[0]} = {call}", f"return {names[0]}"],
            [f"out = {call}", f"return out, jax.tree.map(lambda leaf: leaf * 2, {names[0]})"],
            [f"out = {call}", f"return out, jax.tree.map(jnp.shape, {names[0]})"],
        )
    )
    return ["", f"def train_{number}():", *indented([*made, *lines]), "", "", f"train_{number}()"]


def _staged(number: int, function: Function, arguments: list[str], random: Random) -> Lines:
    """A function of its own around the call, put under `jit`, with what is static captured."""
    arrays = [(n, a, k) for (n, k), a in zip(function.parameters, arguments, strict=True) if k not in STATIC]
    pairs = zip(function.parameters, arguments, strict=True)
    given = ", ".join(argument if kind in STATIC else name for (name, kind), argument in pairs)
    decorator = random.choice(("@jax.jit", "@jax.checkpoint", "@partial(jax.jit)"))
    return [
        "",
        decorator,
        f"def main_{number}({', '.join(name for name, _, _ in arrays)}):",
        *indented([f"return {function.call}({given})"]),
        "",
        "",
        f"main_{number}({', '.join(argument for _, argument, _ in arrays)})",
    ]


def _looped(number: int, function: Function, arguments: list[str], random: Random) -> Lines:
    """A training loop: the function is called by Python, a few times."""
    names = [name for name, _ in function.parameters]
    call = random.choice((function.call, _positional_jit(function, random)))
    setup = [f"{name} = {argument}" for name, argument in zip(names, arguments, strict=True)]
    loop = ["results = []", "for _ in range(2):", f"    results.append({call}({', '.join(names)}))", "return results"]
    lines = [*setup, *loop]
    return ["", f"def train_{number}():", *indented(lines), "", "", f"train_{number}()"]


def _mapped(number: int, function: Function, arguments: list[str], random: Random) -> Lines:
    mapped = random.choice(("jax.vmap({})", "jax.jit(jax.vmap({}))", "jax.vmap(jax.jit({}))")).format(function.call)
    return [f"{mapped}({', '.join(f'batch({argument})' for argument in arguments)})"]


def _differentiated(number: int, function: Function, arguments: list[str], random: Random) -> Lines:
    static = tuple(n for n, (_, kind) in enumerate(function.parameters) if kind in STATIC)
    forms = (
        "jax.grad({})",
        "jax.value_and_grad({})",
        f"jax.jit(jax.grad({{}}), static_argnums={static})",
        "jax.grad(jax.checkpoint({}))",
        "jax.jacfwd({})",
    )
    return [f"{random.choice(forms).format(function.call)}({', '.join(arguments)})"]


def _scanned(number: int, function: Function, arguments: list[str], random: Random) -> Lines:
    if random.random() < 0.5:
        return [f"run_many({function.call}, {arguments[0]}, 3)"]
    return [f"jax.lax.fori_loop(0, 3, lambda _, value: {function.call}(value), {arguments[0]})"]
