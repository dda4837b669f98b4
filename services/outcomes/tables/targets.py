"""Targets."""

from datetime import datetime

from sqlalchemy import BigInteger, Column, Double
from sqlmodel import Field

from services.outcomes.tables.table import Table, moment, words


class Target(Table, table=True):
    """The X of one indicator in one period."""

    __tablename__ = "target"

    municipality: str = words(key=True)
    indicator: str = words(key=True)
    period: str = words(key=True)
    value: float = Field(sa_column=Column(Double, nullable=False))


class TargetSetting(Table, table=True):
    """Every value that a target was given, and when that was recorded."""

    __tablename__ = "target_setting"

    municipality: str = words(key=True)
    indicator: str = words(key=True)
    period: str = words(key=True)
    sequence: int = Field(sa_column=Column(BigInteger, primary_key=True))
    recorded: datetime = moment()
    value: float = Field(sa_column=Column(Double, nullable=False))
