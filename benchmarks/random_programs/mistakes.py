"""What people write who come from NumPy: right outside of a trace, refused or silently wrong within."""

from __future__ import annotations

from random_programs.expressions import expression
from random_programs.idioms import idiom_mistake
from random_programs.kinds import TREES, Kind
from random_programs.scope import Scope


def mistake(scope: Scope) -> list[str]:
    """One such statement, as lines; none where the scope has nothing to make one of."""
    random = scope.random
    if random.random() < 0.3 and (lines := idiom_mistake(scope)):
        return lines
    forms: list[list[str]] = []
    if scope.has(Kind.FLOAT):
        forms += _of_scalar(scope)
    if scope.has(Kind.VECTOR):
        forms += _of_vector(scope)
    if scope.has(Kind.INT):
        forms += _of_integer(scope)
    if scope.has(Kind.COUNT):
        forms += _of_count(scope)
    if scope.has(Kind.MASK):
        forms.append([f"if {scope.a(Kind.MASK)}.all():", "    pass"])
    if scope.has(Kind.KEY):
        forms += [*_of_key(scope)] * 3
    if scope.has(Kind.VECTOR) and scope.has(Kind.FLOAT):
        forms += _of_transformations(scope)
    if scope.has_any(*TREES):
        forms += _of_trees(scope)
    forms += _of_host(scope)
    return random.choice(forms)


def _of_scalar(scope: Scope) -> list[list[str]]:
    x, other = scope.a(Kind.FLOAT), expression(Kind.FLOAT, scope, 1)
    test = expression(Kind.TRUTH, scope, 1)
    number = f"{scope.random.uniform(0, 2):.1f}"
    return [
        [f"if {x} > {number}:", f"    {x} = {x} * 0.5"],
        [f"if {x} > {number}:", f"    {x} = {other}", "else:", f"    {x} = -{x}"],
        [f"{x} = {x} if {x} < {number} else {other}"],
        [f"{x} = jnp.clip({x}, -9.0, 9.0)", f"while {x} > 1.0:", f"    {x} = {x} * 0.5"],
        [f"assert {test}"],
        [f"if {test} and {x} < {number}:", f"    {x} = {x} + 1.0"],
        [f"if not {test}:", f"    {x} = {x} - 1.0"],
        [f"{x} = float({x}) + 1.0"],
        [f"{x} = int({x}) * 1.0"],
        [f"{x} = np.sin({x})"],
        [f"{x} = math.exp(-abs({x}))"],
        [f"{x} = jnp.sum({x}).item()"],
        [f"{x} = max({x}, {number})"],
        [f"{x} = min({number}, {other})"],
        [f"label_{len(scope.used)} = f'{{{x}:.2f}}'"],
        [f"label_{len(scope.used)} = f'{{{x}}}'"],
        [f"label_{len(scope.used)} = '%.2f' % {x}"],
        [f"if 0.0 < {x} < {number}:", f"    {x} = {x} * 2.0"],
        [f"{x} = bool({test}) * 1.0"],
        [f"{x} = jnp.where({test}, {x}, float({number}))"],
        [f"{x} = round({x})"],
        [f"{x} = sum([{x}, {other}])"],
        [f"{x} = abs({x}) ** 2"],
    ]


