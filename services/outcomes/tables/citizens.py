"""What reactions keep of citizens."""

from uuid import UUID

from sqlalchemy import Boolean, Column, false
from sqlmodel import Field

from services.outcomes.tables.table import Table, words


class KnownCitizen(Table, table=True):
    """A citizen that intake told of. ``merged_into``: whom she goes by; ``erased`` stays when nothing else does."""

    __tablename__ = "known_citizen"

    citizen_id: UUID = Field(primary_key=True)
    municipality: str = words()
    merged_into: UUID | None = Field(index=True)
    erased: bool = Field(sa_column=Column(Boolean, nullable=False, server_default=false()))
