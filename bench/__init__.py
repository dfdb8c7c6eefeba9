"""The benchmarks: each prints ours, the floor or the peer, and the ratio, so that the machine cancels out."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

#: Name on the command line -> dotted name of a function without arguments that measures and prints.
BENCHES: dict[str, str] = {
    "decks": "bench.decks:main",
    "generation": "bench.generation:main",
    "checks": "bench.checks:main",
    "leftovers": "bench.leftovers:main",
}


def load(name: str) -> Callable[[], None]:
    """Give a benchmark; only its own modules are imported, so that the others do not weigh on it.

    :raise KeyError: there is no benchmark of this name
    """
    module, function = BENCHES[name].split(":")
    bench: Callable[[], None] = getattr(import_module(module), function)
    return bench
