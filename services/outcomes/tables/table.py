"""What every table of outcomes is made of."""

from typing import Any, ClassVar

from sqlalchemy import Column, DateTime, MetaData, Text
from sqlmodel import Field, SQLModel


class Table(SQLModel):
    """Base of this service's tables; their metadata is their own, because several services share one process."""

    metadata: ClassVar[MetaData] = MetaData()


def moment(*, optional: bool = False) -> Any:
    """A column for a moment, with its time zone."""
    return Field(default=None, sa_column=Column(DateTime(timezone=True), nullable=optional))


def words(*, key: bool = False, optional: bool = False) -> Any:
    """A column for text of any length."""
    return Field(default=None, sa_column=Column(Text, primary_key=key, nullable=optional))
