"""Statements that stand in JAX code: axis names, loops of `lax`, mapped trees, generators, keys in loops and branches.

All of them are right whatever is traced, but those of `idiom_mistake`.
"""

from __future__ import annotations

from random_programs.expressions import expression, static_truth
from random_programs.kinds import Kind
from random_programs.scope import Scope

Lines = list[str]


def idiom(scope: Scope) -> Lines:
    """One of them, as lines; none where the scope has nothing to make one of."""
    makers = [_value, _value, _vector, _vector, *([_key] * 3 if scope.has(Kind.KEY) else [])]
    return scope.random.choice(makers)(scope)


def _value(scope: Scope) -> Lines:
    """A scalar and a vector, in one of the ways in which Python makes values."""
    x, v = expression(Kind.FLOAT, scope, 1), expression(Kind.VECTOR, scope, 1)
    count, test = expression(Kind.COUNT, scope, 1), static_truth(scope)
    number = len(scope.used)
    scalar, vector = scope.fresh(Kind.FLOAT), scope.fresh(Kind.VECTOR)
    scope.names |= {scalar: Kind.FLOAT, vector: Kind.VECTOR}
    forms = [
        [f"{vector} = jax.lax.associative_scan(jnp.add, {v})", f"{scalar} = {x}"],
        [f"{vector} = {v}", f"{scalar} = sum(part * 0.5 for part in ({x}, {vector}[0]) if part is not None)"],
        [
            f"def parts_{number}(values):",
            "    for position, value in enumerate(values):",
            "        yield value * position",
            "",
            f"{vector} = jnp.stack(list(parts_{number}({v})))",
            f"{scalar} = {x}",
        ],
        [
            f"{vector} = {v}",
            "try:",
            f"    {scalar} = {x} * {vector}.shape[1]",
            "except IndexError:",
            f"    {scalar} = {x}",
        ],
        [f"{scalar}, {vector} = ({x}, {v}) if {test} else ({x} * 1.0, {v})"],
        [
            f"{vector} = functools.reduce(lambda total, step: total * 0.5 + step, range({count}), {v})",
            f"{scalar} = {x}",
        ],
        [f"{scalar}, {vector} = {x}, {v}", f"{scalar} = jnp.where({scalar} > 0, {scalar}, jnp.sum({vector})) * 1.0"],
        [f"{scalar}, *_ = [{x}, 1.0]", f"{vector} = {v}.astype(jnp.bfloat16).astype(jnp.float32)"],
        [f"{vector} = jnp.asarray(np.arange(4, dtype=np.float32)) * {x}", f"{scalar} = np.float32(np.pi) * {x}"],
        [f"{vector} = {v}", f"{scalar} = (lambda a, scale=2.0: a * scale)({x})"],
    ]
    return scope.random.choice(forms)


def _vector(scope: Scope) -> Lines:
    """Something that is computed of a vector under a transformation."""
    if not scope.has(Kind.VECTOR):
        return []
    v, random = scope.a(Kind.VECTOR), scope.random
    out = f"mapped_{len(scope.used)}"
    forms = [
        [f"{out} = jax.vmap(lambda a: a - jax.lax.pmean(a, 'batch'), axis_name='batch')({v})"],
        [f"{out} = jax.vmap(lambda a: jax.lax.psum(a, 'i') * jax.lax.axis_index('i'), axis_name='i')({v})"],
        [f"{out} = jax.lax.scan(lambda c, a: ((c[0] + a, c[1] + 1), c[0]), (jnp.float32(0), 0), {v})"],
        [f"{out} = jax.lax.scan(lambda c, _: (c * 0.5, None), {v} * 1.0, None, length=3)"],
        [f"{out} = jax.lax.switch(jnp.argmax({v}) % 2, (jnp.sin, lambda a: a * 2.0), {v} * 1.0)"],
        [f"{out} = jax.checkpoint(lambda a: jnp.tanh(a) * {v}.shape[0])({v})"],
        [f"{out} = jax.vmap(lambda p, a: p['w'] * a, in_axes=({{'w': None}}, 0))({{'w': {v}}}, {v})"],
        [f"{out} = jax.vmap(lambda a, b: (a + b, b), in_axes=(0, None), out_axes=(0, None))({v}, 2.0)"],
        [f"{out} = jax.vmap(partial(jnp.power, 2.0))({v})"],
        [f"{out} = jax.jvp(jnp.sin, ({v} * 1.0,), (jnp.ones(4),))[1]"],
        [f"{out}, pull_{out} = jax.vjp(jnp.tanh, {v} * 1.0)", f"{out} = pull_{out}({out})[0]"],
        [f"{out} = jax.eval_shape(lambda a: a.sum(), {v}).shape == ()"],
        [f"{out} = {{name: value * 2.0 for name, value in zip('abcd', {v})}}"],
        [f"{out} = [value for position, value in enumerate({v}) if position % 2]"],
        [f"{out} = max({v}.shape) + len({v}) + {v}.ndim"],
        [f"{out} = jax.lax.while_loop(lambda s: s[1] < 3, lambda s: (s[0] * 0.5, s[1] + 1), ({v} * 1.0, 0))[0]"],
        [f"{out} = jax.lax.fori_loop(0, {v}.shape[0], lambda n, a: a + {v}[n], 0.0)"],
    ]
    if random.random() < 0.15:  # what is mapped over devices has to be compiled
        mapped = f"jax.shard_map(lambda a: jax.lax.psum(a, 'devices'), mesh=MESH, in_specs=P('devices'), out_specs=P())({v})"
        spread = f"jax.pmap(lambda a: a - jax.lax.pmean(a, 'i'), axis_name='i')({v}.reshape(2, 2)).reshape(4)"
        forms = [[f"{out} = {mapped}"], [f"{out} = {spread}"]]
    return random.choice(forms)


