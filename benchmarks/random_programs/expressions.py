"""Expressions that are right whatever is traced, by the kind of their value."""

from __future__ import annotations

from random_programs.kinds import STATIC, TREES, Kind, literal
from random_programs.scope import Scope

DEPTH = 2
"""How deep expressions nest: what people write on one line."""

UNARY = ("jnp.sin", "jnp.tanh", "jnp.abs", "jnp.exp", "jax.nn.relu", "jnp.square", "jax.nn.sigmoid")
REDUCTIONS = ("jnp.sum", "jnp.mean", "jnp.max", "jnp.linalg.norm", "jnp.prod")


def expression(kind: Kind, scope: Scope, depth: int = DEPTH) -> str:
    """A random expression of this kind."""
    random = scope.random
    known = scope.of(kind)
    if known and (depth <= 0 or random.random() < 0.5):
        return random.choice(known)
    if depth > 0:
        calls = [function for function in scope.functions if function.returns is kind]
        if calls and random.random() < 0.3:
            function = random.choice(calls)
            return f"{function.call}({', '.join(expression(k, scope, depth - 1) for _, k in function.parameters)})"
        if forms := _forms(kind, scope, depth):
            return random.choice(forms)
    if known:
        return random.choice(known)
    if kind is Kind.KEY:
        return "jax.random.key(0)"
    return literal(kind, random)


def _forms(kind: Kind, scope: Scope, depth: int) -> list[str]:
    """Ways to compute a value of this kind, those of one draw."""
    random = scope.random

    def some(wanted: Kind) -> str:
        return expression(wanted, scope, depth - 1)

    unary, reduction = random.choice(UNARY), random.choice(REDUCTIONS)
    operator = random.choice(("+", "-", "*"))
    number = f"{random.uniform(0.1, 2):.1f}"
    match kind:
        case Kind.FLOAT:
            forms = [
                f"{unary}({some(Kind.FLOAT)})",
                f"{reduction}({some(Kind.VECTOR)})",
                f"({some(Kind.FLOAT)} {operator} {some(Kind.FLOAT)})",
                f"({number} * {some(Kind.FLOAT)})",
                f"jnp.where({some(Kind.TRUTH)}, {some(Kind.FLOAT)}, {number})",
                f"jnp.dot({some(Kind.VECTOR)}, {some(Kind.VECTOR)})",
            ]
            forms += [f"{name}[{random.randrange(4)}]" for name in scope.of(Kind.VECTOR)]
            forms += [f"{name}.{random.choice(('sum', 'mean', 'max'))}()" for name in scope.of(Kind.VECTOR)]
            forms += [f'{name}["b"]' for name in scope.of(Kind.PARAMS)]
            forms += [f"{name}.bias" for name in scope.of(Kind.NET)]
            forms += [f"{name}.{random.choice(('second', 'total()'))}" for name in scope.of(Kind.PAIR)]
            forms += [f"sum(jnp.sum(leaf) for leaf in jax.tree.leaves({name}))" for name in scope.of(*TREES)]
            forms += [f"functools.reduce(lambda a, b: a + jnp.sum(b), {name}, 0.0)" for name in scope.of(Kind.LIST)]
            forms += [f"{name}[{index}]" for name in scope.of(Kind.VECTOR) for index in scope.of(Kind.INT)]
            return forms
        case Kind.VECTOR:
            forms = [
                f"{unary}({some(Kind.VECTOR)})",
                f"({some(Kind.VECTOR)} {operator} {some(Kind.VECTOR)})",
                f"({some(Kind.VECTOR)} * {some(Kind.FLOAT)})",
                f"{some(Kind.MATRIX)} @ {some(Kind.VECTOR)}",
                f"jnp.where({some(Kind.MASK)}, {some(Kind.VECTOR)}, 0.0)",
                f"jnp.stack([{some(Kind.FLOAT)}] * 4)",
                f"jnp.cumsum({some(Kind.VECTOR)})",
            ]
            forms += [f"{name}.at[{random.randrange(4)}].set({number})" for name in scope.of(Kind.VECTOR)]
            forms += [f'{name}["w"]' for name in scope.of(Kind.PARAMS)]
            forms += [f"{name}.position" for name in scope.of(Kind.STATE)]
            forms += [f"{name}.{random.choice(('weights', 'apply(jnp.ones(4))'))}" for name in scope.of(Kind.NET)]
            forms += [f"{name}.first" for name in scope.of(Kind.PAIR)]
            forms += [f"jax.grad(lambda w: jnp.sum(w * {name}))({name})" for name in scope.of(Kind.VECTOR)]
            forms += [
                f"jax.vmap(lambda a, b: a * b, in_axes=(0, None))({name}, {some(Kind.FLOAT)})"
                for name in scope.of(Kind.VECTOR)
            ]
            forms += [f"{name}[{random.randrange(3)}]" for name in scope.of(Kind.LIST)]
            forms += [f"jnp.asarray({name})" for name in scope.of(Kind.HOST)]
            return forms
        case Kind.MATRIX:
            return [
                f"jnp.outer({some(Kind.VECTOR)}, {some(Kind.VECTOR)})",
                f"{some(Kind.MATRIX)}.T",
                f"jnp.diag({some(Kind.VECTOR)})",
            ]
        case Kind.INT:
            forms = [
                f"jnp.argmax({some(Kind.VECTOR)})",
                f"jnp.sum({some(Kind.MASK)})",
                f"jnp.floor(jnp.clip({some(Kind.FLOAT)}, 0.0, 3.0)).astype(int)",
            ]
            forms += [f"{name}.steps" for name in scope.of(Kind.STATE)]
            return forms
        case Kind.TRUTH:
            return [
                f"({some(Kind.FLOAT)} {random.choice(('>', '<', '>=', '!='))} {number})",
                f"jnp.any({some(Kind.MASK)})",
                f"jnp.all({some(Kind.VECTOR)} > 0)",
                f"~{some(Kind.TRUTH)}" if scope.has(Kind.TRUTH) else f"jnp.isnan({some(Kind.FLOAT)})",
            ]
        case Kind.MASK:
            return [f"({some(Kind.VECTOR)} > {number})", f"jnp.isfinite({some(Kind.VECTOR)})"]
        case Kind.LIST:
            return [
                f"[{some(Kind.VECTOR)}, {some(Kind.VECTOR)}, {some(Kind.VECTOR)}]",
                f"[{unary}(part) for part in {some(Kind.LIST)}]",
                f"jax.tree.map({unary}, {some(Kind.LIST)})",
            ]
        case Kind.PARAMS:
            forms = [
                f'{{"w": {some(Kind.VECTOR)}, "b": {some(Kind.FLOAT)}}}',
                f"dict(w={some(Kind.VECTOR)}, b={some(Kind.FLOAT)})",
            ]
            for name in scope.of(Kind.PARAMS):
                forms += [
                    f"jax.tree.map(lambda leaf: leaf * {number}, {name})",
                    f'{{**{name}, "b": {some(Kind.FLOAT)}}}',
                    f"{{part: {unary}(leaf) for part, leaf in {name}.items()}}",
                ]
            return forms
        case Kind.STATE:
            forms = [f"State({some(Kind.VECTOR)}, {some(Kind.INT)})"]
            for name in scope.of(Kind.STATE):
                forms += [f"{name}._replace(position={some(Kind.VECTOR)})", f"{name}._replace(steps={name}.steps + 1)"]
            return forms
        case Kind.NET:
            forms = [f"Net({some(Kind.VECTOR)}, {some(Kind.FLOAT)}, 2)"]
            for name in scope.of(Kind.NET):
                forms += [f"dataclasses.replace({name}, bias={some(Kind.FLOAT)})", f"jax.tree.map({unary}, {name})"]
            return forms
        case Kind.PAIR:
            forms = [f'Pair({some(Kind.VECTOR)}, {some(Kind.FLOAT)}, "sum")']
            forms += [f"jax.tree.map(lambda leaf: leaf + {number}, {name})" for name in scope.of(Kind.PAIR)]
            return forms
        case Kind.COUNT:
            forms = [f"{name}.shape[0]" for name in scope.of(Kind.VECTOR)]
            forms += [f"{name}.ndim" for name in scope.of(Kind.MATRIX)]
            forms += [f"len({name})" for name in scope.of(Kind.LIST)]
            forms += [f"{name}.depth" for name in scope.of(Kind.NET)]
            return forms
        case Kind.NUMBER:
            return [f"{number} / {some(Kind.COUNT)}"] if scope.has(Kind.COUNT) else []
        case Kind.HOST:
            return [f"np.{random.choice(('sin', 'abs', 'sort'))}({name})" for name in scope.of(Kind.HOST)]
        case _:
            return []


