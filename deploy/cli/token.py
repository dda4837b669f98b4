"""``loeft token``: a token of the local issuer, for trying the APIs of the embedded stack."""

from typing import Annotated

import typer

from deploy.cli import reach
from deploy.cli.municipality import code as municipality_code
from deploy.cli.saying import fail
from deploy.embedded import DataDirectory
from shared.settings import Settings
from shared.web import Role
from shared.web.tokens import LocalIssuer

app = typer.Typer()


@app.command()
def token(
    role: Annotated[list[Role], typer.Option(help="A role; repeat it for several.")],
    municipality: Annotated[
        list[str], typer.Option(callback=municipality_code, help="A municipality code; repeat it for several.")
    ],
    subject: Annotated[str, typer.Option(help="Who it stands for.")] = "local-user",
    unit: Annotated[str | None, typer.Option(help="Its own unit (afdeling), if any.")] = None,
    minutes: Annotated[int, typer.Option(min=1, max=720, help="How long it holds.")] = 60,
    data: reach.Data = None,
) -> None:
    """Print a token that this machine's stack accepts and no other does."""
    settings = Settings()
    if settings.profile == "production":
        raise fail("Production takes no local tokens", "Ask your OIDC issuer for one.")
    key = DataDirectory(data or settings.data_directory).keys / "local-issuer.pem"
    if not key.exists():
        raise fail("This stack has never run, so it has no key yet", "Start it with `make up` first.")
    print(LocalIssuer(key, settings.audience).issue(subject, role, municipality, unit=unit, minutes=minutes))
