"""``loeft contracts``: the generated interface files, written and checked."""

from pathlib import Path

import typer

from deploy.cli.saying import errors, fail, say
from deploy.settings_example import EXAMPLE, settings_example
from shared.contracts import golden

app = typer.Typer(no_args_is_help=True, help="Schemas, samples, AsyncAPI, OpenAPI and the catalogue, as files.")
ROOT = Path(__file__).parents[2]


@app.command("write")
def write() -> None:
    """Generate every interface file anew. Refuses to replace a schema by one that would break its readers."""
    try:
        written = golden.write(ROOT)
    except golden.Incompatible as incompatible:
        for finding in incompatible.findings:
            errors.print(finding, markup=False, soft_wrap=True)
        raise fail("This change would break readers", "Add a new version of the event instead (.v2).") from None
    (ROOT / EXAMPLE).write_text(settings_example(), encoding="utf-8")
    say(f"{len(written)} files written")


@app.command("check")
def check() -> None:
    """Fail, with a readable difference, where a file does not follow the code or a change would break a reader."""
    findings = golden.check(ROOT)
    if not (ROOT / EXAMPLE).exists() or (ROOT / EXAMPLE).read_text(encoding="utf-8") != settings_example():
        findings.append(f"{EXAMPLE} does not follow shared/settings.py: run `make contracts`")
    for finding in findings:
        errors.print(finding, markup=False, soft_wrap=True)
    if findings:
        raise fail(f"{len(findings)} findings")
    say("the interface files follow the code, and no reader would break")
