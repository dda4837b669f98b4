"""What the kernel says to parameters it cannot measure with."""


class Refusal(ValueError):
    """A bank, prior, set of cuts or answer that makes no sense; the message says what to correct."""
