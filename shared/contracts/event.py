"""The base of every domain event's payload.

An event class is a frozen Pydantic model in a file named after the event. Its class keywords say where it belongs::

    class CitizenRegistered(Event, service="intake", entity="citizen", classification="personal"):
        ...

From them follow its CloudEvents ``type``, its ``subject`` and its place on the bus (``shared/messaging/topology.py``).
"""

import re
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field

Classification = Literal["personal", "sensitive", "public"]
Municipality = Annotated[
    str,
    Field(pattern=r"^[0-9]{4}$", description="Danish municipality code, four digits.", examples=["0101"]),
]


class Event(BaseModel):
    """What happened, as its producer tells it. Unknown fields are ignored, so that old readers survive new writers."""

    model_config = ConfigDict(
        frozen=True,
        extra="ignore",
        allow_inf_nan=False,
        validate_by_name=True,
        validate_by_alias=True,
        serialize_by_alias=True,
    )
    __test__: ClassVar[bool] = False  # TestStarted and its like are events, no test cases for pytest

    service: ClassVar[str]
    name: ClassVar[str]
    version: ClassVar[int]
    entity: ClassVar[str]
    classification: ClassVar[Classification]

    municipality: Municipality

    def __init_subclass__(
        cls,
        *,
        service: str | None = None,
        entity: str | None = None,
        classification: Classification | None = None,
        version: int = 1,
        **kwargs: Any,
    ) -> None:
        super().__init_subclass__(**kwargs)
        if service is None:
            return  # a shared base of several events, itself no event
        assert entity is not None, cls.__name__
        assert classification is not None, cls.__name__
        cls.service, cls.entity, cls.classification, cls.version = service, entity, classification, version
        cls.name = re.sub(r"(?<!^)(?=[A-Z])", "-", cls.__name__).lower()

    @classmethod
    def type(cls) -> str:
        """CloudEvents type, e.g. ``dk.loeft.intake.citizen-registered.v1``."""
        return f"dk.loeft.{cls.service}.{cls.name}.v{cls.version}"

    @property
    def entity_id(self) -> str:
        """The id of the entity whose history this event belongs to."""
        return str(getattr(self, f"{self.entity_kind}_id"))

    @property
    def entity_kind(self) -> str:
        """Kind of that entity; an event that may or may not concern a citizen overrides it."""
        return self.entity

    @property
    def subject(self) -> str:
        """CloudEvents subject, e.g. ``citizen/018f…``."""
        return f"{self.entity_kind}/{self.entity_id}"

    def data(self) -> dict[str, Any]:
        """The payload as plain JSON values; what is not known is left out."""
        return self.model_dump(mode="json", exclude_none=True)

    @classmethod
    def example(cls) -> "Event":
        """One believable instance: used by tests, docs and the golden samples."""
        raise NotImplementedError(cls.__name__)
