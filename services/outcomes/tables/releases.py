"""Published figures."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Column
from sqlmodel import Field

from services.outcomes.tables.table import Table, moment, words


class Release(Table, table=True):
    """What was published of an indicator as of a day: what was ``told`` anew, and the ``answers`` by cut.

    Not of events: a backup must hold it, or the next release cannot be protected beside it.
    """

    __tablename__ = "release"

    municipality: str = words(key=True)
    indicator: str = words(key=True)
    day: date = Field(primary_key=True)
    made_at: datetime = moment()
    smallest_group: int
    told: Any = Field(default=None, sa_column=Column(JSON, nullable=False))
    answers: Any = Field(default=None, sa_column=Column(JSON, nullable=False))
