"""What intake does about other services' events: nothing. A citizen's story begins here."""

from shared.messaging.reactions import Reaction

REACTIONS: list[Reaction] = []
