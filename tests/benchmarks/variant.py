"""Runs one variant of a measurement in this process and prints what it measured as JSON."""

import asyncio
import gc
import importlib
import json
import sys

import uvloop

from shared.memory import calm_collector
from shared.telemetry.logging import configure


def main() -> None:
    """``python -m tests.benchmarks.variant <module>.<function> <arguments as JSON>``."""
    module, _, function = sys.argv[1].rpartition(".")
    run = getattr(importlib.import_module(f"tests.benchmarks.{module}"), function)
    configure("ERROR")
    if module.startswith("ours."):
        calm_collector()
    gc.collect()
    # the tutorials that the naive system follows do not install uvloop; the floor and we use it
    with asyncio.Runner(loop_factory=None if module == "naive" else uvloop.new_event_loop) as runner:
        print(json.dumps(runner.run(run(**json.loads(sys.argv[2])))), flush=True)


if __name__ == "__main__":
    main()
