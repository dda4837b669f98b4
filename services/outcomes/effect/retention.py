"""Retention: for how long a citizen stayed in each job with the same employer."""

from collections.abc import Iterator

from services.outcomes.effect.cells import JobCell, ParticipationCell
from services.outcomes.effect.citizen import Timeline, valid_on
from services.outcomes.effect.days import NEVER
from services.outcomes.effect.participation import FLEXJOB_SCHEME
from services.outcomes.effect.placements import Placement

AFTERWARDS = 182
"""Days after a participation's end in which a job that starts is still one after that course."""


def job_cells(
    placements: list[Placement], participations: list[ParticipationCell], groups: Timeline, levels: Timeline
) -> Iterator[JobCell]:
    """One cell for each job, ordinary or (of the flexjob scheme only) a flexjob.

    A job belongs to the course she last started on before it, and to none if that was over too long before; it is cut
    as that participation is.
    """
    for job in _employments(placements):
        participation = _followed(job, participations)
        if participation is None:
            group, level = valid_on(groups, job.start), valid_on(levels, job.start)
            cell = JobCell("job", job.municipality, "", "", group, level, "none", None, job.kind, job.start, job.end)
        else:
            cell = JobCell("job", *participation[1:8], job.kind, job.start, job.end)
        if job.kind == "ordinary" or cell.target_group in FLEXJOB_SCHEME:
            yield cell


def _followed(job: Placement, participations: list[ParticipationCell]) -> ParticipationCell | None:
    """The participation that started last before the job; none if that one had ended too long before it.

    Of several that started on that day it is one that had not.
    """
    before = [each for each in participations if each.started < job.start]
    last = max((each.started for each in before), default=None)
    for participation in reversed(before):
        latest = NEVER if participation.ended is None else participation.ended + AFTERWARDS
        if participation.started == last and job.start <= latest:
            return participation
    return None


def _employments(placements: list[Placement]) -> Iterator[Placement]:
    """Jobs with one employer as one placement each, from the first day of the first to the last day of the last.

    A placement that begins no later than the day after another with the same employer ended goes on with that job.
    """
    known: dict[tuple[str, str], Placement] = {}
    for placement in sorted(placements, key=lambda each: (each.start, each.municipality)):
        if placement.kind not in ("ordinary", "flexjob"):
            continue
        end = None if placement.end is None else max(placement.start, placement.end)
        if placement.employer is None:
            yield placement._replace(end=end)
            continue
        place = (placement.kind, placement.employer)
        job = known.get(place)
        if job is not None and (job.end is None or placement.start <= job.end + 1):
            known[place] = job._replace(end=None if job.end is None or end is None else max(job.end, end))
        else:
            if job is not None:
                yield job
            known[place] = placement._replace(end=end)
    yield from known.values()
