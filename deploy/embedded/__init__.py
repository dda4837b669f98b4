"""NATS and PostgreSQL on one machine without Docker: the servers come as wheels, their data lives in one directory.

``async with EmbeddedMachines(Path(".loeft")) as machines`` starts both, and ``machines.addresses()`` are the settings
that the services need.
"""

from deploy.embedded.data_directory import DataDirectory
from deploy.embedded.machines import EmbeddedMachines
from deploy.embedded.nats_server import NatsServer
from deploy.embedded.postgres_server import PostgresServer
from deploy.embedded.stack_error import StackError

__all__ = ["DataDirectory", "EmbeddedMachines", "NatsServer", "PostgresServer", "StackError"]
