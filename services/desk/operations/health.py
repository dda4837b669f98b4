"""How a service is, from what it says of itself at /readyz and /metrics. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from prometheus_client.parser import text_string_to_metric_families

from services.desk import labels
from services.desk.operations import words
from services.desk.wording import number

OK = "ok"
BEHIND_S = 1.0
"""A relay is behind by less whenever somebody has just done something."""


@dataclass(frozen=True, slots=True)
class Check:
    """One of the things that a service needs. ``wrong`` is what it says of it in English; empty when it is right."""

    title: str
    wrong: str


@dataclass(frozen=True, slots=True)
class Health:
    """A service. ``lags`` say in words how far behind it is, each with a title."""

    name: str
    title: str
    answers: bool
    checks: Sequence[Check] = ()
    lags: Sequence[tuple[str, str]] = ()

    @property
    def is_well(self) -> bool:
        """Whether nothing is wrong with it."""
        return self.answers and not any(check.wrong for check in self.checks)


def away(name: str) -> Health:
    """A service that does not answer."""
    return Health(name, labels.SERVICES[name], answers=False)


def health(name: str, checks: Mapping[str, str], metrics: str) -> Health:
    """A service that answers."""
    told = [Check(words.CHECKS.get(check, check), "" if says == OK else says) for check, says in checks.items()]
    return Health(name, labels.SERVICES[name], answers=True, checks=told, lags=_lags(_gauges(metrics)))


def _gauges(metrics: str) -> dict[str, float]:
    """By name; none when what was answered are no metrics: a proxy may keep those to itself."""
    try:
        families = list(text_string_to_metric_families(metrics))
    except ValueError:
        return {}
    return {sample.name: sample.value for family in families if family.type == "gauge" for sample in family.samples}


def _lags(gauges: Mapping[str, float]) -> list[tuple[str, str]]:
    lags = []
    if (behind := gauges.get("loeft_relay_behind_seconds")) is not None:
        lags.append(("Udsender", "Følger med" if behind < BEHIND_S else f"{number(int(behind))} sekunder bagud"))
    if (waiting := gauges.get("loeft_reaction_lag")) is not None:
        lags.append(("Modtager", _waiting(waiting)))
    if (waiting := gauges.get("loeft_projector_pending")) is not None:
        lags.append(("Regner tal", _waiting(waiting)))
    if gauges.get("loeft_gaps"):
        lags.append(("Mangler i tallene", f"{number(int(gauges['loeft_gaps']))} hændelser"))
    return lags


def _waiting(events: float) -> str:
    count = int(events)
    return "Følger med" if count == 0 else f"{number(count)} {'hændelse' if count == 1 else 'hændelser'} venter"


def summary(services: Sequence[Health], parked: Sequence[Mapping[str, Any]]) -> tuple[bool, str]:
    """Whether all is well, and that in a sentence."""
    ill = [service.title for service in services if not service.is_well]
    waiting = sum(item["state"] == "parked" for item in parked)
    if ill:
        return False, f"Der er noget galt: {', '.join(ill)}."
    if waiting:
        return False, f"Alt kører, men {waiting} {'hændelse' if waiting == 1 else 'hændelser'} venter på dig."
    return True, "Alt kører, som det skal."
