"""``loeft assessment``: finished tests again from their answers, held against what was told."""

import asyncio
from dataclasses import asdict
from typing import Annotated
from uuid import UUID

import typer

from deploy.cli import reach
from deploy.cli.saying import fail, say, say_json
from services.assessment.recompute import Recomputed, recompute

app = typer.Typer(no_args_is_help=True, help="The adaptive test.")


@app.callback()
def assessment() -> None:
    """Keep `recompute` a word of its own."""


@app.command("recompute")
def again(
    test: Annotated[UUID | None, typer.Argument(help="Id of the test (default: every finished test).")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Each test with its differences, as JSON.")] = False,
    data: reach.Data = None,
) -> None:
    """Compute results again from the answers and the frozen bank; exit 1 where they are not what was told."""

    async def run() -> list[Recomputed]:
        async with reach.machines(data) as settings, reach.databases(settings, ("assessment",)) as databases:
            return [done async for done in recompute(databases["assessment"], test)]

    found = asyncio.run(run())
    wrong = [one for one in found if one.differences]
    if as_json:
        say_json([asdict(one) for one in found])
    else:
        for one in found:
            for difference in one.differences:
                say(f"{one.test_id} {difference.what}: told {difference.told}, found {difference.found}")
        say(f"{len(found)} tests computed again; {len(wrong)} differ from what was told")
    if wrong:
        if as_json:
            raise typer.Exit(1)
        raise fail(
            "A result is not what its answers and its bank say", "Somebody changed the database, or it is a bug."
        )