def static_truth(scope: Scope) -> str:
    """A condition that Python can look at, whatever is traced: of shapes, types, options."""
    random = scope.random
    forms = ["True"]
    forms += [f"{name}.ndim == 1" for name in scope.of(Kind.VECTOR)]
    forms += [f"{name}.dtype == jnp.float32" for name in scope.of(Kind.VECTOR)]
    forms += [f"len({name}) > 2" for name in scope.of(Kind.LIST)]
    forms += [f"{name} is not None" for name in scope.of(Kind.FLOAT, Kind.VECTOR, Kind.PARAMS)]
    forms += [f'"w" in {name}' for name in scope.of(Kind.PARAMS)]
    forms += [f"isinstance({name}, dict)" for name in scope.of(Kind.PARAMS)]
    forms += [f"isinstance({name}, jax.Array)" for name in scope.of(Kind.VECTOR)]
    forms += [f"{name}.depth > 1" for name in scope.of(Kind.NET)]
    forms += [f'{name}.label == "sum"' for name in scope.of(Kind.PAIR)]
    forms += [f"hasattr({name}, 'steps')" for name in scope.of(Kind.STATE)]
    return random.choice(forms[1:] or forms)


def option_truth(scope: Scope) -> str:
    """A condition on an option: static where the option is one."""
    random = scope.random
    forms = [random.choice((name, f"not {name}")) for name in scope.of(Kind.FLAG)]
    forms += [f"{name} > 1" for name in scope.of(Kind.COUNT)]
    forms += [f'{name} == "mean"' for name in scope.of(Kind.TEXT)]
    return random.choice(forms) if forms and scope.has_any(*STATIC) else static_truth(scope)
