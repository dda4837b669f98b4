"""``loeft bank``: the item bank of the test, checked, counted and shown to those who review it."""

import asyncio
import json
from pathlib import Path
from typing import Annotated, Any
from uuid import uuid4

import typer
from pydantic import ValidationError
from rich.table import Table

from deploy.cli import reach
from deploy.cli.saying import console, errors, fail, say, say_json
from services.assessment import forecasts, neutralised
from services.assessment.calibration.answered import answered
from services.assessment.calibration.proposal import GROUPS, Proposal, document, propose, toml
from services.assessment.commands.bank import NeutralisedItem, NeutraliseItem, view
from services.assessment.items.bank import POOLS, Bank
from services.assessment.items.loading import DIRECTORY, examine, item_bank, load
from services.assessment.items.preview import text
from services.assessment.items.preview_page import page
from services.assessment.items.statistics import statistics
from services.assessment.rescoring import rescore_all
from shared.persistence import Origin

app = typer.Typer(no_args_is_help=True, help="The item bank of the test.")

Directory = Annotated[Path, typer.Option(help="Directory of the bank (default: the one that Løft ships).")]
AsJson = Annotated[bool, typer.Option("--json", help="As JSON.")]


@app.command("check")
def check(directory: Directory = DIRECTORY, as_json: AsJson = False) -> None:
    """Look at every item and at the bank as a whole; tell everything that is wrong, and exit 1 if anything is."""
    bank, findings = examine(directory)
    if directory == DIRECTORY and not findings:
        findings = forecasts.findings()
    if as_json:
        digest = bank and bank.digest
        say_json({"fine": not findings, "digest": digest, "findings": [finding._asdict() for finding in findings]})
    else:
        for finding in findings:
            errors.print(str(finding), markup=False, soft_wrap=True)
    if findings:
        raise fail("1 finding" if len(findings) == 1 else f"{len(findings)} findings")
    if bank is not None and not as_json:
        say(f"bank {bank.version}: {len(bank.items)} items, nothing to correct, digest {bank.digest}")


@app.command("stats")
def stats(directory: Directory = DIRECTORY, as_json: AsJson = False) -> None:
    """Count the items by area, level, kind, device and state, and show the information at the cuts."""
    numbers = statistics(load(directory))
    if as_json:
        say_json(numbers)
        return
    calibrated = "calibrated" if numbers["calibrated"] else "not calibrated"
    states = ", ".join(f"{times} {state}" for state, times in sorted(numbers["state"].items()))
    say(f"bank {numbers['version']}, {numbers['framework']}, {calibrated}: {numbers['items']} items, {states}")
    say(f"digest {numbers['digest']}")
    for title, field in (
        ("Operational items by level", "level"),
        ("by kind", "kind"),
        ("by device", "device"),
        ("by reading load", "reading"),
        ("by accessibility", "accessible"),
    ):
        console.print(_counts(numbers, title, field))
    for pool in POOLS:
        console.print(_information(numbers, pool))


@app.command("forecast")
def forecast() -> None:
    """Simulate what each pool of the shipped bank promises, and keep it beside the bank: after every change of it."""
    forecasts.KEPT.write_text(json.dumps(forecasts.simulated(item_bank()), indent=1) + "\n", encoding="utf-8")
    forecasts.kept.cache_clear()
    for pool, told in forecasts.kept().items():
        say(f"{pool}: {told.items:.1f} questions, nine in ten after {told.items_p90}")


@app.command("preview")
def preview(
    item: Annotated[str | None, typer.Argument(help="Id of one item (default: all).")] = None,
    html: Annotated[Path | None, typer.Option(help="Write all items to this file, one self-contained page.")] = None,
    directory: Directory = DIRECTORY,
) -> None:
    """Show items in both languages, with the right answers: for reviewers, not for those who are to be tested."""
    bank: Bank = load(directory)
    if html is not None:
        if item is not None:
            raise fail("--html shows all items", "Leave the id out, or leave --html out.")
        html.write_text(page(bank), encoding="utf-8")
        say(f"{len(bank.items)} items written to {html}")
        return
    chosen = [bank.item(item)] if item else bank.items
    say("\n\n".join(text(one) for one in chosen))


