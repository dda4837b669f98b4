"""Tells pages that ask outcomes for figures when to look again: when the figures were counted anew.

The event that moves a figure comes to the desk about as soon as to the projector. A page that looks then may be told
the figure of before; the projection that follows the commit says when the new one is there.
"""

from services.desk.changes import Changes
from services.desk.documents import Projection
from services.desk.hub import Hub
from services.desk.signals import Changed

FIGURES = "figures"
"""What a page of figures of the whole municipality is about."""


async def tell_of_recounts(hub: Hub, changes: Changes) -> None:
    """Follow the projections until cancelled; the hub lets go of whoever does not keep up, who then begins again."""
    while True:
        with hub.subscribed() as subscriber:
            async for signal in subscriber:
                if isinstance(signal, Changed):
                    changes.tell(signal.projection.municipality, topic_of(signal.projection))
        changes.tell_everybody()


def topic_of(projection: Projection) -> str:
    """The course that a projection is of, or the figures of the municipality."""
    _, _, rest = projection.key.partition(".")
    return rest.partition(".")[2] or FIGURES