def _key(scope: Scope) -> Lines:
    """Keys that a loop or a branch binds anew, used as they should be."""
    key, number = scope.a(Kind.KEY), len(scope.used)
    total, test = scope.fresh(Kind.FLOAT), static_truth(scope)
    scope.names[total] = Kind.FLOAT
    spend = [f"{key}, sub_{number} = jax.random.split({key})"]
    forms = [
        [
            *spend,
            f"{total} = jnp.float32(0)",
            "for part in range(3):",
            f"    {total} += jax.random.normal(jax.random.fold_in(sub_{number}, part))",
        ],
        [
            f"{total} = jnp.float32(0)",
            "for _ in range(2):",
            *(f"    {line}" for line in spend),
            f"    {total} += jax.random.normal(sub_{number})",
        ],
        [
            *spend,
            f"if {test}:",
            f"    {total} = jax.random.normal(sub_{number})",
            "else:",
            f"    {total} = jax.random.uniform(sub_{number})",
        ],
        [
            f"{total} = jnp.float32(0)",
            f"if {test}:",
            *(f"    {line}" for line in spend),
            f"    {total} = jax.random.normal(sub_{number})",
        ],
        [
            f"{key}, *subs_{number} = jax.random.split({key}, 3)",
            f"{total} = sum(jax.random.normal(sub) for sub in subs_{number})",
        ],
        [*spend, f"{total} = jnp.sum(jax.vmap(jax.random.normal)(jax.random.split(sub_{number}, 3)))"],
        [
            f"def draw_{number}(carry, _):",
            "    carry, sub = jax.random.split(carry)",
            "    return carry, jax.random.normal(sub)",
            "",
            f"{key}, draws_{number} = jax.lax.scan(draw_{number}, {key}, None, length=3)",
            f"{total} = jnp.sum(draws_{number})",
        ],
    ]
    return scope.random.choice(forms)


def idiom_mistake(scope: Scope) -> Lines:
    """The like, gone wrong."""
    forms: list[Lines] = []
    out = f"wrong_{len(scope.used)}"
    if scope.has(Kind.VECTOR):
        forms += _wrong_vectors(scope.a(Kind.VECTOR), out, scope)
    if scope.has(Kind.KEY):
        forms += [*_wrong_keys(scope.a(Kind.KEY), out, scope)] * 2
    return scope.random.choice(forms) if forms else []


