"""One citizen's life at the jobcenter, made up so that it sits on the edges of the rules."""

from datetime import date, datetime, timedelta
from typing import Any

from tests.reference.ledger import Ledger

WINDOWS = (30, 91, 182, 365)
BEGINNING = date(2026, 1, 12)
GROUPS = ("1", "2", "3", "9")
EDUCATION = ("none", "unskilled", "skilled", "short", "medium", "long")
REASONS = (
    "completed", "completed", "completed", "completed", "got_job", "dropped_out", "ill", "moved", "education",
    "other_effort", "not_met", "cancelled_by_provider", "mis_registered",
)  # fmt: skip
LEAVING = ("job", "job", "education", "moved", "ill", "other")
KINDS = ("ordinary", "ordinary", "wage-subsidy", "praktik", "praktik", "flexjob")


class Life:
    """One person and what happens to her."""

    def __init__(self, ledger: Ledger, where: str, ids: list[str], merged: datetime) -> None:
        self.random, self.ledger, self.chance = ledger.random, ledger, ledger.chance
        self.where, self.ids, self.merged_at = where, ids, merged
        self.companies = [None, ledger.id(), ledger.id()]
        self.born = 1970 + int(ids[0][-4:], 16) % 32

    def tell(
        self, service: str, name: str, happened: datetime, who: str, /, late: timedelta = timedelta(0), **data: Any
    ) -> datetime:
        """Tell an event of one of her ids, or of the id that was kept when it is recorded after the merge."""
        citizen = self.ids[0] if happened + late > self.merged_at else who
        return self.ledger.tell(service, name, f"citizen/{citizen}", happened, late=late, municipality=self.where,
                                citizen_id=citizen, **data)  # fmt: skip

    def correct(self, service: str, name: str, recorded: datetime, who: str, /, **data: Any) -> datetime:
        """Tell an event anew. Of a citizen with one id its ``time`` may lie before that of what it corrects."""
        late = timedelta(days=self.random.choice([0, 30]) if len(self.ids) == 1 else 0)
        return self.tell(service, name, recorded - late, who, late=late, **data)

    def registered(self) -> None:
        """Registrations, changes valid before, on and after a day, leaving and coming back."""
        pick, moment = self.random.choice, self.ledger.moment
        for who in self.ids:
            on = BEGINNING + timedelta(days=self.random.randint(-300, 25))
            self.tell("intake", "citizen-registered", moment(on), who, target_group=pick(GROUPS), birth_year=self.born,
                      education_level=pick(EDUCATION), academic=False, unemployed_since=on,
                      protected=False)  # fmt: skip
            if self.chance(0.1):
                again = on + timedelta(days=pick([1, 200, 400]))
                self.tell("intake", "citizen-registered", moment(again), who, target_group=pick(GROUPS),
                          birth_year=self.born, education_level=pick(EDUCATION), academic=False, unemployed_since=again,
                          protected=False)  # fmt: skip
            for _ in range(pick([0, 0, 1, 2])):
                since = BEGINNING + timedelta(days=self.random.randint(-40, 160))
                told = BEGINNING + timedelta(days=self.random.randint(30, 200))
                self.tell("intake", "citizen-changed", moment(told), who, valid_from=since,
                          target_group=pick([None, *GROUPS]), education_level=pick([None, *EDUCATION]))  # fmt: skip
            if self.chance(0.4):
                left = BEGINNING + timedelta(days=self.random.randint(30, 300))
                told = self.tell("intake", "citizen-left", moment(left), who, reason=pick(LEAVING), on=left)
                if self.chance(0.1):
                    self.tell("intake", "citizen-left", told + timedelta(days=2), who, reason=pick(LEAVING), on=left)
                if self.chance(0.5):
                    back = left + timedelta(days=pick([0, 1, 29, 30, 31, 50]))
                    since = back - timedelta(days=pick([0, 0, 0, 1, 80]))
                    self.tell("intake", "citizen-changed", moment(back) + timedelta(days=1), who, valid_from=back,
                              unemployed_since=since, target_group=pick([None, *GROUPS]))  # fmt: skip

    def merged(self) -> None:
        """Her ids become one: all into the first, or as a chain recorded in any order."""
        chain = self.chance(0.5)
        for n, gone in enumerate(self.ids[1:]):
            kept = self.ids[n] if chain else self.ids[0]
            told = self.merged_at - timedelta(minutes=n)
            self.ledger.tell("intake", "citizens-merged", f"citizen/{kept}", told, municipality=self.where,
                             citizen_id=kept, merged_id=gone)  # fmt: skip

    def on_cohort(self, cohort: dict[str, Any]) -> None:
        """The way to one cohort, and mostly one enrolment on it, sometimes two or none."""
        who, before = self.random.choice(self.ids), cohort["starts"] - timedelta(days=20)
        ids = {"cohort_id": cohort["id"]}
        for n, name in enumerate(("citizen-identified", "citizen-invited", "invitation-answered")):
            for _ in range(self.random.choice([0, 1, 1, 1, 2])):
                answer = {"answer": self.random.choice(["accepted", "accepted", "declined"])} if n == 2 else {}
                happened = self.ledger.moment(before + timedelta(days=3 * n + self.random.randint(0, 4)))
                self.tell("courses", name, happened, who, late=self.ledger.late(), **ids, **answer)
        for _ in range(self.random.choice([0, 1, 1, 1, 1, 2])):
            enrolment = ids | {"enrolment_id": self.ledger.id()}
            enrolled = self.ledger.moment(cohort["starts"] - timedelta(days=self.random.randint(0, 9)))
            if self.chance(0.2):
                self.tell("courses", "citizen-waitlisted", enrolled - timedelta(minutes=1), who, **enrolment)
            self.tell("courses", "citizen-enrolled", enrolled, who, **enrolment)
            if self.chance(0.1):
                self.tell("courses", "enrolment-withdrawn", enrolled + timedelta(minutes=1), who, **enrolment)
            else:
                self._participation(cohort, enrolment | {"course_id": cohort["course"]}, who)

    def _participation(self, cohort: dict[str, Any], ids: dict[str, Any], who: str) -> None:
        pick, moment = self.random.choice, self.ledger.moment
        start = cohort["starts"] + timedelta(days=pick([0, 0, 0, 1, 3]))
        told = self.tell(
            "courses", "participation-started", moment(start), who, late=self.ledger.late(), **ids, on=start
        )
        if self.chance(0.1):
            start += timedelta(days=pick([-2, 1]))
            self.correct("courses", "participation-started", told + timedelta(hours=5), who, **ids, on=start)
        end = max(start, cohort["ends"] + timedelta(days=pick([0, 0, -5, 1])))
        if self.chance(0.85):
            told = self.tell("courses", "participation-ended", moment(end), who, late=self.ledger.late(), **ids, on=end,
                             reason=pick(REASONS))  # fmt: skip
            if self.chance(0.2):
                end += timedelta(days=pick([0, 0, 2]))
                told += timedelta(days=pick([0, 30]), minutes=1)
                self.correct("courses", "participation-ended", told, who, **ids, on=end, reason=pick(REASONS))
        self._certificates(ids["enrolment_id"], end, who)
        for _ in range(pick([0, 1, 1, 2])):
            self._placement(start, end, ids["enrolment_id"], who)
        for _ in range(pick([0, 0, 1, 2])):
            met = moment(start + timedelta(days=pick([-1, 0, 1, 40])))
            name = pick(["meeting-held", "meeting-held", "meeting-scheduled"])
            self.tell("outcomes", name, met, who, late=self.ledger.late(), event_id=self.ledger.id(), round=0, table=0,
                      company_id=self.ledger.id())  # fmt: skip

    def _certificates(self, enrolment: str, end: date, who: str) -> None:
        for _ in range(self.random.choice([0, 0, 1, 2])):
            certificate, on = self.ledger.id(), end + timedelta(days=self.random.choice([-1, 0, 1, 12]))
            told = self.tell(
                "courses", "certificate-awarded", self.ledger.moment(on), who, late=self.ledger.late(),
                certificate_id=certificate, enrolment_id=enrolment if self.chance(0.85) else None, on=on, code="AZ-900",
                title="Azure Fundamentals", type="Certification", issuer="Microsoft", workload_hours=60,
                participation_form="online", assessment_type="examination", quality_assurance="vendor",
                identity_verified=True, alignments=[],
            )  # fmt: skip
            if self.chance(0.25):
                self.tell("courses", "certificate-revoked", told + timedelta(days=3), who, certificate_id=certificate,
                          reason="Another person sat the exam", on=on + timedelta(days=3))  # fmt: skip

    def _placement(self, start: date, end: date, enrolment: str, who: str) -> None:
        """A placement on one of the edges, linked to the enrolment or not."""
        pick, window = self.random.choice, self.random.choice(WINDOWS)
        edge, shift = pick([(start, -1), (start, 0), (start, 1), (end, 0), (end, 1), (end, window - 1), (end, window),
                            (end, window + 1), (end, 9), (end, 60)])  # fmt: skip
        on, kind, link = edge + timedelta(days=shift), pick(KINDS), self.chance(0.5)
        ids: dict[str, Any] = {"placement_id": self.ledger.id()}
        company = pick(self.companies)
        linked: dict[str, Any] = {"enrolment_id": enrolment if link else None}
        timing = pick(["before", "during", "after"]) if kind == "praktik" and link else None
        if self.chance(0.2):
            agreed = self.ledger.moment(on - timedelta(days=9))
            self.tell("outcomes", "placement-agreed", agreed, who, **ids, **linked, starts=on, kind=kind,
                      hours_per_week=30, timing=timing, company_id=company or self.companies[1])  # fmt: skip
            if self.chance(0.2):
                return
        told = self.tell("outcomes", "placement-started", self.ledger.moment(on), who, late=self.ledger.late(), **ids,
                         **linked, on=on, kind=kind, temp_agency=False, hours_per_week=30, timing=timing,
                         company_id=company)  # fmt: skip
        if self.chance(0.25):
            told = self.correct("outcomes", "placement-corrected", told + timedelta(days=2, minutes=1), who, **ids,
                                kind=pick([None, *KINDS]), on=pick([None, on, on + timedelta(days=1)]),
                                company_id=pick([None, None, *self.companies]))  # fmt: skip
        if self.chance(0.5):
            last = max(on, pick([end + timedelta(days=pick([-2, -1, 0, 1, 30])),
                                 on + timedelta(days=window + pick([-1, 0, 1]))]))  # fmt: skip
            happened = max(self.ledger.moment(last), told + timedelta(minutes=1))
            told = self.tell("outcomes", "placement-ended", happened, who, **ids, on=last)
            if self.chance(0.4):
                self._renewed(last + timedelta(days=pick([-3, 0, 1, 1, 2])), window, kind, company, who)
        if self.chance(0.15):
            self.tell("outcomes", "placement-voided", told + timedelta(days=5), who, **ids, reason="Wrong citizen")

    def _renewed(self, on: date, window: int, kind: str, company: str | None, who: str) -> None:
        """Another placement of the kind, mostly with the same company, that begins about when the last one ended."""
        facts: dict[str, Any] = {
            "placement_id": self.ledger.id(),
            "kind": kind,
            "temp_agency": False,
            "hours_per_week": 30,
        }
        told = self.tell("outcomes", "placement-started", self.ledger.moment(on), who, **facts, on=on,
                         company_id=self.random.choice([company, company, *self.companies]))  # fmt: skip
        if self.chance(0.6):
            last = on + timedelta(days=self.random.choice([0, 9, window - 1, window, window + 1]))
            happened = max(self.ledger.moment(last), told + timedelta(minutes=1))
            self.tell("outcomes", "placement-ended", happened, who, placement_id=facts["placement_id"], on=last)

    def by_the_way(self) -> None:
        """Offers that count in reach, and events that count nowhere."""
        test: dict[str, Any] = {"test_id": self.ledger.id(), "bank_version": "1", "purpose": "entry", "pool": "full"}
        offers: list[tuple[str, str, dict[str, Any]]] = [
            ("courses", "material-opened", {"material_id": self.ledger.id(), "kind": "video", "device": "phone"}),
            ("intake", "self-service-granted", {}),
            ("intake", "consent-given", {"purpose": "profile-to-company"}),
            ("assessment", "test-started", test),
        ]
        if self.chance(0.05):
            self.tell("intake", "citizen-erased", self.ledger.moment(BEGINNING + timedelta(days=900)), self.ids[0])
        for _ in range(self.random.choice([0, 1, 1, 2])):
            service, name, data = self.random.choice(offers)
            happened = self.ledger.moment(BEGINNING + timedelta(days=self.random.randint(-30, 300)))
            self.tell(service, name, happened, self.random.choice(self.ids), **data)
