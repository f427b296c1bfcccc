import flax.linen as nn
import jax
import jax.numpy as jnp


class Mean(nn.Module):
    features: int

    @nn.compact
    def __call__(self, x):
        weights = self.param("weights", nn.initializers.constant(0.5), (x.shape[-1], self.features))
        return x @ weights


def project(x):
    model = Mean(2)
    variables = model.init(jax.random.key(0), x)
    return model.apply(variables, x)


def output_of(x):
    layer = nn.Dense(1, kernel_init=nn.initializers.ones)
    variables = layer.init(jax.random.key(0), x)
    return jnp.squeeze(layer.apply(variables, x), -1)


if __name__ == "__main__":
    print(project(jnp.ones((2, 3))), output_of(jnp.ones((2, 3))))
