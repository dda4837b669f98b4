"""A job profile: what a job asks for. Published, published anew when the job has changed, closed."""

from collections.abc import Sequence
from uuid import UUID

from services.assessment.rules import demands as asked
from shared.contracts.assessment.job_profile_closed import JobProfileClosed
from shared.contracts.assessment.job_profile_published import JobProfilePublished
from shared.contracts.vocabulary import Demand, Occupation
from shared.problems import Refused


def publish(
    profile_id: UUID,
    municipality: str,
    *,
    title: str,
    occupation: Occupation,
    demands: Sequence[Demand],
    tasks: Sequence[str],
    company_id: UUID | None,
    validated: bool,
) -> JobProfilePublished:
    """The profile as everybody may read it, demands in the order of the areas."""
    return JobProfilePublished(
        municipality=municipality,
        profile_id=profile_id,
        title=title,
        occupation=occupation,
        demands=asked.in_order(demands),
        company_id=company_id,
        tasks=tuple(tasks),
        validated=validated,
    )


def close(profile_id: UUID, municipality: str, reason: str | None, *, closed: bool) -> JobProfileClosed:
    """Nobody is held against the profile any more."""
    must_be_open(closed=closed)
    return JobProfileClosed(municipality=municipality, profile_id=profile_id, reason=reason)


def must_be_open(*, closed: bool) -> None:
    """Raise Refused for a profile that is closed."""
    if closed:
        raise Refused(
            "profile-closed",
            "The job profile is closed",
            "Nobody is held against it any more, and it does not change; what was found stands. GET /profiles lists"
            " those that are open; POST /profiles publishes a new one.",
        )