@app.command("neutralise")
def neutralise(
    item: Annotated[str, typer.Argument(help="Id of the item.")],
    reason: Annotated[str, typer.Option(help="What is wrong with it. Everybody who reads the events sees it.")],
    as_json: AsJson = False,
    data: reach.Data = None,
) -> None:
    """Take a faulty item out of every test, for good, and compute each result that it touched anew.

    Doing it twice is the same as once; a second time goes on where a broken-off first time ended.
    """
    try:
        command = NeutraliseItem(reason=reason)
    except ValidationError as error:
        raise fail(f"The reason cannot be used: {error.errors()[0]['msg']}", "Say in words what is wrong.") from None

    async def run() -> NeutralisedItem:
        async with reach.machines(data) as settings, reach.databases(settings, ("assessment",)) as databases:
            database = databases["assessment"]
            async with database.transaction(Origin(f"neutralise-{uuid4()}")) as tx:
                faulty = await neutralised.neutralise(tx, item, command.reason, "loeft")
            await rescore_all(database)
            async with database.transaction(Origin("neutralised")) as tx:
                return view(faulty, (await neutralised.progress(tx, [item]))[item])

    done = asyncio.run(run())
    if as_json:
        say_json(done.model_dump(mode="json"))
        return
    say(f"{done.item} is neutralised since {done.at:%Y-%m-%d %H:%M} UTC: {done.reason}")
    say(
        f"{done.touched} finished tests asked it: {done.rescored} were told anew, in {done.moved} of them a level"
        f" changed; {done.left} are left"
    )


@app.command("calibrate")
def calibrate(
    out: Annotated[Path | None, typer.Option(help="Write the proposed a and b to this new file, as TOML.")] = None,
    as_json: AsJson = False,
    data: reach.Data = None,
) -> None:
    """Propose a and b from the answers in the log, and name items that are harder on a phone or in English.

    It changes nothing: people decide what is taken over into the bank. Thousands of tests take about a minute.
    """
    if out is not None and (out.exists() or out.resolve().is_relative_to(DIRECTORY)):
        raise fail(f"{out} is not written", "Name a new file that is not in the bank: a proposal is no bank.")

    async def run() -> Proposal:
        async with reach.machines(data) as settings, reach.databases(settings, ("assessment",)) as databases:
            bank = item_bank()
            return propose(await answered(databases["assessment"], bank), bank)

    found = asyncio.run(run())
    if out is not None:
        out.write_text(toml(found), encoding="utf-8")
    if as_json:
        say_json(document(found))
        return
    _say_proposal(found)
    if out is not None:
        say(f"written to {out}")


def _say_proposal(found: Proposal) -> None:
    enough = [item for item in found.items if item.enough]
    say(
        f"{found.people} tests with {found.answers} answers: {len(enough)} of {len(found.items)} items have enough;"
        f" areas correlated {found.correlation:.2f}{'' if found.converged else '; NOT converged'}"
    )
    table = Table("item", "state", "answers", "judged a, b", "a (error)", "b (error)", "lacks")
    for item in found.items:
        numbers = (
            ("", "") if item.a is None else (f"{item.a:.2f} ({item.error_a:.2f})", f"{item.b:.2f} ({item.error_b:.2f})")
        )
        judged = f"{item.judged_a:.2f}, {item.judged_b:.2f}"
        table.add_row(item.id, item.state, str(item.answers), judged, *numbers, item.lacks)
    console.print(table)
    for trait, items in found.flagged.items():
        compared = len(found.differs[trait])
        say(f"{trait}: {compared} items have answers enough to be compared, {len(items)} differ")
        for one in items:
            harder = "harder" if one.difference.delta < 0 else "easier"
            size = f"delta {one.difference.delta:+.2f} (error {one.difference.error:.2f})"
            say(f"  {one.difference.category}  {one.item}: {harder} for {GROUPS[trait]}, {size}")


def _counts(numbers: dict[str, Any], title: str, field: str) -> Table:
    columns = sorted({column for area in numbers["area"].values() for column in area[field]})
    table = Table("area", *columns, "in all", title=title)
    for area, counted in numbers["area"].items():
        row = [str(counted[field].get(column, 0)) for column in columns]
        table.add_row(str(area), *row, str(counted["operational"]))
    return table


def _information(numbers: dict[str, Any], pool: str) -> Table:
    heads = [f"{cut:g}" for cut in numbers["cuts"]]
    table = Table("area", *heads, title=f"Information at the cuts, pool {pool}")
    for area, counted in numbers["area"].items():
        table.add_row(str(area), *(f"{at['available']:.2f}" for at in counted["information"][pool]))
    needed = next(iter(numbers["area"].values()))["information"][pool]
    table.add_row("needed", *(f"{at['needed']:.2f}" for at in needed))
    return table
