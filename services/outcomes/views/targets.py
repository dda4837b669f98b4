"""What callers may see of targets."""

from pydantic import BaseModel

from shared.persistence import Transaction


class TargetView(BaseModel):
    """The X of an indicator in a period."""

    indicator: str
    period: str
    value: float


async def targets(tx: Transaction, municipality: str, period: str | None) -> list[TargetView]:
    """The municipality's targets, of one period or of all."""
    rows = await tx.fetch(
        "SELECT * FROM target WHERE municipality = $1 AND ($2::text IS NULL OR period = $2) ORDER BY period, indicator",
        municipality,
        period,
    )
    return [TargetView.model_validate(dict(row)) for row in rows]
