"""An item and what it tells: the two-parameter logistic model (2PL)."""

from math import exp, isfinite
from typing import NamedTuple

from services.assessment.ability.refusal import Refusal


class Item(NamedTuple):
    """One item, as far as measuring is concerned.

    ``area`` is the DigComp area 1-5, ``competence`` its code such as ``1.2``. ``a`` is the discrimination (per unit of
    ability, over 0), ``b`` the difficulty: the ability at which half answer right. Ability has mean 0 and standard
    deviation 1 in the population the bank is made for.
    """

    area: int
    competence: str
    a: float
    b: float


def probability(ability: float, a: float, b: float) -> float:
    """The probability of a right answer: P = 1 / (1 + exp(-a(ability - b))), between 0 and 1.

    Source: Birnbaum (1968), in Lord and Novick, Statistical Theories of Mental Test Scores, ch. 17. No guessing
    parameter. Written with the exponent of a negative number only, so that it cannot overflow.
    """
    logit = a * (ability - b)
    small = exp(-abs(logit))
    return 1 / (1 + small) if logit >= 0 else small / (1 + small)


def information(ability: float, a: float, b: float) -> float:
    """Fisher information of one answer about the ability: I = a² P (1 - P), per squared unit of ability.

    Highest where ability = b, and there a²/4. Informations of different items add up. Source: Birnbaum (1968).
    """
    right = probability(ability, a, b)
    return a * a * right * (1 - right)


def check(item: Item, areas: int) -> None:
    """Raise Refusal for an item that cannot measure: its area unknown, a not over 0, or a or b no number."""
    if not 1 <= item.area <= areas:
        raise Refusal(f"area {item.area} of {item} is not one of 1-{areas}")
    if not (isfinite(item.a) and isfinite(item.b)):
        raise Refusal(f"a and b of {item} must be finite numbers")
    if item.a <= 0:
        raise Refusal(f"a of {item} must be over 0: more ability must not make a right answer less likely")