def _of_vector(scope: Scope) -> list[list[str]]:
    v, x = scope.a(Kind.VECTOR), expression(Kind.FLOAT, scope, 1)
    mask = expression(Kind.MASK, scope, 1)
    at = scope.random.randrange(4)
    return [
        [f"{v}[{at}] = {x}"],
        [f"{v}[{at}] += {x}"],
        [f"{v}[{v} > 0] = 0.0"],
        [f"{v} = {v} * {v}[{mask}].sum()"],
        [f"{v} = {v}.at[{mask}].set(0.0)"],
        [f"{v} = {v}.at[{mask}].set({v}[{mask}])"],
        [f"{v} = {v} + jnp.unique({v}).sum()"],
        [f"{v} = {v} + jnp.nonzero({v} > 0)[0].sum()"],
        [f"{v} = {v} + jnp.where({v} > 0)[0].sum()"],
        [f"{v} = np.sqrt(np.abs({v}))"],
        [f"{v} = {v} * np.mean({v})"],
        [f"{v} = jnp.array(np.asarray({v}))"],
        [f"{v} = jnp.array({v}.tolist())"],
        [f"if {v}.any():", f"    {v} = {v} + 1.0"],
        [f"if (({v} > 0).sum() > 2):", f"    {v} = {v} + 1.0"],
        [f"if any(item > 0 for item in {v}):", f"    {v} = -{v}"],
        [f"{v} = jnp.stack([item for item in {v} if item > 0] + [{v}[0]] * 4)[:4]"],
        [f"{v} = jnp.stack(sorted({v}))"],
        [f"{v}.at[{at}].set({x})"],
        [f"{v}.sort()"],
        [f"{v} = {v} * len({v})"],
        [f"{v} = {v} / np.float32({v}.size)"],
        [f"{v} = {v} + np.arange({v}.shape[0])"],
        [f"{v} = {v} * np.prod({v}.shape)"],
        [f"if {v} > 0:", f"    {v} = -{v}"],
        [f"if ({v} > 0).all() if {v}.size == 0 else {v}.ndim > 1:", f"    {v} = -{v}"],
        [f"{v} = np.ones(4, np.float32).at[{at}].set(1.0) * {v}"],
        [f"{v} = jnp.asarray(np.ones(4, np.float32)).at[{at}].set(1.0) * {v}"],
        [f"{v} = jnp.add({v}, {v}, out={v})"],
        [f"{v} = jnp.max({v}, out=None) * {v}"],
        [f"{v} = {v} + (jnp.arange(4) + 2**40)"],
        [f"{v} = {v} * jnp.float32(2**40)"],
    ]


def _of_integer(scope: Scope) -> list[list[str]]:
    i = scope.a(Kind.INT)
    forms = [
        [f"for _ in range({i}):", "    pass"],
        [f"{i} = jnp.arange({i}).sum()"],
        [f"{i} = {i} + jnp.zeros({i}).shape[0]"],
        [f"scales_{len(scope.used)} = [0.1, 0.2, 0.3, 0.4, 0.5][{i} % 4]"],
        [f"table_{len(scope.used)} = {{0: 1.0, 1: 2.0}}.get({i})"],
        [f"{i} = jnp.asarray(np.int32({i}))"],
        [f"if {i} == 2:", f"    {i} = {i} + 1"],
        [f"if {i} % 2 == 0 or {i} > 7:", f"    {i} = {i} + 1"],
        [f"match {i}:", "    case 0:", f"        {i} = {i} + 1", "    case _:", "        pass"],
    ]
    if scope.has(Kind.VECTOR):
        v = scope.a(Kind.VECTOR)
        forms += [[f"{i} = {i} + {v}[:{i}].shape[0]"], [f"{i} = jnp.sum({v}[{i}:] > 0)"]]
    if scope.has(Kind.LIST):
        forms += [[f"part_{len(scope.used)} = {scope.a(Kind.LIST)}[{i} % 3]"]]
    return forms


def _of_count(scope: Scope) -> list[list[str]]:
    """What is right where the number is a Python one: options that nobody declared static."""
    n = scope.a(Kind.COUNT)
    forms = [
        [f"for _ in range({n}):", "    pass"],
        [f"if {n} > 1:", "    pass"],
        [f"rows_{len(scope.used)} = jnp.zeros(({n}, 2))"],
        [f"parts_{len(scope.used)} = [1, 2, 3, 4, 5, 6][{n} % 5]"],
    ]
    if scope.has(Kind.VECTOR):
        forms.append([f"head_{len(scope.used)} = {scope.a(Kind.VECTOR)}[:{n}]"])
    return forms


