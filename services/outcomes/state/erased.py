"""Of citizens who were erased nothing is written any more."""

NOT_ERASED = "NOT EXISTS (SELECT FROM known_citizen AS known WHERE known.citizen_id = $2 AND known.erased)"
"""An import may bring back what a citizen's erasure took away; ``$2`` is the citizen."""
