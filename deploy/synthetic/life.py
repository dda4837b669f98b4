"""One citizen's way through the jobcenter: a course or two, everyday offers, and perhaps a job.

Only the day of the ordinary job follows from the truth in ``efforts``; the rest makes the stream look like the real
thing: late registrations, corrections, voided placements, revoked certificates, merged ids. About sixty events.
"""

from random import Random

from deploy.synthetic.companies import Companies
from deploy.synthetic.courses import courses
from deploy.synthetic.efforts import EDUCATION, JOBS_BY_MONTH, POPULATION, job_hazard
from deploy.synthetic.everyday import everyday
from deploy.synthetic.offers import Matchmaking, Offers
from deploy.synthetic.stream import DAY, Stream, Told
from deploy.synthetic.units import unit_of

LONGEST = 540  # days a story is followed
LEFT_OTHERWISE = (("education", 0.3), ("ill", 0.35), ("moved", 0.2), ("pension", 0.05), ("other", 0.1))
_WEIGHTS = [weight for _, _, weight, _, _ in POPULATION]


class Life:
    """The story of one citizen, told once by ``live``."""

    def __init__(self, stream: Stream, offers: Offers, companies: Companies, matchmaking: Matchmaking) -> None:
        self.stream, self.random = stream, stream.random
        self.offers, self.companies, self.matchmaking = offers, companies, matchmaking
        self.seasons = [JOBS_BY_MONTH[int(day[5:7]) - 1] for day in stream.days]

    def live(self, arrival: int) -> None:
        """Tell everything that happens to a citizen who is registered on a day."""
        self.told: list[Told] = []
        self.arrival = arrival
        self.citizen = self.stream.id(arrival * DAY)
        self.me = f'"citizen_id":"{self.citizen}"'
        self.group = self._registered()
        self.boosted_until, self.boost = 0, 1.0
        self.patience = self.random.expovariate(1.0)
        leaves = arrival + min(LONGEST, int(self.random.expovariate(1 / 900)) + 14)
        job = courses(self, leaves)
        everyday(self, job or leaves)
        if job:
            self._job(job)
        elif leaves < arrival + LONGEST:
            self._left(leaves, self._weighted(LEFT_OTHERWISE))
        if self.random.random() < 0.006:
            self._merged()
        self.stream.finish(self.citizen, self.told)

    # What everything is told with

    def tell(self, service: str, name: str, minute: int, facts: str, late: int = 0) -> None:
        """Tell one event of the citizen; ``late`` is how many minutes later it was recorded."""
        payload = f"{self.me},{facts}" if facts else self.me
        self.told.append((minute + late, len(self.told), self.stream.kind(service, name), minute, payload))

    def on(self, day: int) -> str:
        """The payload's ``on``."""
        return f'"on":"{self.stream.days[day]}"'

    def office(self, day: int) -> int:
        """A minute of a day's office hours."""
        return day * DAY + 420 + int(self.random.random() * 500)

    def late(self) -> int:
        """Minutes until an outcome is recorded: mostly none, sometimes weeks."""
        return 0 if self.random.random() < 0.88 else int(self.random.expovariate(1 / 9)) % 60 * DAY + 30

    def _weighted(self, shares: tuple[tuple[str, float], ...]) -> str:
        draw = self.random.random()
        for value, share in shares:
            draw -= share
            if draw < 0:
                return value
        return shares[-1][0]

    # The way in and out

    def _registered(self) -> str:
        random, arrival = self.random, self.arrival
        group, graduate, _, young, levels = random.choices(POPULATION, _WEIGHTS)[0]
        self.education = random.choices(EDUCATION, levels)[0]
        age = random.randint(18, 29) if random.random() < young else random.randint(30, 64)
        if graduate:
            age = random.randint(23, 33)
        self.device = "phone" if random.random() < (0.35 if group in "345" else 0.1) else "computer"
        since = arrival - min(390, int(random.expovariate(1 / 20)))
        self.tell(
            "intake", "citizen-registered", arrival * DAY + 480,
            f'"target_group":"{group}","education_level":"{self.education}",'
            f'"academic":{"true" if graduate else "false"},"birth_year":{int(self.stream.days[arrival][:4]) - age},'
            f'"unemployed_since":"{self.stream.days[since]}","device":"{self.device}",'
            f'"protected":{"true" if random.random() < 0.01 else "false"}{self._unit()}',
        )  # fmt: skip
        return group

    def _unit(self) -> str:
        unit = unit_of(self.citizen)
        return f',"unit":"{unit}"' if unit else ""

    def _left(self, day: int, reason: str) -> None:
        self.tell("intake", "citizen-left", day * DAY + 600, f'"reason":"{reason}",{self.on(day)}', self.late())

    def _merged(self) -> None:
        """The citizen had been registered twice; the other id is used no more."""
        other, first = self.stream.id(self.arrival * DAY), self.told[0]
        self.stream.finish(other, [(*first[:4], first[4].replace(self.citizen, other))])
        self.tell("intake", "citizens-merged", self.office(self.arrival + 20), f'"merged_id":"{other}"')

    def _job(self, day: int) -> None:
        random, minute = self.random, day * DAY + 420
        ids = f'"placement_id":"{self.stream.id(minute)}"'
        hours, temp = random.choice((37, 37, 37, 30, 25, 15)), "true" if random.random() < 0.12 else "false"
        late = self.late()
        self.tell("outcomes", "placement-started", minute,
                  f'{ids},"company_id":"{random.choice(self.companies.ids)}","kind":"ordinary","temp_agency":{temp},'
                  f'"hours_per_week":{hours},{self.on(day)}', late)  # fmt: skip
        self._left(day, "job")
        if random.random() < 0.03:
            self.tell("outcomes", "placement-corrected", minute + late + 3 * DAY,
                      f'{ids},"hours_per_week":20,"reason":"Wrong hours"')  # fmt: skip
        if random.random() < 0.2:
            back = day + random.randint(20, 180)
            self.tell("outcomes", "placement-ended", back * DAY + 400, f"{ids},{self.on(back)}", late)
            self.tell(
                "intake",
                "citizen-changed",
                self.office(back + 3) + late,
                f'"valid_from":"{self.stream.days[back + 1]}","unemployed_since":"{self.stream.days[back + 1]}"',
            )

    # The truth

    def job_between(self, first: int, until: int, ratio: float = 1.0) -> int | None:
        """The day from ``first`` to before ``until`` on which the citizen starts a job; none if she finds none."""
        hazard = job_hazard(self.group, self.education) * ratio
        day = first
        while day < until:
            step = min(7, until - day)
            daily = hazard * self.seasons[day] * (self.boost if day < self.boosted_until else 1.0)
            if daily * step > self.patience:
                return day + int(self.patience / daily)
            self.patience -= daily * step
            day += step
        return None


def arrivals(random: Random, citizens: int, days: list[str], weights: tuple[float, ...], first: int) -> list[int]:
    """The day numbers on which citizens are registered, in order, more of them in some months than in others."""
    by_month = [weights[int(day[5:7]) - 1] for day in days]
    return sorted(first + n for n in random.choices(range(len(days)), by_month, k=citizens))