def _of_key(scope: Scope) -> list[list[str]]:
    key, target = scope.a(Kind.KEY), scope.fresh(Kind.FLOAT)
    return [
        [f"{target} = jax.random.normal({key}) + jax.random.uniform({key})"],
        [f"{target} = jax.random.normal({key})", f"{target} = {target} * jax.random.uniform({key})"],
        [f"{target} = jnp.float32(0)", "for _ in range(2):", f"    {target} += jax.random.normal({key})"],
        [f"{target} = sum(jax.random.normal({key}) for _ in range(2))"],
        [
            f"{target} = jnp.float32(0)",
            "for _ in range(2):",
            f"    {key}, part_{target} = jax.random.split({key})",
            f"    {target} += jax.random.normal(part_{target})",
        ],
        [f"{target} = sum(jax.random.normal(k) for k in jax.random.split({key}, 3))"],
        [f"first_{target}, second_{target} = jax.random.split({key})", f"{target} = jax.random.normal({key})"],
        [f"{target} = jax.random.normal(jax.random.fold_in({key}, 1)) + jax.random.normal(jax.random.fold_in({key}, 2))"],
    ]


def _of_host(scope: Scope) -> list[list[str]]:
    """Effects, which happen once for each trace, and state that outlives it."""
    forms = [[f"HISTORY.append({scope.random.choice(['1', *scope.of(Kind.FLOAT, Kind.VECTOR)])})"]]
    if scope.has(Kind.FLOAT):
        x = scope.a(Kind.FLOAT)
        forms += [[f"{x} = {x} + {call}"] for call in ("np.random.normal()", "random.random()", "time.time() * 0.0")]
        forms += [[f"CACHE['last'] = {x}"], [f"print({x})"], [f"print('{x}', {x}.shape)"]]
    return forms


