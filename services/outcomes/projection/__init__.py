"""The outcomes projector: from the stream to histories, cells and published figures.

``projector`` reads the stream from its checkpoint; ``batch`` works out what a batch changes; each ``…_table`` has the
statements of a table; ``publication`` puts changed figures on KV after the commit, ``outcomes_publication`` those that
take longer to count; ``gaps`` finds and heals missing events; ``rebuild`` does all of it again, next to the living
tables. ``erased`` says of whom nothing is learnt any more, ``kept`` what stays of them, ``rebuilt_erasures`` how
a rebuild takes it over. ``at_hand`` keeps the questions asked last, by the ``version`` of the tables.
"""
