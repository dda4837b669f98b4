"""How far off an area is that was only inferred, when who is weak in it skips it (docs/decisions/0019).

``python -m tests.benchmarks.assessment_skipped``: 800 people of the model take the test of a simulated bank; then the
answers of the fifth area are left out, for everybody and for those who are weaker in it than in the mean of the others.
"""

from random import Random

from services.assessment.ability import simulation
from services.assessment.ability.design import Design
from services.assessment.ability.estimate import Estimate, estimates
from services.assessment.ability.pool import Pool
from services.assessment.ability.prior import PRIOR
from tests.benchmarks.assessment_bank import LEVELS, Shape, simulated

PEOPLE, SEED, SKIPPED, WEAKER = 800, 4, 5, 0.4


def main() -> None:
    """Print the three rows."""
    design, chance = Design(Pool(simulated(Shape(), SEED)), LEVELS), Random(SEED)
    measured: list[tuple[float, Estimate]] = []
    inferred: list[tuple[float, Estimate]] = []
    weak: list[tuple[float, Estimate]] = []
    for number in range(PEOPLE):
        abilities = simulation.person(PRIOR, chance)
        answers = simulation.take(design, abilities, chance, number)
        others = [answer for answer in answers if design.pool.items[answer.item].area != SKIPPED]
        true, without = abilities[SKIPPED - 1], estimates(design, others)[SKIPPED - 1]
        measured.append((true, estimates(design, answers)[SKIPPED - 1]))
        inferred.append((true, without))
        if true < sum(abilities[: SKIPPED - 1]) / (SKIPPED - 1) - WEAKER:
            weak.append((true, without))
    for name, found in (("measured", measured), ("skipped by all", inferred), ("skipped by the weaker", weak)):
        below = sum(true < one.interval.low for true, one in found) / len(found)
        wrong = sum(one.level_low > LEVELS.level(true) for true, one in found) / len(found)
        print(f"{name:<22} {len(found):>4} people, below the interval {below:.3f}, found a level too high {wrong:.3f}")


if __name__ == "__main__":
    main()
