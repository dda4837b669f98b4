"""The documents of the KV bucket ``projections``, as far as this page reads them.

A document that cannot be read is left out and logged: one wrong document must not take the page away from everybody.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Literal

import structlog
from pydantic import Field, TypeAdapter, ValidationError

from services.desk.figure import Figure, Part
from services.desk.outcome import Outcomes

log = structlog.get_logger(__name__)


class Course(Part):
    """The effort that the figures are about; what no event has told yet is None."""

    id: str
    title: str | None = None
    kind: str | None = None
    provider: str | None = None
    methods: tuple[str, ...] = ()
    it_specific: bool = False
    target_groups: tuple[str, ...] | None = None
    """Whom it is offered to, by code; empty means everybody."""


class Cohort(Part):
    """One run of the course."""

    id: str
    starts: date | None = None
    ends: date | None = None
    capacity: int | None = None


class Effort(Part):
    """Everything about one effort of one municipality."""

    projection: Literal["effort"]
    as_of: date
    municipality: str
    course: Course
    cohorts: tuple[Cohort, ...] = ()
    rows: tuple[Figure, ...] = ()


class Municipality(Part):
    """The figures of a whole municipality."""

    projection: Literal["municipality"]
    as_of: date
    municipality: str
    rows: tuple[Figure, ...] = ()


class Watermark(Part):
    """How far the event stream is counted: the last event's place, and when that was published."""

    sequence: int
    time: datetime | None = None


Document = Annotated[Effort | Municipality | Outcomes, Field(discriminator="projection")]
KINDS = {"effort", "municipality", "effort-outcomes", "municipality-outcomes"}
DOCUMENT: TypeAdapter[Document] = TypeAdapter(Document)


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class Projection:
    """One document with its key and the revision of the bucket that wrote it."""

    key: str
    revision: int
    document: Document

    @property
    def municipality(self) -> str:
        """The municipality whose people may see it."""
        return self.document.municipality

    @property
    def card(self) -> str:
        """The key of the document whose card it stands on: its own, or that of the first document."""
        return card_of(self.key)


def card_of(key: str) -> str:
    """The key of the first document, on whose card that of a second one is shown."""
    kind, _, rest = key.partition(".")
    return f"{kind.removesuffix('-outcomes')}.{rest}"


def read_projection(key: str, revision: int, value: bytes) -> Projection | None:
    """The projection in one KV entry; None for kinds that this page does not show, and for what cannot be read."""
    kind, _, rest = key.partition(".")
    if kind not in KINDS:
        return None
    try:
        document = DOCUMENT.validate_json(value)
    except ValidationError as failure:
        log.error("projection-unreadable", key=key, errors=failure.errors(include_input=False, include_url=False)[:3])
        return None
    if document.municipality != rest.partition(".")[0] or document.projection != kind:
        log.error("projection-under-wrong-key", key=key)  # the key decides who may see it
        return None
    return Projection(key, revision, document)


def read_watermark(value: bytes) -> Watermark | None:
    """The watermark, or None when it cannot be read."""
    try:
        return Watermark.model_validate_json(value)
    except ValidationError:
        log.error("watermark-unreadable")
        return None
