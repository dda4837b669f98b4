"""Certificates: award, revoke; read a citizen's."""

from uuid import UUID

from pydantic import BaseModel, Field

from services.courses import queries
from services.courses.api.callers import Caseworker, CitizenReader
from services.courses.commands import AwardCertificate, RevokeCertificate
from services.courses.rules import certificate
from services.courses.rules.participation import Participation
from services.courses.views import people
from shared.contracts.courses import CertificateAwarded
from shared.moment import moment
from shared.persistence import known_citizens
from shared.web import Tx, router

api = router()


class CertificateRecorded(BaseModel):
    """The command was carried out."""

    certificate_id: UUID
    citizen_id: UUID
    version: int = Field(description="The citizen's version in courses after this command.")


@api.post("/certificates", status_code=201)
async def award_certificate(command: AwardCertificate, tx: Tx, caller: Caseworker) -> CertificateRecorded:
    """A citizen was awarded a certificate, for a participation or without one."""
    at = moment(command.happened, tx.now)
    await known_citizens.lock(tx, [command.citizen_id], caller.municipality)
    await tx.expect(f"citizen/{command.citizen_id}")
    taken_part = await _participation(tx, command, caller.municipality)
    award = CertificateAwarded(
        municipality=caller.municipality, certificate_id=tx.new_id(), on=command.on or at.today, **command.award()
    )
    held = await queries.certificates_held(tx, command.citizen_id)
    version = await tx.append(certificate.award(award, taken_part, held, at.today), happened=at.on(award.on))
    return CertificateRecorded(certificate_id=award.certificate_id, citizen_id=award.citizen_id, version=version)


@api.post("/certificates/{certificate_id}/revoke")
async def revoke_certificate(
    certificate_id: UUID, command: RevokeCertificate, tx: Tx, caller: Caseworker
) -> CertificateRecorded:
    """The certificate counts as never awarded."""
    at = moment(command.happened, tx.now)
    standing = await queries.certificate_to_revoke(tx, certificate_id, caller.municipality)
    await tx.expect(f"citizen/{standing.citizen_id}")
    revoked = certificate.revoke(standing, command.reason, command.on or at.today, at.today)
    version = await tx.append(revoked, happened=at.on(revoked.on))
    return CertificateRecorded(certificate_id=certificate_id, citizen_id=standing.citizen_id, version=version)


@api.get("/citizens/{citizen_id}/certificates")
async def read_certificates(citizen_id: UUID, tx: Tx, caller: CitizenReader) -> list[people.CertificateView]:
    """A citizen's certificates, revoked ones too. The read is logged before it is answered."""
    found = await people.certificates(tx, citizen_id, caller.municipality)
    await tx.log_read(citizen_id, "certificates")
    return found


async def _participation(tx: Tx, command: AwardCertificate, municipality: str) -> Participation | None:
    if command.enrolment_id is None:
        return None
    found = await queries.participation_to_end(tx, command.enrolment_id, municipality)
    if not await known_citizens.same(tx, command.citizen_id, found.citizen_id):
        raise queries.participation_unknown()
    return found
