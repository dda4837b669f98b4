"""Care of the item bank: an item is found faulty, and every result that it touched is computed anew."""

from typing import Annotated

from services.assessment import neutralised
from services.assessment.commands.bank import NeutralisedItem, NeutraliseItem, view
from shared.web import Principal, Role, Tx, allow, router

api = router()
Caretaker = Annotated[Principal, allow(Role.MANAGER)]


@api.post("/bank/items/{item}/neutralise")
async def neutralise_item(item: str, command: NeutraliseItem, tx: Tx, caller: Caretaker) -> NeutralisedItem:
    """Neutralise an item: it is not asked or scored any more, in any municipality's tests, and cannot be taken back.

    Finished tests that asked it are computed anew right after. An item that is neutralised already stays as it is.
    """
    faulty = await neutralised.neutralise(tx, item, command.reason, caller.subject)
    return view(faulty, (await neutralised.progress(tx, [item]))[item])


@api.get("/bank/neutralised")
async def list_neutralised(tx: Tx, caller: Caretaker) -> list[NeutralisedItem]:
    """The neutralised items, and how far the work is that each of them made."""
    faulty = await neutralised.faulty(tx)
    progress = await neutralised.progress(tx, [one.item for one in faulty])
    return [view(one, progress[one.item]) for one in faulty]
