"""How the events of outcomes change its tables: the only code that writes them, but for what reactions say of citizens.

An event that is in the log is always applied, whatever the tables held before: an import, a rebuild and a command
agree. Only of citizens who were erased nothing is written any more. One noun a file, one function an event.
"""

from services.outcomes.state import companies, events, orders, placements, targets
from shared.persistence import Appliers

NOUNS = (companies, orders, events, placements, targets)

APPLY: Appliers = {event: apply for noun in NOUNS for event, apply in noun.APPLY.items()}