def _of_transformations(scope: Scope) -> list[list[str]]:
    """Contracts that are not kept, beside ones that are."""
    x, v = scope.a(Kind.FLOAT), scope.a(Kind.VECTOR)
    test = expression(Kind.TRUTH, scope, 1)
    out = f"out_{len(scope.used)}"
    return [
        [f"{out} = jax.lax.cond({test}, lambda a: a, lambda a: (a, a), {x} * 1.0)"],
        [f"{out} = jax.lax.cond({test}, lambda a: a, lambda a: 1, {x} * 1.0)"],
        [f"{out} = jax.lax.cond({test}, lambda a: a * 1.0, lambda a: 1.0, jnp.float32(2))"],
        [f"{out} = jax.lax.cond({test}, lambda: {x} * 1.0, lambda a: a)"],
        [f"{out} = jax.lax.scan(lambda c, a: c + a, jnp.float32(0), {v})"],
        [f"{out} = jax.lax.scan(lambda c, a: (c + a, None), 0, {v})"],
        [f"{out} = jax.lax.scan(lambda c, a: (c + a, a), jnp.float32(0), {v})"],
        [f"{out} = jax.lax.scan(lambda c, a: (c * a, a), {v} * 1.0, {v})"],
        [f"{out} = jax.lax.scan(lambda c, a: ((c[0] + a, c[1]), a), (0.0, 1.0), {v})"],
        [f"{out} = jax.lax.fori_loop(0, 3, lambda a: a, {x})"],
        [f"{out} = jax.lax.fori_loop(0, 3, lambda _, a: a * 2.0, jnp.int32(1))"],
        [f"{out} = jax.lax.fori_loop(0, 3, lambda n, a: (a, n), {x} * 1.0)"],
        [f"{out} = jax.lax.while_loop(lambda a: a, lambda a: a, {x} * 1.0)"],
        [f"{out} = jax.lax.psum({x}, 'batch')"],
        [f"{out} = jax.vmap(lambda a: a - jax.lax.pmean(a, 'batch'), axis_name='batch')({v})"],
        [f"{out} = jax.vmap(lambda a: a - jax.lax.pmean(a, 'devices'), axis_name='batch')({v})"],
        [f"{out} = jax.grad(lambda w: w * 2.0)({v})"],
        [f"{out} = jax.grad(lambda w: jnp.sum(w))(3)"],
        [f"{out} = jax.grad(lambda w: (jnp.sum(w), w))({v} * 1.0)"],
        [f"{out} = jax.grad(lambda w: (jnp.sum(w), w), has_aux=True)({v} * 1.0)"],
        [f"{out} = jax.grad(lambda w: jnp.sum(w), argnums=1)({v} * 1.0)"],
        [f"{out}, more_{out} = jax.vmap(lambda a, b: (a, b))({v}, {v})"],
        [f"{out} = jax.vmap(lambda a, b: a + b, in_axes=(0, None))({v})"],
        [f"{out} = jax.vmap(lambda a, b: a + b, in_axes=(0,))({v}, {x})"],
        [f"{out} = jnp.sum([{x}, {x}])"],
        [f"{out} = jnp.max(({x}, 1.0))"],
        [f"{out} = {v} + [1.0, 2.0, 3.0, 4.0]"],
        [f"{out} = {v} + np.array([1.0, 2.0, 3.0, 4.0])"],
        [f"{out} = jax.jit(lambda a, how: a)({x}, 'mean')"],
        [f"{out} = jax.jit(lambda a: (a, 'mean'))({x})"],
        [f"{out} = jax.jit(lambda a, how: a, static_argnums=1)({x}, [1, 2])"],
        [f"{out} = jax.jit(lambda a, how: a, static_argnames='mode')({x}, 2)"],
        [f"{out} = jax.random.normal((3,))"],
        [f"{out} = jnp.zeros(({x}, 2))"],
        [f"{out} = jnp.full((2, 2), {x})"],
        [f"{out} = jnp.linspace(0.0, {x}, 5)"],
        [f"{out} = jnp.arange(0.0, {x})"],
        [f"{out} = jnp.arange(4) ** -1"],
        [f"{out} = jnp.repeat({v}, 2)"],
        [f"{out} = jnp.clip({v}, 0.0, {x}).reshape((2, -1))"],
        [f"{out} = jnp.tile({v}, jnp.argmax({v}))"],
        [f"{out} = jax.lax.dynamic_slice({v}, (jnp.argmax({v}),), (2,))"],
        [f"{out} = {v}[jnp.argmax({v}):]"],
        [f"{out} = {v}[None, :2] * {x}"],
        [f"{out} = {v}[[0, 2]]"],
        [f"{out} = {v}.at[5].set(0.0)[7]"],
        [f"{out} = jnp.bincount(jnp.arange(4), length=4)"],
        [f"{out} = jnp.bincount(jnp.argsort({v}))"],
        [f"{v}.block_until_ready()"],
        [f"{v}.fill(0.0)"],
        [f"{v}.scale = 2.0"],
    ]


def _of_trees(scope: Scope) -> list[list[str]]:
    """Whole trees where an array is wanted, leaves in conditions."""
    tree = scope.a(scope.random.choice([kind for kind in TREES if scope.has(kind)]))
    out = f"out_{len(scope.used)}"
    return [
        [f"{out} = jax.tree.map(lambda leaf: leaf * 0.5 if leaf.ndim else leaf, {tree})"],
        [f"{out} = jax.tree.map(lambda leaf: leaf if leaf.sum() > 0 else -leaf, {tree})"],
        [f"{out} = jax.tree.map(lambda leaf: np.abs(leaf), {tree})"],
        [f"{out} = jax.tree.map(float, jax.tree.map(jnp.sum, {tree}))"],
        [f"{out} = all(jnp.all(leaf > 0) for leaf in jax.tree.leaves({tree}))"],
        [f"if len(jax.tree.leaves({tree})) > 2:", "    pass"],
        [f"for leaf in jax.tree.leaves({tree}):", "    if jnp.isnan(leaf).any():", "        pass"],
        [f"{out} = {{name: float(leaf) for name, leaf in enumerate(map(jnp.sum, jax.tree.leaves({tree})))}}"],
        [f"{out} = jax.tree.map(lambda a, b: a + b, {tree}, {tree})"],
        [f"{out} = jax.tree.map(lambda a, b: a if b is None else a + b, {{'a': None}}, {{'a': 1.0}})"],
    ]
