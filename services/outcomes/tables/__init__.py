"""The tables of outcomes: what its commands decide on, and what its projector keeps. One noun a file.

Schema only, compared with the migrations by ``tests/real/outcomes/test_tables.py``; rows are read and written with SQL.

There are no foreign keys and no unique keys beside the primary ones: the tables repeat the event log, and an event that
is in the log is always applied, also one that another system recorded under laxer rules. The rules and the locks that
``queries.py`` takes keep the commands honest.
"""

from services.outcomes.tables import (
    citizens,
    companies,
    events,
    orders,
    placements,
    projection,
    releases,
    research,
    targets,
)
from services.outcomes.tables.table import Table

NOUNS = (companies, orders, events, placements, targets, citizens, projection, research, releases)

__all__ = ["NOUNS", "Table"]
