"""Companies with agreements, contacts that are answered in time or not, and job orders."""

from bisect import bisect_right

from deploy.synthetic.stream import DAY, EPOCH_DAYS, Stream, Told

CITIZENS_PER_COMPANY = 60
ANSWERED_IN_TIME = 0.82
INDUSTRIES = ("Detailhandel", "Håndværk", "Rengøring", "Køkken og kantine", "It-service", "Regnskab", "Pleje", "Lager")


class Companies:
    """All companies, told once at the beginning; ``order`` gives an order that was placed before a minute."""

    def __init__(self, stream: Stream, citizens: int, days: int) -> None:
        self.stream, self._days = stream, days
        self.ids: list[str] = []
        self._orders: list[tuple[int, str]] = []
        for number in range(max(12, citizens // CITIZENS_PER_COMPANY)):
            self._company(number)
        self._orders.sort()
        self._placed = [minute for minute, _ in self._orders]

    def order(self, minute: int) -> str | None:
        """One of the forty orders placed last before a minute."""
        until = bisect_right(self._placed, minute)
        return self._orders[self.stream.random.randrange(max(0, until - 40), until)][1] if until else None

    def _company(self, number: int) -> None:
        stream, random = self.stream, self.stream.random
        minute = (EPOCH_DAYS - 45 + random.randrange(40)) * DAY + 600
        company = stream.id(minute)
        self.ids.append(company)
        employees = int(random.lognormvariate(2.5, 1.2)) + 1
        facts = (
            f'"company_id":"{company}","name":"Virksomhed {number + 1} ApS","cvr":"{10000000 + number}",'
            f'"employees":{employees},"sme":{"true" if employees < 250 else "false"},'
            f'"industry":"{random.choice(INDUSTRIES)}"'
        )
        told: list[Told] = [(minute, 0, stream.kind("outcomes", "company-registered"), minute, facts)]
        self._agreements(company, minute, told)
        for _ in range(int(random.expovariate(1 / 14))):
            self._contact(company, told)
        stream.finish(company, told)
        for _ in range(int(random.expovariate(1 / 4)) + 1):
            self._order(company)

    def _moment(self) -> int:
        return (
            (EPOCH_DAYS - 4 + self.stream.random.randrange(self._days - 70)) * DAY
            + 480
            + self.stream.random.randrange(480)
        )

    def _agreements(self, company: str, minute: int, told: list[Told]) -> None:
        stream, random = self.stream, self.stream.random
        if random.random() > 0.6:
            return
        signed = minute + random.randrange(300) * DAY
        day = signed // DAY
        ids = f'"agreement_id":"{stream.id(signed)}","company_id":"{company}"'
        until = f'"until":"{stream.days[day + 364]}",' if random.random() < 0.5 else ""
        told.append((signed, len(told), stream.kind("outcomes", "agreement-signed"), signed,
                     f'{ids},"on":"{stream.days[day]}",{until}"kind":"cooperation"'))  # fmt: skip
        if random.random() < 0.2:
            ended = signed + random.randrange(60, 360) * DAY
            told.append((ended, len(told), stream.kind("outcomes", "agreement-ended"), ended,
                         f'{ids},"on":"{stream.days[ended // DAY]}"'))  # fmt: skip

    def _contact(self, company: str, told: list[Told]) -> None:
        stream, random, at = self.stream, self.stream.random, self._moment()
        wants = random.choice(("hire", "hire", "wage-subsidy", "praktik"))
        ids = f'"contact_id":"{stream.id(at)}","company_id":"{company}","wants":"{wants}"'
        told.append((at, len(told), stream.kind("outcomes", "company-asked"), at, f'{ids},"at":"{stream.moment(at)}"'))
        if random.random() < 0.95:
            within = random.random() < ANSWERED_IN_TIME
            answer = at + (random.randrange(20, DAY + 1) if within else DAY + 1 + random.randrange(4 * DAY))
            told.append((answer, len(told), stream.kind("outcomes", "company-answered"), answer,
                         f'{ids},"at":"{stream.moment(answer)}"'))  # fmt: skip

    def _order(self, company: str) -> None:
        stream, random, minute = self.stream, self.stream.random, self._moment()
        order = stream.id(minute)
        self._orders.append((minute, order))
        kind = random.choice(("ordinary", "ordinary", "wage-subsidy", "praktik"))
        area, level, ids = random.randint(1, 5), random.randint(2, 5), f'"order_id":"{order}","company_id":"{company}"'
        closed = minute + random.randrange(7, 60) * DAY
        told: list[Told] = [
            (minute, 0, stream.kind("outcomes", "order-placed"), minute,
             f'{ids},"demands":[{{"area":{area},"level":{level},"weight":1.0}}],"kind":"{kind}",'
             f'"seats":{random.randint(1, 3)},"expectations":"","visible_in_app":true'),
            (closed, 1, stream.kind("outcomes", "order-closed"), closed, f'{ids},"reason":"Filled"'),
        ]  # fmt: skip
        stream.finish(order, told)
