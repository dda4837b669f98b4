"""PostgreSQL is the record: each service's database with its state, its event log, and one way to commit both."""

from shared.persistence.change import Appliers, Statement
from shared.persistence.database import Database
from shared.persistence.transaction import Origin, Transaction

__all__ = ["Appliers", "Database", "Origin", "Statement", "Transaction"]
