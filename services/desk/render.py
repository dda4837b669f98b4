"""Cards as HTML. A card is rendered once a revision, however many pages show it, and forgotten with the revision.

What is kept for longer costs more than memory: documents are thousands of objects, and the garbage collector looks at
each that stayed, for tens of milliseconds in which no page hears anything. Only the figures on the cards that were
rendered last are kept, because most changes leave them as they are.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from services.desk import cards, decimals, labels, parts, wording, words
from services.desk.comparison import comparison
from services.desk.documents import Effort, Municipality, Projection
from services.desk.door.local_users import LocalUser
from services.desk.frame import Frame
from services.desk.hub import Hub
from services.desk.job_entry import job_entry
from services.desk.measures import Measure, MovedOn
from services.desk.outcome import Outcomes
from services.desk.pilot import PilotBox, pilots
from services.desk.signals import Standing
from services.desk.standings import standings
from services.desk.supply_demand import supply_demand
from shared import clock, danish
from shared.problems import Problem

ENVIRONMENT = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    auto_reload=False,  # or every part of every page is looked up on the disk again
)
ENVIRONMENT.filters |= {
    name: getattr(wording, name) for name in ("number", "part", "brief", "sureness", "caution", "percent")
}
ENVIRONMENT.filters["decimal"] = decimals.said
ENVIRONMENT.filters["day"] = danish.day
ENVIRONMENT.filters["moment_of_day"] = lambda at: (
    f"{danish.day(at.astimezone(clock.COPENHAGEN).date())} {danish.clock(at)}"
)
ENVIRONMENT.filters["iso_day"] = lambda text: danish.day(date.fromisoformat(text))
ENVIRONMENT.filters["moment"] = lambda at: danish.moment(at, clock.now())


def compile_templates() -> None:
    """Compile every template, so that nobody waits for that who sees a page first: half a second altogether."""
    for name in ENVIRONMENT.list_templates():
        ENVIRONMENT.get_template(name)


STYLES = {"access_log": "operations"}
"""Parts whose styles are another part's."""


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


@dataclass(frozen=True, slots=True)
class Second:
    """What a second document puts on a card: its pilots above the figures, the rest below them."""

    pilots: tuple[PilotBox, ...]
    above: Markup
    below: Markup


NOTHING = Second((), Markup(), Markup())
_fragments: WeakKeyDictionary[Projection, tuple[Projection | None, Fragment]] = WeakKeyDictionary()
_seconds: WeakKeyDictionary[Projection, Second] = WeakKeyDictionary()


def element_ids(key: str) -> tuple[str, ...]:
    """The ids of the elements that show a projection: the card, and for an effort its row in the overview.

    A second document has none: it is shown on the card of the first.
    """
    card = cards.element_id(key)
    if key.startswith("effort."):
        return (card, f"row-{card}")
    return (card,) if key.startswith("municipality.") else ()


def fragment(projection: Projection, outcomes: Projection | None = None) -> Fragment:
    """The elements of one projection; ``outcomes`` is the second document on its card."""
    beside, found = _fragments.get(projection, (None, None))
    if found is None or beside is not outcomes:
        found = _rendered(projection, outcomes)
        _fragments[projection] = outcomes, found
    return found


def _rendered(projection: Projection, outcomes: Projection | None) -> Fragment:
    document = projection.document
    more = second(outcomes) if outcomes is not None else NOTHING
    if isinstance(document, Effort):
        card = cards.effort_card(projection.key, document)
        measures = _measures(card.id, card.measures, card.moved_on, card.as_of)
        return Fragment(
            card.order,
            _html("effort.html", card=card, measures=measures, pilots=more.above, outcomes=more.below),
            _html("overview_row.html", card=card, pilot=next(iter(more.pilots), None)),
        )
    assert isinstance(document, Municipality)
    summary = cards.summary_card(projection.key, document)
    return Fragment("", _html("summary.html", card=summary, outcomes=more.below))


@lru_cache(maxsize=100)
def _measures(card_id: str, measures: tuple[Measure, ...], moved: MovedOn | None, as_of: date) -> Markup:
    """The figures on a card. Most changes of an effort are of how far people have come, and leave these as they are."""
    return _html("effort_measures.html", id=card_id, measures=measures, moved_on=moved, as_of=as_of)


def second(projection: Projection) -> Second:
    """What a second document puts on its card; rendered by itself, for the first one changes more often."""
    found = _seconds.get(projection)
    if found is None:
        found = _seconds[projection] = _rendered_second(projection)
    return found


def _rendered_second(projection: Projection) -> Second:
    document = projection.document
    assert isinstance(document, Outcomes)
    frame = {"owner": cards.element_id(projection.card), "as_of": document.as_of}
    if document.projection == "municipality-outcomes":
        below = _html(
            "municipality_outcomes.html",
            wholes=parts.wholes(document),
            comparison=comparison(document),
            supply_demand=supply_demand(document),
            **frame,
        )
        return Second((), Markup(), below)
    boxes = pilots(document)
    below = _html(
        "effort_outcomes.html",
        job_entry=job_entry(document),
        kept=parts.kept(document),
        standings=standings(document),
        **frame,
    )
    return Second(boxes, _html("pilots.html", pilots=boxes, **frame), below)


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


def page(hub: Hub, municipalities: tuple[str, ...], frame: Frame, *, live_url: str) -> Markup:
    """The figures, for someone who may see these municipalities."""
    return _html(
        "page.html",
        frame=frame,
        live_url=live_url,
        places=[_place(code, hub) for code in municipalities],
        standing=standing(hub.standing, moving=False),  # its script says otherwise once it is connected
    )


def _place(code: str, hub: Hub) -> dict[str, Any]:
    own = [projection for projection in hub.projections() if projection.municipality == code]
    shown = [(p.document, fragment(p, hub.beside(p))) for p in own if not isinstance(p.document, Outcomes)]
    efforts = sorted((f for document, f in shown if isinstance(document, Effort)), key=lambda found: found.order)
    summaries = [found.card for document, found in shown if isinstance(document, Municipality)]
    return {
        "code": code,
        "name": labels.municipality(code),
        "summary": Markup("").join(summaries),
        "cards": [found.card for found in efforts],
        "rows": [found.row for found in efforts],
    }


def sign_in(users: tuple[LocalUser, ...], wanted: str, frame: Frame) -> Markup:
    """The invented people to choose from; ``wanted`` is the page to show them then."""
    return _html("sign_in.html", users=users, municipalities=labels.MUNICIPALITIES, wanted=wanted, frame=frame)


def refused(problem: Problem, frame: Frame, part: str = "") -> Markup:
    """The page for someone who cannot see what she asked for: why, and what she can do."""
    return _html(
        "refused.html", status=problem.status, code=problem.code, why=words.refusal(problem, part), frame=frame
    )


def sheet(template: str, **values: Any) -> Markup:
    """A page that a Sheet lays out; the part that the template belongs to has styles of its own."""
    part = template.partition("/")[0]
    return _html(template, styles=STYLES.get(part, part), **values)


def _html(template: str, **values: Any) -> Markup:
    return Markup(ENVIRONMENT.get_template(template).render(**values))
