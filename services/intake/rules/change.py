"""Changing what is known of a citizen, from a day on."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from services.intake.rules.citizen import Citizen
from services.intake.rules.registration import known_group, not_in_future
from shared.contracts.intake.citizen_changed import CitizenChanged
from shared.problems import Refused


def change(
    citizen: Citizen, holds: Mapping[str, Any], changes: Mapping[str, Any], *, valid_from: date, today: date
) -> CitizenChanged:
    """The fields in ``changes`` that differ from what ``holds`` on ``valid_from`` already, a day past or to come.

    No unit is told as an empty one.
    """
    citizen.must_be_here()
    before = {**holds, "unit": holds.get("unit") or ""}
    new = {name: value for name, value in changes.items() if before.get(name) != value}
    if not new:
        raise Refused(
            "nothing-changed",
            f"All of this holds on {valid_from} already",
            "Read the citizen; send only what is different, with the first day on which it is.",
        )
    if "target_group" in new:
        known_group(new["target_group"], valid_from)
    if "unemployed_since" in new:
        not_in_future(new["unemployed_since"], today)
    return CitizenChanged(
        municipality=citizen.municipality, citizen_id=citizen.citizen_id, valid_from=valid_from, **new
    )
