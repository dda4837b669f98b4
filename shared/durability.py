"""The start-up refusal: what answers before its answer is on disk would lose what callers were told is safe."""


class Unsafe(RuntimeError):
    """The database or the broker acknowledges what is not on disk yet; the message says what to do."""
