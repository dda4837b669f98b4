"""Runs courses's migrations."""

from shared.persistence.alembic_env import run

run()
