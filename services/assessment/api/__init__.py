"""Assessment's commands and queries over HTTP, one noun a file."""

from services.assessment.api import bank, gaps, orders, profiles, results, sessions, sitting
from shared.web import routes_of

api = routes_of(results, sessions, sitting, profiles, gaps, orders, bank)
