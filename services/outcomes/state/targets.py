"""Targets, as their events tell them."""

from shared.contracts.envelope import Envelope
from shared.contracts.outcomes import TargetSet
from shared.persistence import Appliers, Transaction


async def target_set(tx: Transaction, event: TargetSet, envelope: Envelope) -> None:
    """A target holds from now on."""
    await tx.execute(
        """
        INSERT INTO target (municipality, indicator, period, value) VALUES ($1, $2, $3, $4)
        ON CONFLICT (municipality, indicator, period) DO UPDATE SET value = excluded.value
        """,
        event.municipality,
        event.indicator,
        event.period,
        event.value,
    )
    await tx.execute(
        """
        INSERT INTO target_setting (municipality, indicator, period, sequence, recorded, value)
        VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING
        """,
        event.municipality,
        event.indicator,
        event.period,
        envelope.sequence,
        envelope.recordedtime,
        event.value,
    )


APPLY: Appliers = {
    TargetSet: target_set,
}
