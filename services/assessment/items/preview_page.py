"""All items on one self-contained page, for those who review the bank."""

from itertools import groupby
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from services.assessment.items.bank import Bank
from services.assessment.items.competence import FRAMEWORKS
from services.assessment.items.preview import facts, lines


def page(bank: Bank) -> str:
    """The page as HTML. It loads nothing and runs no script."""
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    grouped = groupby(sorted(bank.items, key=lambda item: (item.competence, item.level)), lambda item: item.competence)
    return environment.get_template("preview.html").render(
        bank=bank,
        competences=[(code, list(items)) for code, items in grouped],
        names=FRAMEWORKS[bank.framework, bank.framework_version],
        facts=facts,
        lines=lines,
    )
