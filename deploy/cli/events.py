"""``loeft events``: whole histories in and out, and the bus as it flows."""

import asyncio
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from deploy.cli import reach
from deploy.cli.saying import errors, fail, progress, say, say_json
from deploy.events_file import TOLD_AT_MOST, UnreadableFile, export_events, import_events, read
from deploy.publishing import publish_all
from shared.messaging.cloudevents import Malformed, decode
from shared.messaging.feed import Feed

app = typer.Typer(no_args_is_help=True, help="Events in files, and on the bus.")


@app.command("import")
def import_(
    files: Annotated[list[Path], typer.Argument(help="JSONL files, one structured CloudEvent a line.", exists=True)],
    data: reach.Data = None,
    as_json: Annotated[bool, typer.Option("--json", help="The result as JSON.")] = False,
) -> None:
    """Store the events of files in the logs of the services that own them. Doing it twice changes nothing."""
    try:
        envelopes = read(files)
    except UnreadableFile as unreadable:
        for finding in unreadable.findings[:TOLD_AT_MOST]:
            errors.print(finding, markup=False, soft_wrap=True)
        raise fail(f"{unreadable}; nothing was imported", "Correct these lines, or leave them out.") from None

    async def run() -> dict[str, Any]:
        async with reach.machines(data) as settings, reach.databases(settings, writing=True) as databases:

            async def published() -> None:
                async with reach.bus(settings) as bus:
                    await publish_all(databases, bus, settings.stream)

            with progress("importing", len(envelopes)) as advance:
                done = await import_events(databases, envelopes, advance, published=published)
            return {"stored": done.stored, "known": done.known, "warnings": done.warnings}

    result = asyncio.run(run())
    for warning in result["warnings"]:
        errors.print(f"note: {warning}", markup=False, soft_wrap=True)
    if as_json:
        say_json(result)
    else:
        say(f"{result['stored']} events imported, {result['known']} were there already")


@app.command("export")
def export(
    file: Annotated[Path | None, typer.Argument(help="Where to write; standard output when absent.")] = None,
    data: reach.Data = None,
) -> None:
    """Write every event of every service, one a line, in the order they were recorded."""

    async def run() -> list[str]:
        async with reach.machines(data) as settings, reach.databases(settings) as databases:
            return await export_events(databases)

    lines = asyncio.run(run())
    text = "".join(line + "\n" for line in lines)
    if file is None:
        sys.stdout.write(text)
    else:
        file.write_text(text, encoding="utf-8")
        errors.print(f"{len(lines)} events written to {file}", markup=False, soft_wrap=True)


@app.command("tail")
def tail(
    subject: Annotated[str, typer.Option(help="Subjects to show, with NATS wildcards.")] = "evt.>",
    since: Annotated[int | None, typer.Option(help="Start at this stream sequence instead of now.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Whole events, one a line.")] = False,
    data: reach.Data = None,
) -> None:
    """Show events as they come on the bus, until Ctrl-C."""

    async def run() -> None:
        async with reach.machines(data) as settings, reach.bus(settings) as bus:
            start = since
            if start is None:
                start = (await bus.ask(f"STREAM.INFO.{settings.stream}"))["state"]["last_seq"] + 1
            feed = Feed(bus, settings.stream, start=start, subjects=(subject,))
            await feed.open()
            while True:
                for message in await feed.batch():
                    print(message.data.decode() if as_json else _line(message.data), flush=True)

    asyncio.run(run())


def _line(body: bytes) -> str:
    try:
        event = decode(body)
    except Malformed as reason:
        return f"no event of ours: {reason}"
    moment = f"{event.time:%Y-%m-%dT%H:%M:%SZ}"
    return f"{moment}  {event.municipality} {event.service:<10} {event.name:<24} {event.subject}"
