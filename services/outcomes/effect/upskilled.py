"""Upskilled in praktik: participations that upskilled a citizen, with the praktik that may follow or surround each."""

from collections.abc import Iterator

from services.outcomes.effect.cells import UpskilledCell, UpskilledItem
from services.outcomes.effect.participation import Participation
from services.outcomes.effect.placements import Placement


def upskilled_cells(participations: list[Participation], placements: list[Placement]) -> Iterator[UpskilledCell]:
    """One cell for a citizen (in each municipality that taught her) who was upskilled and in praktik.

    Of all praktik that had not ended before U the earliest decides for every window: if it begins too late, all do.
    """
    found: dict[str, list[UpskilledItem]] = {}
    for participation in participations:
        upskilled = participation.upskilled
        praktik = None if upskilled is None else earliest_praktik(placements, upskilled)
        if upskilled is not None and praktik is not None:
            item = UpskilledItem(
                participation.course,
                participation.cohort,
                participation.target_group,
                participation.education_level,
                participation.timing,
                participation.started,
                upskilled,
                praktik,
            )
            found.setdefault(participation.municipality, []).append(item)
    for municipality, items in found.items():
        yield UpskilledCell("upskilled", municipality, tuple(items))


def earliest_praktik(placements: list[Placement], upskilled: int) -> int | None:
    """Start of the earliest praktik that had not ended before the day."""
    return min(
        (on for kind, on, end in placements if kind == "praktik" and (end is None or end >= upskilled)),
        default=None,
    )
