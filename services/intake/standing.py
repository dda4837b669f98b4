"""What holds of a citizen in each stretch of time, put together once when it is told.

A list of many citizens would otherwise put it together for all of them at each look: every statement about a citizen
says some fields from a day on, perhaps a day to come.
"""

from uuid import UUID

from shared.persistence import Transaction


def holds(*fields: str) -> str:
    """The columns of what holds, for a query of circumstances.

    The newest day wins; of two statements about one day, the later one.
    """
    return ", ".join(
        f"(array_agg({name} ORDER BY valid_from DESC, version DESC) FILTER (WHERE {name} IS NOT NULL))[1] AS {name}"
        for name in fields
    )


RENEW = f"""
    INSERT INTO standing (citizen_id, valid_from, valid_until, municipality, target_group, education_level,
        unemployed_since, protected, unit)
    SELECT c.citizen_id, d.valid_from, coalesce(lead(d.valid_from) OVER (ORDER BY d.valid_from), 'infinity'),
        c.municipality, h.target_group, h.education_level, h.unemployed_since, h.protected,
        nullif(h.unit, '')
    FROM citizen AS c, (SELECT DISTINCT valid_from FROM circumstances WHERE citizen_id = $1) AS d,
        LATERAL (
            SELECT {holds("target_group", "education_level", "unemployed_since", "protected", "unit")}
            FROM circumstances AS x WHERE x.citizen_id = $1 AND x.valid_from <= d.valid_from
        ) AS h
    WHERE c.citizen_id = $1
"""


async def renew(tx: Transaction, citizen_id: UUID) -> None:
    """The citizen's stretches of time follow from her circumstances again."""
    await tx.execute("DELETE FROM standing WHERE citizen_id = $1", citizen_id)
    await tx.execute(RENEW, citizen_id)
