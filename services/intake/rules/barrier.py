"""What stands in a citizen's way: recorded kindly, cleared when it no longer does."""

from services.intake.rules.citizen import Citizen
from shared.contracts.intake.barrier_recorded import BarrierRecorded
from shared.contracts.vocabulary import BarrierKind, Severity
from shared.problems import Refused


def record(citizen: Citizen, kind: BarrierKind, severity: Severity) -> BarrierRecorded:
    """The barrier stands, or stands with another severity than before. Raises Refused when nothing would be new."""
    citizen.must_be_here()
    if citizen.barriers.get(kind) == severity:
        raise Refused(
            "barrier-recorded-already",
            f"The barrier '{kind}' is recorded already with severity '{severity}'",
            "Record it with another severity if it has changed, or clear it if it is gone.",
        )
    return BarrierRecorded(
        municipality=citizen.municipality, citizen_id=citizen.citizen_id, kind=kind, severity=severity, cleared=False
    )


def clear(citizen: Citizen, kind: BarrierKind) -> BarrierRecorded:
    """The barrier is gone; the event repeats how severe it was. Raises Refused when it does not stand."""
    severity = citizen.barriers.get(kind)
    if severity is None:
        raise Refused(
            "barrier-not-recorded",
            f"No open barrier of kind '{kind}' is recorded for this citizen",
            "Read the citizen to see which barriers stand; there is nothing to clear here.",
        )
    return BarrierRecorded.model_validate(
        {
            "municipality": citizen.municipality,
            "citizen_id": citizen.citizen_id,
            "kind": kind,
            "severity": severity,
            "cleared": True,
        }
    )
