"""Verdict: has a pilot shown itself better or worse than the benchmark it registered, however often one looks?

An ordinary 95 % interval is wrong about 1 time in 20 when it is looked at once. Managers look every month, and each
look is a new chance to be wrong. Here the interval comes from an anytime-valid *confidence sequence*: the chance that
it misses the true rate at any look at all, ever, is at most 5 %.

For a rate p, s successes among the first n people have the likelihood p^s (1 - p)^(n - s). The e-value of p is what a
bet against p has grown to, which spread its stake over all other rates by a mixture prior Beta(a, b)::

    e(p) = integral of q^s (1 - q)^(n - s) dBeta(q; a, b)  /  p^s (1 - p)^(n - s)
         = B(a + s, b + n - s) / B(a, b)  /  p^s (1 - p)^(n - s)

If p is the true rate, e(p) is a nonnegative martingale that starts at 1, so by Ville's inequality the chance that it
ever reaches 20 is at most 1/20. The interval holds every p whose e-value is below 20.

The prior is fixed when the benchmark is registered: Beta(1 + 8 benchmark, 1 + 8 (1 - benchmark)), any rate alike and
then 8 imagined people at the benchmark. Any prior is valid; this one places its bets where a pilot is likely to be,
and so tells 10 to 30 points' difference sooner than the uniform one.

Sources: Robbins, Ann. Math. Statist. 41 (1970) 1397-1409; Howard, Ramdas, McAuliffe and Sekhon, Ann. Statist. 49 (2021)
1055-1080; Ville, *Étude critique de la notion de collectif* (1939).
"""

from dataclasses import dataclass
from datetime import date
from math import lgamma, log
from typing import Literal

Answer = Literal["continue", "stop", "cannot-tell-yet"]
REJECTED = 20.0
"""The e-value from which a rate is left out: 1 / 0.05."""
IMAGINED = 8
"""People at the benchmark that the prior imagines, beyond the uniform one."""
HALVINGS = 60
"""Halvings of an interval of length 1 until its ends are neighbouring floats, or nearly."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the figures say against the registered benchmark; a person decides. Rates are shares of 1."""

    verdict: Answer
    n: int
    """People whose outcome is settled."""
    successes: int
    low: float
    high: float
    """The ends of the interval that holds at every look: 95 % for all looks together."""
    benchmark: float
    decided_at: date
    """The day as of which the people were counted."""


def judge(n: int, successes: int, *, benchmark: float, decided_at: date) -> Verdict:
    """The verdict on a pilot after ``n`` people, ``successes`` of whom reached its measure.

    *stop*: the whole interval is below the benchmark. *continue*: the whole interval is above it. *cannot-tell-yet*:
    the benchmark is in the interval, as it always is before the first person.

    The promise is that of ``bounds``. It holds for the registered measure and benchmark, not for the best looking of
    several; with everybody counted once, in an order that how it went for them has no part in (``pilot_verdict.py``).
    The interval as of one look need not lie inside that of the look before. Their intersection over all looks is valid
    too and never grows; a caller who keeps it keeps it from the first look, and nothing is kept here.

    Raises ``ValueError`` for a benchmark outside 0 to 1 or more successes than people.
    """
    low, high = bounds(n, successes, benchmark=benchmark)
    answer: Answer = "stop" if high < benchmark else "continue" if low > benchmark else "cannot-tell-yet"
    return Verdict(answer, n, successes, low, high, benchmark, decided_at)


def bounds(n: int, successes: int, *, benchmark: float) -> tuple[float, float]:
    """The rates that ``n`` people leave possible, as shares of 1: those with an e-value below 20.

    Over all n the chance that the true rate is ever outside is at most 5 %, whenever one looks or stops. For a given
    n both ends rise with ``successes``. They are rounded outwards. Raises ``ValueError`` like ``judge``.
    """
    if not 0 <= benchmark <= 1:
        raise ValueError(f"a benchmark is a share between 0 and 1, not {benchmark}")
    if not 0 <= successes <= n:
        raise ValueError(f"{successes} of {n} people cannot have reached the measure")
    if n == 0:
        return 0.0, 1.0
    share = successes / n  # the e-value falls until here and rises after it, and is at most 1 here
    low = 0.0 if successes == 0 else _end(n, successes, benchmark, outside=0.0, inside=share)
    high = 1.0 if successes == n else _end(n, successes, benchmark, outside=1.0, inside=share)
    return low, high


def log_e_value(n: int, successes: int, rate: float, *, benchmark: float) -> float:
    """The natural logarithm of the e-value of ``rate`` (above 0 and below 1): the evidence against it, 0 for none."""
    a, b = 1 + IMAGINED * benchmark, 1 + IMAGINED * (1 - benchmark)
    failures = n - successes
    mixture = _log_beta(a + successes, b + failures) - _log_beta(a, b)
    return mixture - (successes * log(rate) if successes else 0.0) - (failures * log(1 - rate) if failures else 0.0)


def _end(n: int, successes: int, benchmark: float, *, outside: float, inside: float) -> float:
    """Where the e-value passes 20 between a rate that is rejected and one that is not."""
    for _ in range(HALVINGS):
        middle = (outside + inside) / 2
        if middle in (0.0, 1.0):
            break
        if log_e_value(n, successes, middle, benchmark=benchmark) < log(REJECTED):
            inside = middle
        else:
            outside = middle
    return outside


def _log_beta(a: float, b: float) -> float:
    return lgamma(a) + lgamma(b) - lgamma(a + b)
