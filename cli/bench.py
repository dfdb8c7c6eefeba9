"""./run bench: the benchmarks, each printing ours, the floor or the peer, and the ratio."""

from __future__ import annotations

import importlib

import click

from bench import BENCHES


@click.command()
@click.argument("names", nargs=-1, metavar="[NAME...]")
def bench(names: tuple[str, ...]) -> None:
    """Run all benchmarks, or the named ones."""
    unknown = set(names) - set(BENCHES)
    if unknown:
        raise click.UsageError(f"no benchmark {', '.join(sorted(unknown))}; there are {', '.join(BENCHES)}")
    for name in names or tuple(BENCHES):
        module, function = BENCHES[name].split(":")
        getattr(importlib.import_module(module), function)()
