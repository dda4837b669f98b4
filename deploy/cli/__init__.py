"""The command ``loeft``: run the stack, move events in and out, ask for figures, and look after it all.

Every command that a program may read has ``--json``. Exit codes: 0 done, 1 it did not work (the reason is said), 2 the
command was not understood.
"""

from importlib import import_module
from typing import Any

import typer
from typer.core import TyperGroup
from typer.main import get_command, get_group

from deploy.cli.saying import told
from shared.telemetry.logging import configure

COMMANDS = {
    "up": get_command, "events": get_group, "effect": get_group, "extract": get_command, "release": get_group,
    "bus": get_group, "rebuild": get_command, "parked": get_group, "doctor": get_command, "bank": get_group,
    "assessment": get_group, "profile": get_group, "migrate": get_command, "token": get_command,
    "contracts": get_group, "access-log": get_command,
}  # fmt: skip
"""Each is ``app`` in the module of its name, with `_` for `-`: one command, or a group of them."""


class OnDemand(TyperGroup):
    """Commands that are imported when they are called: together they need all of Løft, most of them little of it."""

    def list_commands(self, ctx: Any) -> list[str]:
        """All commands."""
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """One command; None when there is none of that name."""
        if cmd_name not in COMMANDS:
            return None
        command = COMMANDS[cmd_name](import_module(f"deploy.cli.{cmd_name.replace('-', '_')}").app)
        command.name = cmd_name
        return command


app = typer.Typer(
    cls=OnDemand, no_args_is_help=True, pretty_exceptions_enable=False, add_completion=False, help=__doc__
)


@app.callback()
def loeft() -> None:
    """Run the stack, move events in and out, ask for figures, and look after it all."""


def main() -> None:
    """Entry point: a known failure is told in words, not as a traceback."""
    configure("ERROR", readable=True)
    with told():
        app()
