"""What people write who come from NumPy: right outside of a trace, refused or silently wrong within."""

from __future__ import annotations

from random_programs.expressions import expression
from random_programs.kinds import Kind
from random_programs.scope import Scope


def mistake(scope: Scope) -> list[str]:
    """One such statement, as lines; none where the scope has nothing to make one of."""
    random = scope.random
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
