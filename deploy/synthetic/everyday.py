"""What happens to a citizen beside courses and jobs: workshops, videos, tests, referrals, orders seen in the app."""

from typing import TYPE_CHECKING

from deploy.synthetic.stream import DAY

if TYPE_CHECKING:
    from deploy.synthetic.life import Life

# Events a week at the jobcenter, for the first quarter of a year; later a third of it.
RATES = (("workshop", 0.38), ("material", 0.86), ("referral", 0.19), ("interest", 0.26))
BUSY_WEEKS = 13
THEMES = ("e-boks", "mitid", "jobnet", "pdf", "upload", "vikarbureau", "rejseplanen")
SITES = ("Nord", "Syd")
MATERIALS = ("video", "talk", "guide", "e-learning")
PURPOSES = ("profile-to-company", "job-app", "research")


def everyday(life: "Life", last: int) -> None:
    """Tell the small things of the days from the arrival to ``last``."""
    random, weeks = life.random, max(0, last - life.arrival) / 7
    counted = min(weeks, BUSY_WEEKS) + max(0.0, weeks - BUSY_WEEKS) / 3
    life.tell("intake", "consent-given", life.arrival * DAY + 495, f'"purpose":"{random.choice(PURPOSES)}"')
    if life.group in "12" and random.random() < 0.7:
        life.tell("intake", "self-service-granted", life.arrival * DAY + 505, "")
    if random.random() < (0.35 if life.group in "345" else 0.08):
        life.tell(
            "intake",
            "barrier-recorded",
            life.office(life.arrival),
            f'"kind":"{random.choice(("reading", "writing", "danish", "device"))}","severity":"medium","cleared":false',
        )
    if weeks < 1:
        return
    if random.random() < 0.1:
        day = _some_day(life, last)
        life.tell(
            "intake",
            "citizen-changed",
            life.office(day),
            f'"valid_from":"{life.stream.days[day - 5]}","device":"phone"',
        )
    _tests(life, last)
    for name, rate in RATES:
        tell = _TELL[name]
        for _ in range(int(rate * counted + random.random())):
            tell(life, _some_day(life, last))


def _some_day(life: "Life", last: int) -> int:
    """A day at the jobcenter, more likely an early one."""
    spread = life.random.random()
    return life.arrival + 1 + int(spread * spread * (last - life.arrival - 1))


def _tests(life: "Life", last: int) -> None:
    """An entry test of most, a retest of some, a gap against a job profile."""
    random, area = life.random, life.random.randint(1, 5)
    level = random.randint(2, 5)
    days = [life.arrival + random.randint(1, 6)]
    if last - life.arrival > 60 and random.random() < 0.5:
        days.append(life.arrival + random.randint(50, last - life.arrival))
    if random.random() > 0.75:
        return
    for number, day in enumerate(days):
        minute, test = life.office(day), f'"test_id":"{life.stream.id(day * DAY)}","bank_version":"2026.1"'
        life.tell(
            "assessment", "test-started", minute, f'{test},"pool":"{"phone" if life.device == "phone" else "full"}"'
        )
        reached, purpose = min(8, level + number), "retest" if number else "entry"
        areas = ",".join(
            f'{{"area":{a},"ability":{random.gauss(0.3 * number, 1):.2f},"standard_error":0.31,"level":{reached},'
            f'"level_low":{reached},"level_high":{min(8, reached + 1)},"items":5}}'
            for a in range(1, 6)
        )
        life.tell("assessment", "test-finished", minute + 22,
                  f'{test},"framework":"DigComp","framework_version":"2.2","calibrated":false,"items":25,'
                  f'"areas":[{areas}],"purpose":"{purpose}"')  # fmt: skip
        life.tell("assessment", "gap-found", minute + 24,
                  f'"profile_id":"{life.stream.id(0)}","verdict":"after-course","areas":[{{"area":{area},"demanded":5,'
                  f'"level":{reached},"level_low":{reached},"level_high":{min(8, reached + 1)},"met":"no"}}],'
                  '"course_ids":[]')  # fmt: skip


def _workshop(life: "Life", day: int) -> None:
    random, autonomy = life.random, ("helped", "partly", "alone")
    done = min(2, int(3 * random.random() + (day - life.arrival) / 200))
    life.tell("intake", "workshop-visited", life.office(day),
              f'"visit_id":"{life.stream.id(day * DAY)}","site":"{random.choice(SITES)}","kind":"drop-in",'
              f'"online":false,"themes":[{{"theme":"{random.choice(THEMES)}","autonomy":"{autonomy[done]}"}}],'
              f'"minutes":{random.randint(10, 90)},"device":"{life.device}"',
              0 if random.random() < 0.93 else random.randint(1, 6) * DAY)  # fmt: skip


def _material(life: "Life", day: int) -> None:
    minute = day * DAY + 900 + int(life.random.random() * 520)  # in the evening, often after Danish midnight in summer
    life.tell(
        "courses",
        "material-opened",
        minute,
        f'"material_id":"{life.stream.id(0)}","kind":"{life.random.choice(MATERIALS)}","device":"{life.device}"',
    )


def _referral(life: "Life", day: int) -> None:
    random = life.random
    offer = random.choice(("workshop", "workshop", "test", "course", "self-service", "job-app"))
    ids = f'"referral_id":"{life.stream.id(day * DAY)}"'
    life.tell("intake", "referral-made", life.office(day),
              f'{ids},"offer":"{offer}","reason":"Vil lære det","due":"{life.stream.days[day + 14]}"')  # fmt: skip
    if random.random() < 0.9:
        answer = random.choice(("accepted", "accepted", "accepted", "refused", "no-show"))
        life.tell("intake", "referral-answered", life.office(day + random.randint(1, 13)), f'{ids},"answer":"{answer}"')


def _interest(life: "Life", day: int) -> None:
    minute, random = life.office(day), life.random
    order = life.companies.order(minute)
    if order is None:
        return
    life.tell("outcomes", "interest-declared", minute, f'"order_id":"{order}","by":"citizen"')
    if random.random() < 0.35:
        life.tell("outcomes", "citizen-introduced", life.office(day + 3), f'"order_id":"{order}","by":"caseworker"')


_TELL = {"workshop": _workshop, "material": _material, "referral": _referral, "interest": _interest}
