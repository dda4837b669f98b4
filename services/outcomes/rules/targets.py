"""Targets: the administration's X for T1-T4 in a period. Setting one again replaces it."""

from services.outcomes.commands import SetTarget
from shared.contracts.outcomes import TargetSet
from shared.problems import Refused


def set_target(command: SetTarget, *, municipality: str, standing: float | None) -> TargetSet:
    """The target of one indicator in one period. ``standing`` is the value that holds now, if there is one."""
    if standing == command.value:
        raise Refused(
            "target-set-already",
            f"The target of {command.indicator} in {command.period} is {standing:g} already",
            "Nothing to do.",
        )
    return TargetSet(municipality=municipality, indicator=command.indicator, period=command.period, value=command.value)
