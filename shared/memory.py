"""The garbage collector, told what these processes are like."""

import gc


def calm_collector() -> None:
    """Look through everything seldom: the caches hold no cycles, and walking them took a third of the projector's time.

    What is young is looked through often: rendered templates leave cycles behind, and fifty thousand objects at once
    held up every page for 50 ms. What a start-up loaded is put aside for good.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(5_000, 20, 500)
