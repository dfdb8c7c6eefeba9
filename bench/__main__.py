"""python -m bench [NAME...]: run all benchmarks, or the named ones."""

from __future__ import annotations

import sys

from bench import BENCHES, load

if unknown := [name for name in sys.argv[1:] if name not in BENCHES]:
    sys.exit(f"no benchmark {', '.join(unknown)}; there are {', '.join(BENCHES)}")
for name in sys.argv[1:] or BENCHES:
    load(name)()