def _wrong_vectors(v: str, out: str, scope: Scope) -> list[Lines]:
    x = expression(Kind.FLOAT, scope, 1)
    return [
        [f"{out} = jax.vmap(lambda p, a: p['w'] * a, in_axes=({{'b': None}}, 0))({{'w': {v}}}, {v})"],
        [f"{out} = jax.vmap(lambda a, b: a + b, in_axes=(0, 0, None))({v}, {v})"],
        [f"{out} = jax.lax.associative_scan(lambda a: a, {v})"],
        [f"{out} = jax.lax.fori_loop(0, 3, lambda n, a: a + 0.5, 0)"],
        [f"{out} = jax.lax.fori_loop(0, 3, lambda n, a: a[:2], {v})"],
        [f"{out} = jax.lax.while_loop(lambda s: s[1] < 3, lambda s: (s[0], s[1] + 0.5), ({v} * 1.0, jnp.int32(0)))"],
        [f"{out} = jax.lax.scan(lambda c, a: ((c[0] + a,), a), (jnp.float32(0), jnp.float32(1)), {v})"],
        [f"{out} = jax.lax.scan(lambda c, a: (c.astype(jnp.bfloat16), a), jnp.float32(0), {v})"],
        [f"{out} = jax.lax.switch(jnp.argmax({v}) % 2, (lambda a: a, lambda a: a[:2]), {v} * 1.0)"],
        [f"{out} = jax.lax.cond(jnp.any({v} > 0), lambda a: a, lambda a: a.astype(int), {v} * 1.0)"],
        [f"{out} = jax.vmap(lambda a: jax.lax.psum(a, 'rows'), axis_name='row')({v})"],
        [f"for position, value in enumerate({v}):", "    if value > 0:", f"        {out} = position"],
        [f"{out} = [value for value in {v} if value > 0.5]"],
        [f"{out} = next((value for value in {v} if value > 0.5), None)"],
        ["try:", f"    {out} = float({x})", "except TypeError:", f"    {out} = None"],
        ["try:", f"    {out} = 1.0 / {x}", "except ZeroDivisionError:", f"    {out} = 0.0"],
        [f"{out} = {{}}", f"{out}[{x}] = 1.0"],
        [f"{out} = np.stack([{v}, {v}])"],
        [f"{out} = np.dot(np.ones(4), {v})"],
        [f"{out} = np.zeros(4)", f"{out}[0] = {x}"],
        [f"{out} = np.zeros(4)", f"{out}[:] = {v}"],
        [f"{out} = np.maximum({v}, 0.0)"],
        [f"{out} = np.linalg.norm({v})"],
        [f"{out} = jnp.zeros(4, int).at[0].set({x})"],
        [f"{out} = math.sqrt({v}[0] ** 2)"],
        [f"{out} = jax.jvp(jnp.sin, ({v} * 1.0,), (1.0,))"],
        [f"{out} = jax.value_and_grad(lambda w: jnp.sum(w), has_aux=True)({v} * 1.0)"],
        [f"{out} = jnp.concatenate({v}, axis=0)"],
        [f"{out} = jnp.stack([{v}, {v}[:2]])"],
        [f"{out} = {v} @ jnp.ones((3, 2))"],
        [f"{out} = {v}.reshape(3, 2)"],
        [f"{out} = jnp.ones(3) + {v}"],
        [f"if jnp.allclose({v}, 0.0):", f"    {out} = 0"],
        [f"if jnp.isnan({v}).any() or {x} > 0:", f"    {out} = 0"],
        [f"{v} = jnp.clip({v}, -9.0, 9.0)", f"while jnp.sum({v}) > 8.0:", f"    {v} = {v} * 0.5"],
        [f"{out} = jnp.linspace(0.0, 1.0, jnp.argmax({v}) + 2)"],
        [f"{out} = jax.nn.one_hot(jnp.argmax({v}), jnp.argmax({v}) + 1)"],
        [f"{out} = jax.lax.top_k({v}, jnp.argmax({v}) + 1)"],
        [f"{out} = {v}.sum(axis=jnp.argmax({v}) * 0)"],
    ]


def _wrong_keys(key: str, out: str, scope: Scope) -> list[Lines]:
    test = static_truth(scope)
    return [
        [
            "for _ in range(2):",
            f"    {key}, sub_{out} = jax.random.split({key})",
            f"    {out} = jax.random.normal(sub_{out})",
            f"{out} = {out} + jax.random.uniform(sub_{out})",
        ],
        [
            f"if {test}:",
            f"    {key}, _ = jax.random.split({key})",
            f"{out} = jax.random.normal({key}) + jax.random.uniform({key})",
        ],
        [f"{out} = jax.random.normal({key})", f"if {test}:", f"    {out} = {out} + jax.random.uniform({key})"],
        [
            "for part in range(2):",
            f"    sub_{out} = jax.random.fold_in({key}, 7)",
            f"    {out} = jax.random.normal(sub_{out}) * jax.random.uniform(sub_{out})",
        ],
        [f"{out} = [jax.random.normal(sub) for sub in [{key}, {key}]]"],
        [
            f"def draw_{out}(carry, _):",
            "    return carry, jax.random.normal(carry)",
            "",
            f"_, {out} = jax.lax.scan(draw_{out}, {key}, None, length=2)",
        ],
        [f"{out} = jax.random.bernoulli({key}) & jax.random.bernoulli(key={key})"],
        [f"{out} = jax.random.permutation({key}, 4)", f"{key} = jax.random.split({key})[0]"],
        [
            f"subs_{out} = jax.random.split({key}, 2)",
            f"{out} = jax.random.normal(subs_{out}[0]) + jax.random.normal(subs_{out}[0])",
        ],
    ]
