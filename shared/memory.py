"""The garbage collector, told what these processes are like."""

import gc


def calm_collector() -> None:
    """Look for cycles less often: the big caches hold none, and walking them took a third of the projector's time.

    What a start-up loaded is put aside for good.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)
