"""The way through an effort: how many reached each stage, and how it ended for those who started. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

from services.desk import labels
from services.desk.figure import Figure
from services.desk.share import Share

ENDED = "ended:"
ALWAYS_SHOWN = {"started", "completed", *labels.STAGES_AFTER}


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage. Until the effort ends it is held against the stage before, afterwards against those who started: one
    may get a job without a praktik first. A share is None where there is no whole that it is a part of.
    """

    key: str
    name: str
    count: int
    of_first: Share | None
    of_previous: Share | None

    @property
    def is_after(self) -> bool:
        """Whether it comes after the effort."""
        return self.key in labels.STAGES_AFTER


@dataclass(frozen=True, slots=True)
class Ending:
    """How many of those who started stopped for one reason. A success is never a dropout."""

    key: str
    name: str
    count: int
    success: bool
    share: Share | None


@dataclass(frozen=True, slots=True)
class Funnel:
    """Stages in order, endings with the commonest first within successes and others, and how many are still there."""

    stages: tuple[Stage, ...]
    endings: tuple[Ending, ...]
    started: int
    running: int
    definition: str

    @property
    def first(self) -> Stage | None:
        """The stage that everything is held against."""
        return self.stages[0] if self.stages else None


def funnel(rows: Iterable[Figure]) -> Funnel:
    """The funnel of one course from its rows. Without rows for the whole, those of its cohorts add
    up: a citizen counts once per cohort."""
    own = [row for row in rows if row.indicator == "funnel" and row.stage is not None]
    whole = [row for row in own if "cohort" not in row.dimensions]
    counts: dict[str, int] = {}
    for row in whole or own:
        counts[str(row.stage)] = counts.get(str(row.stage), 0) + row.so_far
    ended = {stage.removeprefix(ENDED): counts.pop(stage) for stage in list(counts) if stage.startswith(ENDED)}
    started, completed = counts.get("started", 0), counts.get("completed", 0)
    return Funnel(
        stages=_stages(counts),
        endings=_endings({"completed": completed} | ended, started),
        started=started,
        running=max(0, started - completed - sum(ended.values())),
        definition=next((row.definition for row in own), ""),
    )


def _stages(counts: dict[str, int]) -> tuple[Stage, ...]:
    shown = [key for key in labels.STAGES if counts.get(key, 0) > 0 or key in ALWAYS_SHOWN]
    first = counts.get(shown[0], 0)
    stages: list[Stage] = []
    for key in shown:
        count = counts.get(key, 0)
        previous = "started" if key in labels.STAGES_AFTER else stages[-1].key if stages else None
        whole = counts.get(previous, 0) if previous else None
        stages.append(
            Stage(
                key,
                labels.STAGES[key],
                count,
                of_first=Share.of(count, first) if stages else None,
                of_previous=Share.of(count, whole),
            )
        )
    return tuple(stages)


def _endings(counts: dict[str, int], started: int) -> tuple[Ending, ...]:
    endings = [
        Ending(key, labels.END_REASONS.get(key, key), count, key in labels.SUCCESSES, Share.of(count, started))
        for key, count in counts.items()
        if count > 0
    ]
    return tuple(sorted(endings, key=lambda ending: (not ending.success, -ending.count, ending.name)))
