"""Incidence: the share that has left in each way by each day, when other ways out compete and some are still there.

Aalen-Johansen with exact ties. On day t, n people are at risk, d_k of them leave in the way k, d = sum of d_k. With
the survivor S before the day, the incidence of k grows by S d_k / n and the survivor falls to S (n - d) / n: all who
leave on one day leave it together, none is put before another. *1 - Kaplan-Meier* would take those who left another
way for people who may still get a job, and overstate it.

Written with the weight w(t) = S(t-1) / n(t), what one person at risk stands for, this is F_k(t) = sum of d_k w and
S(t) = (n - d) w, and w changes only where somebody can no longer be followed. Hence the sum of all F_k and S is 1 on
every day, but for the last digits of a float.

Sources: Aalen and Johansen, Scand. J. Statist. 5 (1978) 141-150; Andersen, Borgan, Gill and Keiding, *Statistical
Models Based on Counting Processes* (1993), IV.4.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import accumulate
from operator import mul, truediv

from services.outcomes.effect.durations import Durations
from services.outcomes.effect.estimates import UNKNOWN, Estimate, wilson


@dataclass(frozen=True, slots=True)
class Curves:
    """What a histogram of durations says; every curve has one value between 0 and 1 for each of its days."""

    durations: Durations
    weights: list[float]

    def survivor(self) -> list[float]:
        """S(t) = (n - d) w: the share that has not left by the end of day t. Without other kinds: Kaplan-Meier."""
        return list(map(mul, self.durations.staying, self.weights))

    def incidence(self, kind: str) -> list[float]:
        """F_k(t) = sum of d_k w until t: the share that has left in this way by the end of day t."""
        return list(accumulate(map(mul, self.durations.gone(kind), self.weights)))

    def incidences(self) -> Mapping[str, list[float]]:
        """The incidence of every way in which somebody left."""
        return {kind: self.incidence(kind) for kind in self.durations.exits}

    def variance(self, kind: str, day: int) -> float:
        """The variance of F = F_k(day), by the delta method over the days s until then, f = F_k(s), r = n - d:

        sum of  w² d_k (n - d_k) / n  -  2 w d_k (F - f) / n  +  (F - f)² d / (n r)

        (Greenwood's formula carried over to competing ways out: Marubini and Valsecchi, *Analysing Survival Data*,
        1995, chapter 10; ties as multinomial counts). Nobody censored: F (1 - F) / N. One kind: Greenwood. Raises
        ``ValueError`` for a day beyond the curve.
        """
        if not 0 <= day < len(self.weights):
            raise ValueError(f"the curve has {len(self.weights)} days, none is day {day}")
        durations, gone = self.durations, self.durations.gone(kind)[: day + 1]
        incidence = list(accumulate(map(mul, gone, self.weights)))
        reached = incidence[-1]
        variance = 0.0
        columns = (durations.at_risk, durations.staying, gone, self.weights, incidence)
        for n, staying, left, weight, before in zip(*columns, strict=False):  # until the day: ``gone`` is the shortest
            if staying == n:
                continue
            ahead = reached - before
            variance += weight * left * (weight * (n - left) - 2 * ahead) / n
            if staying:
                variance += ahead * ahead * (n - staying) / (n * staying)
        return variance

    def estimate(self, kind: str, day: int) -> Estimate:
        """The incidence on a day with its pointwise 95 % interval; unknown on a day that nobody has been followed to.

        Rothman's quadratic limits: Wilson's interval with the effective sample size F (1 - F) / variance (Rothman, J.
        Chron. Dis. 31 (1978) 557-560; Anderson, Bernstein and Pike, Biometrics 38 (1982) 407-416). When all were
        followed it is Wilson's interval of the plain share. Where F is 0 or 1 the size is the number whose standing
        on the day is known. It holds for one day at a time, not for the whole curve at once.
        """
        if not 0 <= day < len(self.weights):
            return UNKNOWN
        share = min(sum(map(mul, self.durations.gone(kind)[: day + 1], self.weights)), 1.0)
        variance = self.variance(kind, day)
        size = share * (1 - share) / variance if 0 < share < 1 and variance > 0 else float(self._known(day))
        _, low, high = wilson(share * size, size)
        return Estimate(share, low, high)

    def _known(self, day: int) -> int:
        return self.durations.at_risk[day] + sum(sum(column[:day]) for column in self.durations.exits.values())


def curves(durations: Durations) -> Curves:
    """The curves of a histogram; reading takes time proportional to its days, however many people are in it."""
    at_risk, staying = durations.at_risk, durations.staying
    if not at_risk:
        return Curves(durations, [])
    return Curves(durations, list(accumulate(map(truediv, staying, at_risk[1:]), mul, initial=1 / at_risk[0])))
