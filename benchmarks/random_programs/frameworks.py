"""Functions around a model of Flax, Haiku or Equinox, or an optimizer of Optax: right, or wrong as their users get it."""

from __future__ import annotations

from random_programs.kinds import Kind
from random_programs.objects import Made, statements
from random_programs.scope import Function, Scope
from random_programs.statements import Lines, indented

VECTOR = (("v", Kind.VECTOR),)


def framework_function(name: str, scope: Scope) -> Made:
    """A function that applies a model, or steps an optimizer."""
    return scope.random.choice((_linen, _nnx, _haiku, _equinox, _optax))(name, scope)


def _wrong(scope: Scope) -> bool:
    """Whether the framework is used as it may not be."""
    return scope.random.random() < scope.risk


def _body(scope: Scope, *parameters: str) -> Lines:
    """Statements on the vector that the model is given; `v` holds the result."""
    inner = Scope(scope.random, scope.functions, scope.risk, {"v": Kind.VECTOR}, {"v", "self", "train", *parameters})
    return statements(inner, 2)


def _names(name: str, model: str) -> tuple[str, str, str]:
    number = name.rpartition("_")[2]
    return number, f"{model}{number}", f"{model.lower()}_{number}"


def _linen(name: str, scope: Scope) -> Made:
    random = scope.random
    number, owner, model = _names(name, "Mlp")
    extra, told = random.choice(((None, None), ("dropout", "rngs"), ("norm", "mutable")))
    layers = {
        None: [],
        "dropout": ["v = nn.Dropout(0.5, deterministic=not train)(v)"],
        "norm": ["v = nn.BatchNorm(use_running_average=not train)(v)"],
    }[extra]
    module = [
        f"class {owner}(nn.Module):",
        "    features: int = 4",
        "",
        "    @nn.compact",
        "    def __call__(self, v, train=False):",
        *indented(indented(["v = nn.Dense(self.features)(v)", *_body(scope), *layers, "return v"])),
        "",
        "",
        f"{model} = {owner}()",
        f"variables_{number} = {model}.init(jax.random.key(0), jnp.ones(4))",
        "",
        "",
    ]
    call = [f"out = {model}.apply(variables_{number}, v)"]
    if told == "rngs":
        call = [f'out = {model}.apply(variables_{number}, v, train=True, rngs={{"dropout": jax.random.key(1)}})']
    elif told == "mutable":
        call = [f'out, updates = {model}.apply(variables_{number}, v, train=True, mutable=["batch_stats"])']
    if _wrong(scope):
        call = [
            random.choice(
                (
                    f"out = {model}(v)",
                    f"out = {model}.apply(v)",
                    f"out = {model}.apply(variables_{number}, v, train=True)",
                    f'out = {model}.apply(variables_{number}, v, train=True, mutable=["batch_stats"]) * 1.0',
                )
            )
        ]
    function = [f"def {name}(v):", *indented([*call, "return out"])]
    return Made([*module, *function], Function(name, VECTOR, Kind.VECTOR), ("import flax.linen as nn",))


def _nnx(name: str, scope: Scope) -> Made:
    random = scope.random
    number, owner, model = _names(name, "Block")
    module = [
        f"class {owner}(nnx.Module):",
        "    def __init__(self, rngs):",
        "        self.linear = nnx.Linear(4, 4, rngs=rngs)",
        "        self.steps = nnx.Variable(jnp.int32(0))",
        "",
        "    def __call__(self, v):",
        *indented(indented([*_body(scope), "return jnp.tanh(self.linear(v))"])),
        "",
        "",
        f"{model} = {owner}(nnx.Rngs(0))",
        "",
        "",
    ]
    counted = f"{model}.steps[...] = {model}.steps[...] + 1"
    counts = _wrong(scope)
    forms: tuple[Lines, ...] = (
        [f"def {name}(v):", *([f"    {counted}"] if counts else []), f"    return {model}(v)"],
        [
            "@nnx.jit",
            f"def apply_{number}(block, v):",
            *indented([counted.replace(model, "block"), "return block(v)"]),
            "",
            "",
            f"def {name}(v):",
            f"    return apply_{number}({model}, v)",
        ],
        [
            f"def {name}(v):",
            *indented(
                [
                    "def objective(block):",
                    "    return jnp.sum(block(v))",
                    "",
                    f"grads = nnx.grad(objective)({model})",
                    "return v * jnp.sum(grads.linear.bias[...])" if not counts else "return v * grads.linear",
                ]
            ),
        ],
    )
    return Made([*module, *random.choice(forms)], Function(name, VECTOR, Kind.VECTOR), ("from flax import nnx",))


