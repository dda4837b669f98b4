"""Pages for whoever comes with a signed link and no login: plain HTML forms, without a script, kept by nobody.

``pages`` is the frame around them and the page of every failure, ``refusals`` what that page may say, ``form`` what a
browser sends. Each service has its own templates, words, and way of letting a link in (``services/*/web``).
"""

from shared.web.citizen.form import Fields, Form, one
from shared.web.citizen.pages import Endpoint, Pages
from shared.web.citizen.refusals import Refusal, Refusals

__all__ = ["Endpoint", "Fields", "Form", "Pages", "Refusal", "Refusals", "one"]
