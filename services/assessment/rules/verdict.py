"""The verdict on a citizen and a job. It rests on intervals and on courses, never on a score.

Given each demand compared with what was measured (``rules/comparison.py``), and the **short** courses on offer; the
first that applies:

1. **not-yet**: a demand is out of reach of a short course.
2. **ready**: every demand is met.
3. **uncertain**: none is missing, some are uncertain. Test more in those areas.
4. **after-course**: one course covers every demand that is missing *or uncertain*. All such courses are named; each is
   enough alone.
5. **uncertain**: a course covers what is missing, none covers what is uncertain beside it. Testing more decides.
6. **not-yet**: no short course covers what is missing.

A demand's weight says what matters most in the job, to people. It changes no verdict: a demand is a demand.

>>> from shared.contracts.vocabulary import AreaLevel
>>> four_weeks = Course(UUID(int=1), weeks=4, areas=(AreaLevel(area=1, level=4),))
>>> below = AreaGap(area=1, demanded=4, met="no", reason="below")
>>> unknown = AreaGap(area=2, demanded=3, met="uncertain", reason="not-measured")
>>> [found.verdict for found in (verdict([below], []), verdict([below], [four_weeks]), verdict([unknown], []))]
['not-yet', 'after-course', 'uncertain']
>>> verdict([below, unknown], [four_weeks]).verdict
'uncertain'
"""

from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID

from services.assessment.rules.course import Course
from shared.contracts.assessment.gap_found import AreaGap
from shared.contracts.vocabulary import GapVerdict

MOST_COURSES = 20  # as many as the event carries


class Verdict(NamedTuple):
    """One of four, and the courses that it rests on; none but for *after-course*."""

    verdict: GapVerdict
    course_ids: tuple[UUID, ...] = ()


def verdict(gaps: Sequence[AreaGap], courses: Sequence[Course]) -> Verdict:
    """The verdict; ``courses`` are those on offer, in the order in which to name them."""
    missing = [gap for gap in gaps if gap.met == "no"]
    uncertain = [gap for gap in gaps if gap.met == "uncertain"]
    if any(gap.reason == "out-of-reach" for gap in missing):
        return Verdict("not-yet")
    if not missing:
        return Verdict("uncertain" if uncertain else "ready")
    helpful = [course for course in courses if course.short and course.covers(missing)]
    enough = [course.course_id for course in helpful if course.covers(uncertain)]
    if enough:
        return Verdict("after-course", tuple(enough[:MOST_COURSES]))
    return Verdict("uncertain" if helpful and uncertain else "not-yet")
