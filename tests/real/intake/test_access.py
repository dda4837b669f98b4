"""Who may what: nobody without a token, without the role, or of another municipality."""

from uuid import uuid4

from services.intake.app import app
from shared.web import Role
from tests.real.answers import refused
from tests.real.intake.office import CPR, person
from tests.real.intake.routes import ROUTES
from tests.real.running_service import RunningService
from tests.real.web.routes import SHARED

UNKNOWN = {
    "{c}": "citizen-unknown",
    "{r}": "referral-unknown",
    "{o}": "opening-unknown",
    "{k}": "check-in-unknown",
    "{v}": "visit-unknown",
}
"""What is said of an id that your municipality does not know."""


class TestAccess:
    def test_every_route_is_tried(self) -> None:
        documented = {(method.upper(), path) for path, methods in app.openapi()["paths"].items() for method in methods}
        names = {"{c}": "{citizen_id}", "{r}": "{referral_id}", "/reading/": "/{kind}/"}
        names |= {"{o}": "{opening_id}", "{k}": "{check_in_id}", "{v}": "{visit_id}", "?offer=workshop": ""}
        tried = set()
        for method, path, _ in ROUTES:
            pattern = path
            for ours, theirs in names.items():
                pattern = pattern.replace(ours, theirs)
            tried.add((method, pattern))
        assert tried == documented - SHARED

    async def test_nobody_gets_in_without_a_token_or_with_a_role_that_may_not(
        self, intake: RunningService, ids: dict[str, str]
    ) -> None:
        before = len(await intake.log())
        for method, path, body in ROUTES:
            address = path.format(**ids)
            refused(await intake.caller().request(method, address, json=body), 401, "token-missing")
            others = intake.caller(Role.ANALYST, Role.OPERATOR, Role.COMPANY_DESK, Role.MANAGER)
            refused(await others.request(method, address, json=body), 403, "role-missing")
        assert len(await intake.log()) == before
        assert await intake.reads() == []

    async def test_a_role_may_only_what_is_hers(self, intake: RunningService, ids: dict[str, str]) -> None:
        mentor = intake.caller(Role.EMENTOR)
        refused(await mentor.post("/citizens", json=person()), 403, "role-missing")
        refused(await mentor.post("/citizens/lookup", json={"cpr": CPR}), 403, "role-missing")
        assert (await mentor.get(f"/citizens/{ids['c']}")).status_code == 200

    async def test_to_another_municipality_the_citizen_does_not_exist(
        self, intake: RunningService, ids: dict[str, str]
    ) -> None:
        before = len(await intake.log())
        elsewhere = intake.caller(Role.CASEWORKER, municipality="0147")
        for method, path, body in ROUTES:
            if "{" not in path:
                continue
            answer = await elsewhere.request(method, path.format(**ids), json=body)
            refused(answer, 404, next(code for name, code in UNKNOWN.items() if name in path))
            nobody = path.format(c=uuid4(), r=uuid4(), o=uuid4(), k=uuid4(), v=uuid4())
            unknown = await elsewhere.request(method, nobody, json=body)
            assert answer.json() == unknown.json(), "the same words as for an id that nobody has"
        assert len(await intake.log()) == before
        assert await intake.reads() == []
