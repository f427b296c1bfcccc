"""The kinds of values that random programs compute with, and how a program writes an input of each kind."""

from __future__ import annotations

from enum import Enum
from random import Random


class Kind(Enum):
    """What a name holds when no transformation is at work. Arrays are float32, a vector has four elements."""

    FLOAT = "scalar"
    VECTOR = "vector"
    MATRIX = "matrix"
    INT = "integer"
    TRUTH = "truth"
    MASK = "mask"
    KEY = "key"
    LIST = "vectors"  # a list of three vectors
    PARAMS = "params"  # {"w": vector, "b": scalar}
    STATE = "state"  # the NamedTuple State(position: vector, steps: integer)
    NET = "net"  # the registered dataclass Net(weights: vector, bias: scalar, depth: int, which is static)
    PAIR = "pair"  # the registered class Pair(first: vector, second: scalar, label: str, which is static)
    COUNT = "count"  # a small Python int
    FLAG = "flag"  # a Python bool
    NUMBER = "number"  # a Python float
    TEXT = "text"  # a Python str
    HOST = "host"  # a NumPy vector


ARRAYS = (Kind.FLOAT, Kind.VECTOR, Kind.MATRIX, Kind.INT, Kind.TRUTH, Kind.MASK)
TREES = (Kind.LIST, Kind.PARAMS, Kind.STATE, Kind.NET, Kind.PAIR)
STATIC = (Kind.COUNT, Kind.FLAG, Kind.TEXT)

NAMES = {
    Kind.FLOAT: ("x", "loss", "scale", "rate", "energy", "temperature"),
    Kind.VECTOR: ("v", "weights", "grads", "position", "logits", "signal"),
    Kind.MATRIX: ("m", "kernel", "cov", "image"),
    Kind.INT: ("i", "index", "step", "label"),
    Kind.TRUTH: ("done", "ok", "hit"),
    Kind.MASK: ("mask", "valid", "alive"),
    Kind.KEY: ("key", "rng", "noise_key"),
    Kind.LIST: ("layers", "parts", "vectors"),
    Kind.PARAMS: ("params", "batch", "opt_state"),
    Kind.STATE: ("state", "carry", "env_state"),
    Kind.NET: ("net", "model", "policy"),
    Kind.PAIR: ("pair", "example", "moments"),
    Kind.COUNT: ("n", "size", "num_steps", "depth"),
    Kind.FLAG: ("training", "verbose", "normalize"),
    Kind.NUMBER: ("lr", "eps", "gamma"),
    Kind.TEXT: ("mode", "reduction", "name"),
    Kind.HOST: ("data", "table", "samples"),
}
"""What people call such values."""


def literal(kind: Kind, random: Random) -> str:
    """An expression for an input."""
    number = f"{random.uniform(-2, 2):.2f}"
    vector = f"[{', '.join(f'{random.uniform(-2, 2):.1f}' for _ in range(4))}]"
    match kind:
        case Kind.FLOAT:
            return random.choice((f"jnp.float32({number})", f"jnp.array({number})", number))
        case Kind.VECTOR:
            return random.choice(("jnp.ones(4)", "jnp.arange(4.0)", f"jnp.array({vector})"))
        case Kind.MATRIX:
            return random.choice(("jnp.eye(4)", "jnp.ones((4, 4))"))
        case Kind.INT:
            return random.choice(("jnp.int32(2)", "jnp.array(1)", "3"))
        case Kind.TRUTH:
            return random.choice(("jnp.array(True)", "jnp.array(False)"))
        case Kind.MASK:
            return "jnp.array([True, False, True, True])"
        case Kind.KEY:
            return f"jax.random.{random.choice(('key', 'key', 'PRNGKey'))}({random.randrange(9)})"
        case Kind.LIST:
            return random.choice(("[jnp.ones(4), jnp.zeros(4), jnp.arange(4.0)]", "[jnp.ones(4) for _ in range(3)]"))
        case Kind.PARAMS:
            return f'{{"w": jnp.array({vector}), "b": jnp.float32({number})}}'
        case Kind.STATE:
            return "State(jnp.zeros(4), jnp.int32(0))"
        case Kind.NET:
            return f"Net(jnp.array({vector}), jnp.float32({number}), {random.randint(1, 3)})"
        case Kind.PAIR:
            return f'Pair(jnp.array({vector}), jnp.float32({number}), "{random.choice(("mean", "sum"))}")'
        case Kind.COUNT:
            return str(random.randrange(1, 4))
        case Kind.FLAG:
            return random.choice(("True", "False"))
        case Kind.NUMBER:
            return f"{random.uniform(0.01, 0.9):.2f}"
        case Kind.TEXT:
            return random.choice(('"mean"', '"sum"', '"none"'))
        case Kind.HOST:
            return random.choice((f"np.array({vector}, np.float32)", "np.ones(4, np.float32)"))
