"""The pages of the check-in, and what their templates may call."""

from pathlib import Path

from services.intake.web.refusals import REFUSALS
from shared.codelists import workshop_themes
from shared.web.citizen import Pages

HERE = Path(__file__).parent
STATIC = HERE / "static"
PAGES = Pages(HERE / "templates", name="Digitalt værksted", style="check_in.css", refusals=REFUSALS)
PAGES.environment.filters["theme"] = workshop_themes.words
PAGES.environment.globals["themes"] = workshop_themes.THEMES
