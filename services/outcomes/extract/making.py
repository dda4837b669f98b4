"""An extract is made: read, protected, written, entered in the ledger; only then may it be handed out."""

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

from services.outcomes.effect.catalogue import CATALOGUE
from services.outcomes.effect.references import References
from services.outcomes.exports.contract import contract, resource
from services.outcomes.exports.file import FORMATS, file_of
from services.outcomes.extract import ledger
from services.outcomes.extract.anonymity import Anonymous, anonymous, at_least, report
from services.outcomes.extract.histories import histories
from services.outcomes.extract.participations import participations
from services.outcomes.extract.pseudonym import Pseudonyms, project_key
from services.outcomes.extract.record import Record, is_protected, records
from services.outcomes.projection import fact_table
from services.outcomes.projection.histories import decoded
from shared.persistence.connection import Connection

TITLE = "Løft: deltagelser til forskning"
NOTES = (
    "Pseudonymised data are still personal data: keep, use and delete them as agreed for the project.",
    "Do not try to find out who somebody is, and do not combine with other data without a new agreement.",
    "Dates are told as weeks or coarser, and what came of a participation in whole weeks after its start.",
    "Citizens with a protected name and address, and those who were erased, are not in the extract.",
)


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be extracted, for whom, and who does it."""

    extract_id: UUID
    project: str
    municipality: str
    as_of: date
    made_at: datetime
    made_by: str
    purpose: str
    smallest_group: int


@dataclass(frozen=True, slots=True)
class Made:
    """The files of an extract, by name, and its manifest."""

    files: dict[str, bytes]
    manifest: dict[str, Any]


async def make(connection: Connection, order: Order, secret: bytes, prepare: Callable[[Made], None]) -> Made:
    """Make the extract and enter it in the ledger; only when this returns may it be handed out.

    ``prepare`` is called with it before the ledger commits: if it fails, nothing was made. Raises ``ValueError`` when
    the secret is too short.
    """
    salt = await ledger.salt_of(connection, order.project, order.made_by)
    pseudonyms = Pseudonyms(project_key(secret, salt, order.project))
    async with connection.transaction(isolation="repeatable_read"):
        found, protected = await _read(connection, order)
        made = _written(found, protected, order, pseudonyms)
        citizens = {record.citizen for record in found.records}
        entry = ledger.Entry(
            **asdict(order),
            rows=len(found.records),
            citizens=len(citizens),
            manifest_sha256=sha256(made.files["manifest.json"]).hexdigest(),
        )
        await ledger.enter(connection, entry, map(UUID, sorted(citizens)))
        prepare(made)
    return made


async def _read(connection: Connection, order: Order) -> tuple[Anonymous, int]:
    """The records that may leave, and how many citizens are not among them because they are protected."""
    references = References.of(decoded(await fact_table.reference_facts(connection)))
    found: list[Record] = []
    protected = 0
    async for citizen, facts in histories(connection):
        own = records(citizen, facts, references, municipality=order.municipality, as_of=order.as_of)
        if own and is_protected(facts):
            protected += 1
        else:
            found += own
    return anonymous(found, order.smallest_group), protected


def _written(found: Anonymous, protected: int, order: Order, pseudonyms: Pseudonyms) -> Made:
    table = participations(found, pseudonyms, order.as_of)
    tables = [file_of(table, written_as) for written_as in FORMATS if written_as != "xlsx"]
    anonymity = report(found, order.smallest_group)
    anonymity["left_out"]["citizens_with_protected_name_and_address"] = at_least(protected, order.smallest_group)
    said = {
        "project": order.project,
        "municipality": order.municipality,
        "as_of": order.as_of.isoformat(),
        "made_at": order.made_at.isoformat(),
        "made_by": order.made_by,
        "purpose": order.purpose,
        "extract": str(order.extract_id),
        "rows": len(found.records),
        "citizens": anonymity["citizens"],
        "smallest_group": order.smallest_group,
        "pseudonyms": "HMAC-SHA256, 128 bits, under a key of this project that is not in the extract",
        "definitions": {key: indicator.version for key, indicator in CATALOGUE.items()},
        "notes": NOTES,
    }
    files = {file.name: file.body for file in tables}
    files["datapackage.json"] = _json(contract(TITLE, [resource(table, file) for file in tables], said))
    files["k-anonymity.json"] = _json(anonymity)
    described = [{"name": name, "bytes": len(body), "sha256": sha256(body).hexdigest()} for name, body in files.items()]
    rows = {file.name: len(table.rows) for file in tables}
    manifest = said | {
        "files": [one | ({"rows": rows[str(one["name"])]} if one["name"] in rows else {}) for one in described]
    }
    files["manifest.json"] = _json(manifest)
    return Made(files, manifest)


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=2).encode() + b"\n"
