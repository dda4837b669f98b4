"""The command ``loeft``: run the stack, move events in and out, ask for figures, and look after it all.

Every command that a program may read has ``--json``. Exit codes: 0 done, 1 it did not work (the reason is said), 2 the
command was not understood.
"""

import typer

from deploy.cli import (
    assessment,
    bank,
    bus,
    contracts,
    doctor,
    effect,
    events,
    extract,
    migrate,
    parked,
    rebuild,
    release,
    token,
    up,
)
from deploy.cli.saying import told
from shared.telemetry.logging import configure

app = typer.Typer(no_args_is_help=True, pretty_exceptions_enable=False, add_completion=False, help=__doc__)
app.command("up")(up.up)
app.add_typer(events.app, name="events")
app.add_typer(effect.app, name="effect")
app.add_typer(release.app, name="release")
app.command("extract")(extract.extract)
app.add_typer(bus.app, name="bus")
app.command("rebuild")(rebuild.rebuild)
app.add_typer(parked.app, name="parked")
app.command("doctor")(doctor.doctor)
app.add_typer(bank.app, name="bank")
app.add_typer(assessment.app, name="assessment")
app.command("migrate")(migrate.migrate)
app.command("token")(token.token)
app.add_typer(contracts.app, name="contracts")


def main() -> None:
    """Entry point: a known failure is told in words, not as a traceback."""
    configure("ERROR", readable=True)
    with told():
        app()