def _haiku(name: str, scope: Scope) -> Made:
    number, _, model = _names(name, "Net")
    transform = scope.random.choice(("hk.transform", "hk.without_apply_rng(hk.transform"))
    rng = "None, " if transform == "hk.transform" else ""
    noisy = transform == "hk.transform" and scope.random.random() < 0.5
    noise = ["v = v + jax.random.normal(hk.next_rng_key(), v.shape)"] if noisy else []
    if noisy and not _wrong(scope):
        rng = "jax.random.key(3), "
    layers = ["v = hk.Linear(4)(v)", *_body(scope), *noise, "return v"]
    call = f"{model}.apply(params_{number}, {rng}v)"
    if _wrong(scope):
        call = scope.random.choice(("hk.Linear(4)(v)", f"forward_{number}(v)", f"{model}(params_{number}, {rng}v)"))
    lines = [
        f"def forward_{number}(v):",
        *indented(layers),
        "",
        "",
        f"{model} = {transform}(forward_{number}){')' if transform.count('(') else ''}",
        f"params_{number} = {model}.init(jax.random.key(0), jnp.ones(4))",
        "",
        "",
        f"def {name}(v):",
        f"    return {call}",
    ]
    return Made(lines, Function(name, VECTOR, Kind.VECTOR), ("import haiku as hk",))


def _equinox(name: str, scope: Scope) -> Made:
    random = scope.random
    _, owner, model = _names(name, "Cell")
    activation = random.random() < 0.5
    static = not activation or not _wrong(scope)
    fields = ["weight: jax.Array", "bias: jax.Array", "width: int = eqx.field(static=True)"]
    if activation:
        fields.append(f"activation: Callable = {'eqx.field(static=True)' if static else 'eqx.field()'}")
    value = "self.weight * v + self.bias"
    module = [
        f"class {owner}(eqx.Module):",
        *indented(fields),
        "",
        "    def __call__(self, v):",
        *indented(indented([*_body(scope), f"return self.activation({value})" if activation else f"return {value}"])),
        "",
        "",
        f"{model} = {owner}(jnp.ones(4), jnp.zeros(4), 4{', jnp.tanh' if activation else ''})",
        "",
        "",
    ]
    transform = random.choice(("jax.jit", "eqx.filter_jit", "jax.checkpoint"))
    forms: tuple[Lines, ...] = (
        [f"return {model}(v)"],
        [f"return {transform}(lambda model, v: model(v))({model}, v)"],
        [
            f"grads = {random.choice(('jax.grad', 'eqx.filter_grad'))}(lambda model: jnp.sum(model(v)))({model})",
            "return v * grads.bias",
        ],
        [f"changed = eqx.tree_at(lambda m: m.bias, {model}, v)", "return changed(v)"],
        [f"{model}.bias = v", f"return {model}(v)"] if _wrong(scope) else [f"return {model}(v)"],
    )
    imports = ("import equinox as eqx", "from collections.abc import Callable")
    function = [f"def {name}(v):", *indented(random.choice(forms))]
    return Made([*module, *function], Function(name, VECTOR, Kind.VECTOR), imports)


def _optax(name: str, scope: Scope) -> Made:
    random = scope.random
    number = name.rpartition("_")[2]
    made, needs = random.choice(
        (
            ("optax.adam(1e-2)", False),
            ("optax.sgd(0.1)", False),
            ("optax.adamw(1e-2)", True),
            ("optax.chain(optax.clip_by_global_norm(1.0), optax.adam(1e-3))", False),
            ("optax.chain(optax.add_decayed_weights(1e-2), optax.sgd(0.1))", True),
        )
    )
    given = ", params" if needs != _wrong(scope) else ""
    update = f"updates, opt_state = optimizer_{number}.update(grads, opt_state{given})"
    if _wrong(scope):
        update = random.choice(
            (
                f"updates = optimizer_{number}.update(grads, opt_state{given})",
                f"opt_state, updates = optimizer_{number}.update(grads, opt_state{given})",
            )
        )
    inner = Scope(random, (), scope.risk, {"params": Kind.PARAMS}, {"params", "grads", "opt_state", "updates"})
    lines = [
        f"optimizer_{number} = {made}",
        "",
        "",
        f"def objective_{number}(params):",
        *indented([*statements(inner, 1), 'return jnp.sum(params["w"] ** 2) + params["b"] * 1.0']),
        "",
        "",
        f"def {name}(params):",
        f"    opt_state = optimizer_{number}.init(params)",
        f"    for _ in range({random.choice((1, 2))}):",
        f"        grads = jax.grad(objective_{number})(params)",
        f"        {update}",
        "        params = optax.apply_updates(params, updates)",
        "    return params",
    ]
    return Made(lines, Function(name, (("params", Kind.PARAMS),), Kind.PARAMS), ("import optax",))
