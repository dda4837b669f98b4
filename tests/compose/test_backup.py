"""A backup of PostgreSQL and the secrets is a whole backup: the bus and the page are filled again from it."""

from tests.compose.figures import everything_works
from tests.compose.stack import SERVICES, ComposeStack


async def test_a_backup_of_the_databases_is_enough(told: ComposeStack) -> None:
    dump = ("pg_dump", "--username=postgres", "--format=custom")
    backup = {service: told.compose("exec", "-T", "postgres", *dump, service) for service in SERVICES}

    told.down()
    assert told.left_behind() == []
    told.compose("up", "--detach", "nats", "postgres")
    await told.healthy("nats", "postgres")
    for service in SERVICES:
        restore = ("pg_restore", "--username=postgres", "--exit-on-error", f"--dbname={service}")
        told.compose("exec", "-T", "postgres", *restore, stdin=backup[service])
    told.compose("up", "--detach")
    told.compose("run", "--rm", "migrate", "loeft", "bus", "refill")

    await everything_works(told)
    assert b"BAD" not in told.compose("run", "--rm", "migrate", "loeft", "doctor")
