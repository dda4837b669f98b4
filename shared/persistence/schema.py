"""The tables that every service's database has beside its own, made by each service's first migration.

``event_log`` is the record: append-only, and the only thing that must be backed up for events. ``entity`` gives each
entity its version. ``handled``, ``reading`` and ``parked`` belong to the reactions, ``relay`` to the relay.
"""

from typing import Any

TABLES = """
CREATE TABLE entity (
    subject text PRIMARY KEY,
    version bigint NOT NULL
);
COMMENT ON TABLE entity IS 'Version of each entity: the sequence of its newest event.';

CREATE TABLE event_log (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    event_id    uuid   NOT NULL UNIQUE,
    subject     text   NOT NULL,
    version     bigint NOT NULL,
    bus_subject text   NOT NULL,
    body        text   NOT NULL,
    UNIQUE (subject, version)
);
COMMENT ON TABLE event_log IS 'Every event this service ever published, append-only, as structured CloudEvents.';

CREATE FUNCTION event_log_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'event_log is append-only: correct the past with a new event';
END $$;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON event_log
    EXECUTE FUNCTION event_log_is_append_only();

CREATE TABLE relay (
    only_one        boolean PRIMARY KEY DEFAULT true CHECK (only_one),
    cursor          bigint NOT NULL DEFAULT 0,
    owner           bigint NOT NULL DEFAULT 0,
    mark_event      uuid,
    mark_sequence   bigint
);
COMMENT ON TABLE relay IS 'How far the log is published, who may say so (fencing token), where that is in the stream.';
INSERT INTO relay DEFAULT VALUES;

CREATE TABLE handled (
    reaction text NOT NULL,
    event_id uuid NOT NULL,
    at       timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (reaction, event_id)
);
COMMENT ON TABLE handled IS 'Events that a reaction has done, written in the same transaction as its effect.';

CREATE TABLE reading (
    reaction text   PRIMARY KEY,
    sequence bigint NOT NULL,
    stored   bigint NOT NULL
);
COMMENT ON TABLE reading IS 'The last message of the stream that a reaction is done with, and when it was stored.';

CREATE TABLE parked (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    reaction     text NOT NULL,
    event_id     uuid NOT NULL,
    subject      text NOT NULL,
    bus_subject  text NOT NULL,
    body         bytea NOT NULL,
    state        text NOT NULL CHECK (state IN ('retrying', 'parked', 'held')),
    attempts     int NOT NULL DEFAULT 0,
    next_attempt timestamptz NOT NULL DEFAULT now(),
    reason       text NOT NULL DEFAULT '',
    trace        text NOT NULL DEFAULT '',
    first_failed timestamptz NOT NULL DEFAULT now(),
    UNIQUE (reaction, event_id)
);
CREATE INDEX parked_entity ON parked (reaction, subject, id);
COMMENT ON TABLE parked IS
    'Events that a reaction failed on. retrying: tried again at next_attempt; parked: waits for a person; '
    'held: an earlier event of the same entity is here, so this one waits its turn.';

CREATE TABLE idempotency (
    key      text PRIMARY KEY,
    request  bytea NOT NULL,
    status   int,
    headers  jsonb,
    body     bytea,
    at       timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE idempotency IS 'Answers given, by Idempotency-Key, so that a repeated request gets the same answer.';

CREATE TABLE access_log (
    id             bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at             timestamptz NOT NULL DEFAULT now(),
    caller         text NOT NULL,
    municipality   text NOT NULL,
    citizen_id     uuid NOT NULL,
    what           text NOT NULL,
    purpose        text NOT NULL,
    correlation_id text NOT NULL
);
CREATE INDEX access_log_citizen ON access_log (citizen_id, at);
COMMENT ON TABLE access_log IS 'Who read which citizen''s data, when and for what: written before the data leaves.';
"""


def create_shared_tables(op: Any) -> None:
    """Make the shared tables; ``op`` is ``alembic.op``."""
    connection = op.get_bind()
    for statement in _statements(TABLES):
        connection.exec_driver_sql(statement)


def index_access_log_by_reference(op: Any) -> None:
    """Let a citizen be found in the access log by the last digits of her id; ``op`` is ``alembic.op``."""
    op.execute("CREATE INDEX access_log_reference ON access_log (right(citizen_id::text, 8), municipality)")


def _statements(script: str) -> list[str]:
    """Single statements of a script; ``;`` inside ``$$ … $$`` does not end one."""
    statements, current, quoted = [], "", False
    for piece in script.split("$$"):
        if quoted:
            current += f"$${piece}$$"
        else:
            *whole, rest = piece.split(";\n")
            if whole:
                statements.append(current + whole[0])
                statements += whole[1:]
                current = rest
            else:
                current += rest
        quoted = not quoted
    return [s for s in (*statements, current) if s.strip()]
