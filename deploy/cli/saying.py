"""How the commands speak: words for people, JSON for programs, a bar with a rate while something takes long."""

import json
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from deploy.embedded import StackError
from shared.durability import Unsafe
from shared.problems import Problem

console = Console(highlight=False)
errors = Console(stderr=True, highlight=False)

PLAIN_EVERY_S = 2.0


def say(text: str) -> None:
    """One line for a person."""
    console.print(text, markup=False, soft_wrap=True)


def say_json(value: Any) -> None:
    """One JSON document for a program."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=2, default=str) + "\n")


def fail(message: str, remedy: str = "") -> typer.Exit:
    """Tell what went wrong and what to do; raise what this returns."""
    errors.print(f"loeft: {message}", markup=False, soft_wrap=True, style="red")
    if remedy:
        errors.print(remedy, markup=False, soft_wrap=True)
    return typer.Exit(1)


@contextmanager
def told() -> Iterator[None]:
    """Failures that we know come out as words and exit code 1."""
    try:
        yield
    except StackError as error:
        fail(error.message, error.remedy)
    except Unsafe as error:
        fail(str(error))
    except Problem as problem:
        fail(problem.title, problem.detail)
    except OSError as error:
        fail(f"{error.strerror or error} {error.filename or ''}".strip(), "Is the stack running? `loeft doctor` looks.")
    except KeyboardInterrupt:
        fail("stopped")
    else:
        return
    sys.exit(1)


@contextmanager
def progress(what: str, total: int | None) -> Iterator[Callable[[int], None]]:
    """A bar with a rate on a terminal, a line every two seconds elsewhere; call it with how many more are done."""
    done, started = 0, time.monotonic()
    if errors.is_terminal:
        columns = (
            TextColumn(what),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[rate]}"),
            TimeRemainingColumn(),
        )
        with Progress(*columns, console=errors) as bar:
            task = bar.add_task(what, total=total, rate="")

            def advance(count: int) -> None:
                nonlocal done
                done += count
                rate = done / max(time.monotonic() - started, 0.001)
                bar.update(task, completed=done, rate=f"{rate:,.0f}/s")

            yield advance
        return
    last = started

    def advance_plainly(count: int) -> None:
        nonlocal done, last
        done += count
        if time.monotonic() - last >= PLAIN_EVERY_S:
            last = time.monotonic()
            rate = done / (last - started)
            errors.print(f"{what}: {done:,} of {total if total is not None else '?'} ({rate:,.0f}/s)", markup=False)

    yield advance_plainly
    errors.print(f"{what}: {done:,} in {time.monotonic() - started:.1f} s", markup=False)
