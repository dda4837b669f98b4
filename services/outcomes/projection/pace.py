"""Pace: how long what was expensive to compute rests, so that publishing never holds up counting; and its memory."""

CHEAP_S = 0.01
"""A document that took longer than this rests before it is computed again."""
REST = 4
"""Times its cost that it rests: computing takes at most a fifth of the time."""
REST_WHEN_BEHIND = 40
"""The same while the projector is behind, when no figure is fresh anyway."""
LONGEST_REST_S = 2.0
"""Nothing rests for longer: a page is to move by itself within seconds also when figures had to be counted anew."""
MOST_BYTES, MOST_CHANGES = 256 << 20, 100_000
"""Memory for the questions behind documents, and changed cells kept for them: with too little, each would be counted
anew for every document."""
