"""What a job profile must be: what a job asks for, one demand for each competence area that matters."""

from collections import Counter
from collections.abc import Sequence
from uuid import UUID

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
) -> JobProfilePublished:
    """The profile as everybody may read it, demands in the order of the areas."""
    twice = [area for area, times in Counter(demand.area for demand in demands).items() if times > 1]
    if twice:
        raise Refused(
            "demand-twice", f"Area {twice[0]} is demanded more than once", "Send one demand for each competence area."
        )
    return JobProfilePublished(
        municipality=municipality,
        profile_id=profile_id,
        title=title,
        occupation=occupation,
        demands=tuple(sorted(demands, key=lambda demand: demand.area)),
        company_id=company_id,
        tasks=tuple(tasks),
    )
