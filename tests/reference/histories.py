"""Random histories of a small jobcenter that sit on the edges of the rules.

``history(random, citizens=…)`` gives valid events in the order recorded; ``delivered`` repeats and shuffles them. The
days asked for hit S, E and E + W and their neighbours on purpose, and moments hit Danish midnight. With
``hypothesis.strategies.randoms(use_true_random=False)`` as ``random`` the histories shrink.
"""

from datetime import date, timedelta
from random import Random
from typing import Any

from tests.reference import learning
from tests.reference.ledger import Ledger
from tests.reference.lives import BEGINNING, Life

Event = dict[str, Any]
WINDOWS = (30, 91, 182, 365)


def history(random: Random, *, citizens: int) -> list[Event]:
    """The events of one random jobcenter, in the order recorded."""
    jobcenter = Jobcenter(random)
    for _ in range(citizens):
        jobcenter.citizen()
    for _ in range(random.randint(0, 3)):
        jobcenter.company()
        jobcenter.visitor()
        jobcenter.order()
    return jobcenter.ledger.events()


def delivered(random: Random, events: list[Event]) -> list[Event]:
    """The events as a bus may bring them: some twice, in any order."""
    twice = events + [event for event in events if random.random() < 0.15]
    return random.sample(twice, len(twice))


def telling_days(events: list[Event], window: int) -> list[date]:
    """Days on which some figure may change: all named in the events, also a month, a window or a year later, +-1."""
    named = {date.fromisoformat(str(e["data"][f])) for e in events for f in ("on", "valid_from") if f in e["data"]}
    named |= {date.fromisoformat(e["time"][:10]) for e in events} or {BEGINNING}
    shifts = (-1, 0, 1, 28, 29, 30, 31, 32, window, window + 1, window + 2, 364, 365, 366)
    return sorted(day + timedelta(days=shift) for day in named for shift in shifts)


