"""Agreements: the days on which a company has a cooperation agreement in force."""

from collections.abc import Iterator

from services.outcomes.effect.cells import AgreementCell
from services.outcomes.effect.days import NEVER, day
from services.outcomes.effect.history import Told, about, last
from services.outcomes.effect.intervals import Interval, union

READS = frozenset({"agreement-signed", "agreement-ended"})


def agreement_cells(history: Told) -> Iterator[tuple[AgreementCell, int]]:
    """The company enters and leaves those with an agreement; several at once count once.

    In force: signed on or before the day, not ended on or before it, and ``until`` (if given) on or after it.
    """
    ended = about(history, "agreement_id", "agreement-ended")
    in_force: dict[str, list[Interval]] = {}
    for agreement, facts in about(history, "agreement_id", "agreement-signed").items():
        signed = last(facts)
        until = signed.data.get("until")
        after = NEVER if until is None else day(until) + 1
        if agreement in ended:
            after = min(after, day(last(ended[agreement]).data["on"]))
        in_force.setdefault(signed.municipality, []).append((day(signed.data["on"]), after))
    for municipality, intervals in in_force.items():
        for first, after in union(intervals):
            yield AgreementCell("agreements", municipality, first), 1
            if after < NEVER:
                yield AgreementCell("agreements", municipality, after), -1
