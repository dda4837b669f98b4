"""Pace: how long what was expensive to compute rests, so that publishing never holds up counting."""

CHEAP_S = 0.01
"""A document that took longer than this rests before it is computed again."""
REST = 4
"""Times its cost that it rests: computing takes at most a fifth of the time."""
REST_WHEN_BEHIND = 40
"""The same while the projector is behind, when no figure is fresh anyway."""
