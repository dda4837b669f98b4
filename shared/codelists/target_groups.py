"""Target groups (målgrupper) of lov om en aktiv beskæftigelsesindsats (LAB) § 6; the code is the number there.

The law moves under the list: a code gets a new row when its meaning or name changes, and no row is ever removed. What
changed so far: uddannelseshjælp and overgangsydelse became kontanthjælp on 1 July 2025, and since 1 February 2026 (law
1750/2025) nobody new enters ressourceforløb or revalidering, while those in them go on. A new main law with fewer
groups is expected; its groups get rows when it is adopted. Names are short forms, the statute has the definitions.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

_LAB = date(2020, 1, 1)
_KONTANTHJAELP_REFORM = date(2025, 7, 1)
_FIRST_PHASE = date(2026, 2, 1)


@dataclass(frozen=True, slots=True)
class TargetGroup:
    """One meaning of a code: from ``valid_from`` up to, not including, ``valid_until`` (open when None)."""

    code: str
    danish: str
    english: str
    valid_from: date
    valid_until: date | None = None

    def is_valid_on(self, day: date) -> bool:
        """Whether this row is the code's meaning on the day."""
        return self.valid_from <= day and (self.valid_until is None or day < self.valid_until)


TARGET_GROUPS: tuple[TargetGroup, ...] = (
    TargetGroup("1", "Dagpengemodtagere", "Unemployment insurance benefit", _LAB),
    TargetGroup(
        "2",
        "Jobparate kontanthjælps- og overgangsydelsesmodtagere, 30 år eller med uddannelse",
        "Social assistance or transition benefit, job-ready, 30 or older or with education",
        _LAB,
        _KONTANTHJAELP_REFORM,
    ),
    TargetGroup(
        "2",
        "Jobparate kontanthjælpsmodtagere, 30 år eller med uddannelse",
        "Social assistance, job-ready, 30 or older or with education",
        _KONTANTHJAELP_REFORM,
    ),
    TargetGroup(
        "3",
        "Aktivitetsparate kontanthjælps- og overgangsydelsesmodtagere, 30 år eller med uddannelse",
        "Social assistance or transition benefit, activity-ready, 30 or older or with education",
        _LAB,
        _KONTANTHJAELP_REFORM,
    ),
    TargetGroup(
        "3",
        "Aktivitetsparate kontanthjælpsmodtagere, 30 år eller med uddannelse",
        "Social assistance, activity-ready, 30 or older or with education",
        _KONTANTHJAELP_REFORM,
    ),
    TargetGroup(
        "4",
        "Uddannelsesparate uddannelseshjælps- og overgangsydelsesmodtagere under 30 år uden uddannelse",
        "Education or transition benefit, education-ready, under 30 without education",
        _LAB,
        _KONTANTHJAELP_REFORM,
    ),
    TargetGroup(
        "4",
        "Uddannelsesparate kontanthjælpsmodtagere under 30 år uden uddannelse",
        "Social assistance, education-ready, under 30 without education",
        _KONTANTHJAELP_REFORM,
    ),
    TargetGroup(
        "5",
        "Aktivitetsparate uddannelseshjælps- og overgangsydelsesmodtagere under 30 år uden uddannelse",
        "Education or transition benefit, activity-ready, under 30 without education",
        _LAB,
        _KONTANTHJAELP_REFORM,
    ),
    TargetGroup(
        "5",
        "Aktivitetsparate kontanthjælpsmodtagere under 30 år uden uddannelse",
        "Social assistance, activity-ready, under 30 without education",
        _KONTANTHJAELP_REFORM,
    ),
    TargetGroup("6", "Sygedagpengemodtagere", "Sickness benefit", _LAB),
    TargetGroup("7", "Personer i jobafklaringsforløb", "Job clarification programme", _LAB),
    TargetGroup("8", "Personer i ressourceforløb", "Resource programme", _LAB, _FIRST_PHASE),
    TargetGroup(
        "8",
        "Personer i ressourceforløb efter tidligere regler",
        "Resource programme under former rules",
        _FIRST_PHASE,
    ),
    TargetGroup(
        "9",
        "Visiterede til fleksjob eller tilskud til selvstændig virksomhed",
        "Flexible job scheme (flexjob), or support for the self-employed",
        _LAB,
    ),
    TargetGroup("10", "Revalidender", "Rehabilitation", _LAB, _FIRST_PHASE),
    TargetGroup("10", "Revalidender efter tidligere regler", "Rehabilitation under former rules", _FIRST_PHASE),
    TargetGroup("11", "Førtidspensionister", "Disability pension", _LAB),
    TargetGroup("12", "Selvforsørgende ledige", "Unemployed without benefit", _LAB),
    TargetGroup("13", "Personer under 18 år med behov for en indsats", "Under 18, in need of support", _LAB),
)

FLEXJOB = "9"
"""The one group for which a flexjob counts as a job."""


def named_on(code: str, day: date) -> TargetGroup:
    """The code's meaning on the day; ``KeyError`` if it had none."""
    for group in groups_on(day):
        if group.code == code:
            return group
    raise KeyError(f"target group {code!r} is not valid on {day}")


def valid_on(code: str, day: date) -> bool:
    """Whether the code has a meaning on the day."""
    return any(group.code == code for group in groups_on(day))


def groups_on(day: date) -> Iterator[TargetGroup]:
    """Every group of the day, in the order of the statute."""
    return (group for group in TARGET_GROUPS if group.is_valid_on(day))
