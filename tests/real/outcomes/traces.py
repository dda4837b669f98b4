"""Where an id is found in the database of outcomes: in any column of any table of the projection, bodies included."""

from shared.persistence.connection import Connection, Pool

TABLES = ("fact", "cell", "alias", "gap", "erased", "kept_cell", "parked", "course", "cohort", "projector")


async def traces(connection: Connection | Pool, citizen_id: str) -> dict[str, int]:
    """How many rows of each table have the id; tables without it are left out."""
    found = {}
    for table in TABLES:
        rows = await connection.fetchval(
            f"SELECT count(*) FROM {table} AS t WHERE strpos(t::text, $1) > 0"
            " OR strpos(t::text, encode(convert_to($1, 'UTF8'), 'hex')) > 0",
            citizen_id,
        )
        found |= {table: rows} if rows else {}
    return found
