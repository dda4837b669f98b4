"""Upskilled in praktik: participations that upskilled a citizen, with the praktik that may follow or surround each."""

from collections.abc import Iterator

from services.outcomes.effect.cells import ParticipationCell, UpskilledCell, UpskilledItem
from services.outcomes.effect.participation import upskilled_on
from services.outcomes.effect.placements import Placement


def upskilled_cells(participations: list[ParticipationCell], placements: list[Placement]) -> Iterator[UpskilledCell]:
    """One cell for a citizen (in each municipality that taught her) who was upskilled and in praktik.

    Of all praktik that had not ended before U the earliest decides for every window: if it begins too late, all do.
    """
    praktik = [(on, end) for kind, on, end, *_ in placements if kind == "praktik"]
    found: dict[str, list[UpskilledItem]] = {}
    for participation in participations if praktik else ():
        upskilled = upskilled_on(participation)
        if upskilled is None:
            continue
        starts = [on for on, end in praktik if end is None or end >= upskilled]
        if starts:
            item = UpskilledItem(
                participation.course,
                participation.cohort,
                participation.target_group,
                participation.education_level,
                participation.timing,
                participation.started,
                upskilled,
                min(starts),
            )
            found.setdefault(participation.municipality, []).append(item)
    for municipality, items in found.items():
        yield UpskilledCell("upskilled", municipality, tuple(items))
