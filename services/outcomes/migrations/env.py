"""Runs the migrations of outcomes."""

from shared.persistence.alembic_env import run

run()
