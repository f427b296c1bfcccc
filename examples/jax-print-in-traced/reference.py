import logging
from unittest import mock

import numpy as np

from jaxlint.verify import Case, Example, Silent, run_example
from jaxlint.verify.evidence import finished, printed

log = logging.getLogger(__name__)


def squared_error(prediction, target):
    loss = np.mean((prediction - target) ** 2)
    print("loss", loss)
    return loss


def cool(tea, room):
    for _ in range(3):
        tea = tea - 0.25 * (tea - room)
        print("tea", tea)
    return tea


def clip(gradient, limit):
    norm = np.sqrt(np.sum(gradient**2))
    log.info("gradient norm %s", norm)
    return gradient * min(1.0, limit / norm)


def _logs_a_number(function, *args):
    with mock.patch.object(logging.Logger, "info") as info:
        finished(function, *args)
    return any(call.args[0] == "gradient norm %s" and "Tracer" not in str(call.args[1]) for call in info.mock_calls)


EXAMPLE = Example([
    Case(
        "squared_error",
        (np.array([1.0, 2.0]), np.array([3.0, 5.0])),
        fails=Silent("it prints the tracer", shows=lambda loss, *args: "loss 6.5" not in printed(loss, *args)),
        prints=True,
    ),
    Case(
        "cool",
        (84.0, 20.0),
        fails=Silent("one line for three minutes", shows=lambda cool, *args: printed(cool, *args).count("tea") < 3),
        prints=True,
        again=(36.0, 20.0),
    ),
    Case(
        "clip",
        (np.array([3.0, 4.0]), 1.0),
        fails=Silent("it logs the tracer", shows=lambda clip, *args: not _logs_a_number(clip, *args)),
    ),
])

if __name__ == "__main__":
    run_example(__file__)