class Jobcenter:
    """Makes up courses, cohorts, citizens and companies, and tells what happens to them."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.ledger = Ledger(random)
        self.cohorts: list[dict[str, Any]] = []
        for _ in range(random.randint(1, 3)):
            self._course()

    def chance(self, share: float) -> bool:
        return self.random.random() < share

    def _course(self) -> None:
        pick, tell, course = self.random.choice, self.ledger.tell, self.ledger.id()
        municipality = pick(["0101", "0101", "0175"])
        facts = self._description(course)
        opened = self.ledger.moment(BEGINNING)
        tell("courses", "course-offered", f"course/{course}", opened, municipality=municipality, **facts)
        if self.chance(0.3):
            changed = self.ledger.moment(BEGINNING + timedelta(days=90))
            facts = self._description(course)
            tell("courses", "course-changed", f"course/{course}", changed, municipality=municipality, **facts)
        for _ in range(self.random.randint(1, 2)):
            cohort, starts = self.ledger.id(), BEGINNING + timedelta(days=self.random.randint(20, 120))
            ends = starts + timedelta(days=pick([1, 14, 28]))
            self.cohorts.append({"id": cohort, "course": course, "starts": starts, "ends": ends, "where": municipality})
            tell("courses", "cohort-opened", f"cohort/{cohort}", opened + timedelta(hours=1), municipality=municipality,
                 cohort_id=cohort, course_id=course, starts=starts, ends=ends, capacity=20, online=False)  # fmt: skip

    def _description(self, course: str) -> dict[str, Any]:
        pick = self.random.choice
        methods = self.random.sample(["gaming", "practice-near", "e-learning", "classroom"], self.random.randint(0, 2))
        return {
            "course_id": course, "title": "Et kursus", "provider": pick(["Ivækst", "AOF"]), "methods": methods,
            "kind": pick(["mikrosprint", "mikrosprint", "course", "e-learning", "workshop-series", "workplace"]),
            "weeks": 2, "hours": 40, "digital_areas": [], "target_groups": [], "it_specific": self.chance(0.6),
        }  # fmt: skip

    def citizen(self) -> None:
        """One person: usually one id, sometimes two or three that are merged, also in a chain."""
        where = self.random.choice(["0101", "0101", "0101", "0175"])
        ids = [self.ledger.id() for _ in range(self.random.choice([1, 1, 1, 1, 2, 2, 3]))]
        merged_on = BEGINNING + timedelta(days=self.random.randint(30, 400))
        person = Life(self.ledger, where, ids, self.ledger.moment(merged_on))
        person.registered()
        person.merged()
        for cohort in self.cohorts:
            if cohort["where"] == where and self.chance(0.7):
                person.on_cohort(cohort)
        person.by_the_way()
        learning.tested(person)
        learning.visited(person)

    def visitor(self) -> None:
        """Somebody without a name visits a workshop."""
        visit, happened = self.ledger.id(), self.ledger.moment(BEGINNING + timedelta(days=self.random.randint(1, 90)))
        self.ledger.tell("intake", "workshop-visited", f"visit/{visit}", happened, visit_id=visit, site="Nord",
                         kind="drop-in", online=False, minutes=20, device="none",
                         themes=[{"theme": "pdf", "autonomy": "helped"}])  # fmt: skip
        if self.chance(0.3):
            self.ledger.tell("intake", "workshop-visit-voided", f"visit/{visit}", happened + timedelta(minutes=9),
                             visit_id=visit, reason="registered-twice")  # fmt: skip

    def order(self) -> None:
        """A job order that may change and close, also on the day it is placed."""
        pick, order, company = self.random.choice, self.ledger.id(), self.ledger.id()
        on, where = BEGINNING + timedelta(days=self.random.randint(1, 200)), pick(["0101", "0101", "0175"])
        for name in ["order-placed", *["order-changed"] * pick([0, 0, 1, 2])]:
            areas = [self.random.randint(1, 3) for _ in range(pick([0, 1, 2, 3]))]
            demands = [{"area": area, "level": self.random.randint(1, 8), "weight": 1.0} for area in areas]
            kind = pick(["ordinary", "wage-subsidy", "praktik", "flexjob"])
            self.ledger.tell("outcomes", name, f"order/{order}", self.ledger.moment(on), late=self.ledger.late(),
                             municipality=where, order_id=order, company_id=company, demands=demands, kind=kind,
                             seats=self.random.randint(1, 4), expectations="", visible_in_app=True)  # fmt: skip
            on += timedelta(days=pick([0, 1, 30]))
        if self.chance(0.5):
            closed = on + timedelta(days=pick([-1, 0, 0, 60]))
            self.ledger.tell("outcomes", "order-closed", f"order/{order}", self.ledger.moment(closed),
                             municipality=where, order_id=order, company_id=company)  # fmt: skip

    def company(self) -> None:
        """A company with agreements and contacts."""
        pick, tell, moment, company = self.random.choice, self.ledger.tell, self.ledger.moment, self.ledger.id()
        subject = f"company/{company}"
        tell("outcomes", "company-registered", subject, moment(BEGINNING), company_id=company, name="Firma",
             cvr="10000009", employees=8, sme=True, industry="")  # fmt: skip
        for _ in range(self.random.randint(0, 3)):
            agreement, on = self.ledger.id(), BEGINNING + timedelta(days=self.random.randint(1, 60))
            until = pick([None, None, on, on + timedelta(days=40)])
            signed = tell("outcomes", "agreement-signed", subject, moment(on), late=self.ledger.late(), on=on,
                          until=until, agreement_id=agreement, company_id=company, kind="cooperation")  # fmt: skip
            if self.chance(0.15):
                until = pick([None, on + timedelta(days=41)])
                signed = tell("outcomes", "agreement-signed", subject, signed + timedelta(minutes=1), on=on,
                              until=until, agreement_id=agreement, company_id=company, kind="cooperation")  # fmt: skip
            if self.chance(0.4):
                ends = on + timedelta(days=pick([0, 1, 40, 41]))
                told = max(moment(ends), signed + timedelta(minutes=1))
                tell("outcomes", "agreement-ended", subject, told, agreement_id=agreement, company_id=company, on=ends)
        for _ in range(self.random.randint(0, 3)):
            contact, at = self.ledger.id(), moment(BEGINNING + timedelta(days=self.random.randint(1, 90)))
            tell("outcomes", "company-asked", subject, at, contact_id=contact, company_id=company, at=at, wants="hire")
            if self.chance(0.1):  # the moment was corrected
                told, at = at + timedelta(minutes=9), at - timedelta(hours=pick([1, 30]))
                tell("outcomes", "company-asked", subject, told, contact_id=contact, company_id=company, at=at,
                     wants="hire")  # fmt: skip
            for _ in range(pick([0, 1, 1, 2])):
                answered = at + timedelta(hours=24, seconds=pick([-80000, -1, 0, 1, 90000]))
                tell("outcomes", "company-answered", subject, answered, at=answered, contact_id=contact,
                     company_id=company)  # fmt: skip
