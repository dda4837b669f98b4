"""Publishing the shipped profiles in a municipality: once each, however often it is asked."""

from typing import NamedTuple
from uuid import UUID, uuid5

from services.assessment.rules import profile
from services.assessment.shipped_profiles import ShippedProfile
from shared.persistence import Transaction

_NAMES = UUID("018f3a54-0000-7000-8000-70726f66696c")


class Published(NamedTuple):
    """The keys of what was published now, and of what was there: as it is, changed or closed since."""

    new: list[str]
    known: list[str]


async def publish_shipped(tx: Transaction, municipality: str, profiles: tuple[ShippedProfile, ...]) -> Published:
    """Publish those that this municipality never published. What people changed or closed since is theirs."""
    await tx.one_at_a_time(f"shipped-profiles:{municipality}")
    ids = {shipped_id(municipality, one.key): one for one in profiles}
    there = await tx.fetch("SELECT profile_id FROM job_profile WHERE profile_id = ANY($1)", list(ids))
    known = {row["profile_id"] for row in there}
    await tx.append_all(
        [
            profile.publish(
                profile_id,
                municipality,
                title=one.title,
                occupation=one.code,
                demands=one.demands,
                tasks=one.tasks,
                company_id=None,
                validated=one.validated,
            )
            for profile_id, one in ids.items()
            if profile_id not in known
        ]
    )
    return Published(
        [one.key for profile_id, one in ids.items() if profile_id not in known],
        [one.key for profile_id, one in ids.items() if profile_id in known],
    )


def shipped_id(municipality: str, key: str) -> UUID:
    """The id of a shipped profile in a municipality, the same at every start."""
    return uuid5(_NAMES, f"{municipality}/{key}")
