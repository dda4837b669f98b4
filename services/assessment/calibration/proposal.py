"""What calibration proposes, for people to decide on: a and b with their errors, and items to be looked at."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from services.assessment.calibration.differential import ItemDifference, differences
from services.assessment.calibration.enough import verdict
from services.assessment.calibration.estimation import calibrate
from services.assessment.calibration.responses import Responses
from services.assessment.calibration.standard_errors import standard_errors
from services.assessment.items.bank import Bank

GROUPS = {"device": "phone", "language": "en"}
"""For each trait the group that is held against the others."""


@dataclass(frozen=True)
class ProposedItem:
    """One item. ``a`` and ``b`` are on the bank's scale; without answers enough to estimate they are absent."""

    id: str
    state: str
    answers: int
    judged_a: float
    judged_b: float
    a: float | None
    error_a: float | None
    b: float | None
    error_b: float | None
    enough: bool
    lacks: str


@dataclass(frozen=True)
class Proposal:
    """The whole. ``differs`` has for each trait the items that were compared."""

    bank_version: str
    digest: str
    people: int
    answers: int
    correlation: float
    rounds: int
    converged: bool
    items: tuple[ProposedItem, ...]
    differs: dict[str, tuple[ItemDifference, ...]]

    @property
    def flagged(self) -> dict[str, list[ItemDifference]]:
        """By trait the items in class B or C, the largest difference first."""
        return {
            trait: sorted((one for one in found if one.difference.category != "A"), key=lambda one: -_size(one))
            for trait, found in self.differs.items()
        }


def propose(responses: Responses, bank: Bank) -> Proposal:
    """Calibrate, and look for items that work otherwise for a group."""
    found = calibrate(responses)
    errors = standard_errors(responses, found)
    items = []
    for place, item_id in enumerate(responses.ids):
        item, times = bank.item(item_id), int(responses.times[place])
        a, b, error_a, error_b = (float(values[place]) for values in (found.a, found.b, errors.a, errors.b))
        known = bool(found.estimated[place])
        judged = verdict(times, a, error_a, error_b)
        items.append(
            ProposedItem(
                id=item_id,
                state=item.state,
                answers=times,
                judged_a=item.a,
                judged_b=item.b,
                a=round(a, 3) if known else None,
                error_a=round(error_a, 3) if known else None,
                b=round(b, 3) if known else None,
                error_b=round(error_b, 3) if known else None,
                enough=judged.enough,
                lacks=judged.lacks if known else f"{times} answers: too few to estimate anything",
            )
        )
    return Proposal(
        bank.version,
        bank.digest,
        responses.persons,
        len(responses.item),
        round(found.correlation, 3),
        found.rounds,
        found.converged,
        tuple(items),
        {trait: tuple(differences(responses, found, trait, group)) for trait, group in GROUPS.items()},
    )


def document(proposal: Proposal) -> dict[str, Any]:
    """Everything, as JSON can carry it."""
    told = asdict(proposal)
    told["differs"] = {
        trait: [
            {"item": one.item, "others": one.others, "group": one.group, **one.difference._asdict()} for one in found
        ]
        for trait, found in proposal.differs.items()
    }
    return told


def toml(proposal: Proposal) -> str:
    """A file to take a and b from, item by item. It is no part of the bank: whoever takes it over does so by hand."""
    return "\n".join(_lines(proposal)) + "\n"


def _lines(proposal: Proposal) -> Iterator[str]:
    yield "# Proposed by `loeft bank calibrate`. Nothing is changed by it: docs/bank.md says how it is taken over."
    yield f'bank = "{proposal.bank_version}"'
    yield f'digest = "{proposal.digest}"'
    yield f"people = {proposal.people}"
    yield f"answers = {proposal.answers}"
    yield f"correlation = {proposal.correlation}"
    categories = {
        (trait, one.item): one.difference.category for trait, found in proposal.differs.items() for one in found
    }
    for item in proposal.items:
        yield ""
        yield "[[item]]"
        yield f'id = "{item.id}"'
        yield f'state = "{item.state}"'
        yield f"answers = {item.answers}"
        yield f"enough = {'true' if item.enough else 'false'}"
        yield f"judged = {{ a = {item.judged_a}, b = {item.judged_b} }}"
        if item.a is not None:
            yield f"a = {item.a}"
            yield f"error_a = {item.error_a}"
            yield f"b = {item.b}"
            yield f"error_b = {item.error_b}"
        for trait in GROUPS:
            if (trait, item.id) in categories:
                yield f'{trait} = "{categories[trait, item.id]}"'


def _size(one: ItemDifference) -> float:
    return abs(one.difference.delta)
