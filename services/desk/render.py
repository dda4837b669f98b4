"""Cards as HTML. A card is rendered once a revision, however many pages show it."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from services.desk import cards, labels, wording
from services.desk.documents import Effort, Municipality, Projection
from services.desk.hub import Hub
from services.desk.signals import Standing
from shared import clock

ENVIRONMENT = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
ENVIRONMENT.filters |= {
    name: getattr(wording, name) for name in ("number", "part", "brief", "sureness", "caution", "day")
}
ENVIRONMENT.filters["moment"] = lambda at: wording.moment(at, clock.now())


@dataclass(frozen=True, slots=True)
class Fragment:
    """What shows one projection: its card, and an effort's row in the overview. ``order`` sorts efforts."""

    order: str
    card: Markup
    row: Markup | None = None

    @property
    def html(self) -> Markup:
        """All of it as one piece that a browser can parse: a row needs a table around it."""
        return self.card + Markup("<table><tbody>{}</tbody></table>").format(self.row or "")


def element_ids(key: str) -> tuple[str, ...]:
    """The ids of the elements that show a projection: the card, and for an effort its row in the overview."""
    card = cards.element_id(key)
    return (card, f"row-{card}") if key.startswith("effort.") else (card,)


@lru_cache(maxsize=1024)
def fragment(projection: Projection) -> Fragment:
    """The elements of one projection."""
    document = projection.document
    if isinstance(document, Effort):
        card = cards.effort_card(projection.key, document)
        return Fragment(card.order, _html("effort.html", card=card), _html("overview_row.html", card=card))
    assert isinstance(document, Municipality)
    return Fragment("", _html("summary.html", card=cards.summary_card(projection.key, document)))


def standing(now: Standing, *, moving: bool = True) -> Markup:
    """The two elements that say how fresh the figures are; ``moving`` on a page that gets every change."""
    return _html(
        "standing.html",
        standing=now,
        fresh=wording.fresh(moving=moving),
        stale=wording.stale(now.heard, clock.now()),
    )


def gone(keys: Iterable[str]) -> Markup:
    """Tells a page which elements to take away."""
    return _html("gone.html", ids=" ".join(name for key in keys for name in element_ids(key)))


def present(keys: Iterable[str]) -> Markup:
    """Tells a page which elements there are: it takes all others away."""
    return _html("present.html", ids=" ".join(name for key in keys for name in element_ids(key)))


def page(hub: Hub, municipalities: tuple[str, ...], **frame: Any) -> Markup:
    """The whole page for someone who may see these municipalities."""
    return _html(
        "page.html",
        places=[_place(code, hub) for code in municipalities],
        standing=standing(hub.standing, moving=False),  # its script says otherwise once it is connected
        **frame,
    )


def _place(code: str, hub: Hub) -> dict[str, Any]:
    own = [projection for projection in hub.projections() if projection.municipality == code]
    efforts = sorted((fragment(p) for p in own if isinstance(p.document, Effort)), key=lambda found: found.order)
    summaries = [fragment(p).card for p in own if isinstance(p.document, Municipality)]
    return {
        "code": code,
        "name": labels.municipality(code),
        "summary": Markup("").join(summaries),
        "cards": [found.card for found in efforts],
        "rows": [found.row for found in efforts],
    }


def refused(status: int, **frame: Any) -> Markup:
    """The page for someone who may not see the figures."""
    return _html("refused.html", status=status, **frame)


def _html(template: str, **values: Any) -> Markup:
    return Markup(ENVIRONMENT.get_template(template).render(**values))
