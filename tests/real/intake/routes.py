"""Each route of intake with a body that is right: (method, path, body). `{c}` is a citizen, `{r}` a referral.

`{o}` is a site that is open today, `{k}` somebody who waits there, `{v}` a visit.
"""

from typing import Any

from tests.real.intake.office import CPR, VISIT, person
from tests.today import today, tomorrow

ROUTES: list[tuple[str, str, dict[str, Any] | None]] = [
    ("POST", "/citizens", person("020280-0002")),
    ("POST", "/citizens/lookup", {"cpr": CPR}),
    ("GET", "/citizens", None),
    ("GET", "/units", None),
    ("GET", "/citizens/{c}", None),
    ("POST", "/citizens/{c}/changes", {"valid_from": str(today()), "device": "none"}),
    ("POST", "/citizens/{c}/departure", {"reason": "job", "on": str(today())}),
    ("POST", "/citizens/{c}/barriers", {"kind": "danish", "severity": "low"}),
    ("POST", "/citizens/{c}/barriers/reading/clear", None),
    ("POST", "/citizens/{c}/referrals", {"offer": "job-app", "reason": "Ready", "due": str(tomorrow())}),
    ("GET", "/citizens/{c}/referrals", None),
    ("POST", "/referrals/{r}/answer", {"answer": "accepted"}),
    ("GET", "/notices", None),
    ("GET", "/referrals?offer=workshop", None),
    ("POST", "/visits", VISIT),
    ("POST", "/visits/{v}/void", {"reason": "wrong-citizen"}),
    ("GET", "/visits", None),
    ("GET", "/visits/sites", None),
    ("POST", "/openings", {"site": "Jobcenter Syd"}),
    ("GET", "/openings/{o}", None),
    ("POST", "/openings/{o}/check-ins", {"themes": ["pdf"]}),
    ("POST", "/check-ins/{k}/departure", None),
    ("POST", "/openings/{o}/departures", None),
]
