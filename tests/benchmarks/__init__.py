"""``make bench``: ours beside a naive system and beside the floor, each pair in one run on one machine.

Absolute figures are worth little on a shared machine; ratios within one run are. Every variant runs in a process of
its own; a pair is measured in turns, three times; the median counts, and a pair whose rounds lie more than 1.6 apart
is measured again.

``naive`` is the system that the tutorials lead to: an SQLModel session a command, an outbox that is polled every
100 ms, FastStream one message at a time with Pydantic, an SQL upsert and a ``kv.put`` each. ``floor`` is written by
hand for one purpose, with the same hops and the same durability, and can do nothing else. ``flat`` is one figure by one
query over all events, in PostgreSQL and in DuckDB.

``history`` measures on a history that is there already, ``scale`` (``make bench-scale``) on ten million events.
"""
