"""The answers of the service's own log, as calibration reads them: nobody's name or id is in them."""

from collections.abc import Sequence

from services.assessment.ability.item import Item
from services.assessment.calibration.responses import Responses
from services.assessment.items.bank import Bank
from services.assessment.neutralised import faulty
from services.assessment.rules.entry import ENTRY
from services.assessment.rules.session import OPEN, Session, session_of
from shared.persistence import Database, Origin, Transaction
from shared.problems import NotFound

BEGUN = "SELECT test_id FROM test_session WHERE begun_at IS NOT NULL AND status <> ALL($1) ORDER BY test_id"
ENTRIES = "SELECT test_id, told FROM test_entry WHERE test_id = ANY($1) ORDER BY test_id, sequence"
AT_ONCE = 500


async def answered(database: Database, bank: Bank) -> Responses:
    """What was answered to the bank's items in every test that is over, finished or not. Raises NotFound.

    Items are known by their ids, whichever bank asked them: an id never changes its meaning. Skipped, done with help
    and neutralised tells nothing. A retest is somebody else: abilities change.
    """
    async with database.transaction(Origin("calibration")) as tx:
        gone = {one.item for one in await faulty(tx)}
        ids = [item.id for item in bank.items if item.state != "draft" and item.id not in gone]
        place = {item: number for number, item in enumerate(ids)}
        rows: list[tuple[int, int, bool]] = []
        traits: dict[str, list[str]] = {"device": [], "language": []}
        tests = [row["test_id"] for row in await tx.fetch(BEGUN, list(OPEN))]
        for start in range(0, len(tests), AT_ONCE):
            for session in await _sessions(tx, tests[start : start + AT_ONCE]):
                told = [(place[one.item], one.right) for one in session.given if one.item in place]
                told = [(item, right) for item, right in told if right is not None]
                if told:
                    begun = session.must_have_begun()
                    rows += [(len(traits["device"]), item, bool(right)) for item, right in told]
                    traits["device"].append(begun.device)
                    traits["language"].append(begun.language)
    if not rows:
        raise NotFound("no-answers", "No test that is over has an answer to an item of the bank", "Test people first.")
    items = [Item(one.area, one.competence, one.a, one.b) for one in map(bank.item, ids)]
    return Responses.of(items, ids, rows, dict(traits))


async def _sessions(tx: Transaction, tests: Sequence[object]) -> list[Session]:
    entries: dict[object, list[str]] = {}
    for row in await tx.fetch(ENTRIES, list(tests)):
        entries.setdefault(row["test_id"], []).append(row["told"])
    return [
        session_of(test, [ENTRY.validate_json(told) for told in of_test])  # type: ignore[arg-type]
        for test, of_test in entries.items()
    ]
