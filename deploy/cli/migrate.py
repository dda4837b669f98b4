"""``loeft migrate``: databases and bus brought to what this version needs. The one-shot container of docker-compose."""

import asyncio

import typer

from deploy.cli import reach
from deploy.cli.saying import say
from deploy.services import SERVICES, service_of
from shared.messaging.provision import provision
from shared.messaging.topology import events, inbound, projections
from shared.persistence.migrate import migrate as migrate_service

app = typer.Typer()


@app.command()
def migrate(data: reach.Data = None) -> None:
    """Run every service's migrations and provision streams, buckets and durables; says what it changed."""

    async def run() -> None:
        async with reach.machines(data) as settings:
            for service in SERVICES:
                address, password = settings.database(service), settings.password(service)
                await asyncio.to_thread(migrate_service, service, address, password)
                say(f"{service}: database is up to date")
            async with reach.bus(settings) as bus:
                streams = [events(settings.stream), inbound(), projections(settings.bucket)]
                durables = [r.durable for s in SERVICES for r in service_of(s).reactions]
                for line in await provision(bus, streams, durables):
                    say(line)
            say("bus: up to date")

    asyncio.run(run())
