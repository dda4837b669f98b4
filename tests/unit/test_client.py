"""Messages taken out of the bytes are the messages that the library's own parser finds, wherever the bytes are cut."""

import asyncio
from itertools import pairwise
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from nats.protocol.parser import Parser

from shared.messaging.client import BodiesOnly

FOLLOWED, OTHER = 1, 2
Found = tuple[int, bytes, bytes, bytes]
"""(subscription, subject, reply, body)."""


class Recorder:
    """What a client is told by the library's parser."""

    def __init__(self) -> None:
        self.messages: list[Found] = []
        self.pings = 0

    async def _process_msg(self, sid: int, subject: bytes, reply: bytes, data: bytes, _headers: bytes | None) -> None:
        self.messages.append((sid, bytes(subject), bytes(reply), bytes(data)))

    async def _process_ping(self) -> None:
        self.pings += 1


class Followed(BodiesOnly):
    """Our client, recording."""

    def __init__(self) -> None:
        super().__init__()
        self.recorded = Recorder()
        self._process_msg = self.recorded._process_msg  # type: ignore[method-assign]
        self._process_ping = self.recorded._process_ping  # type: ignore[method-assign]
        self.taken: list[Found] = []
        self.followed[FOLLOWED] = lambda message: self.taken.append(
            (FOLLOWED, message.subject.encode(), message.reply.encode(), message.data)
        )


def message(sid: int, reply: str, headers: str | None, body: bytes) -> bytes:
    """A message as the broker sends it."""
    place = f"evt.0101.intake.x {sid}" + (f" {reply}" if reply else "")
    if headers is None:
        return f"MSG {place} {len(body)}\r\n".encode() + body + b"\r\n"
    head = f"NATS/1.0{headers}\r\n\r\n".encode()
    return f"HMSG {place} {len(head)} {len(head) + len(body)}\r\n".encode() + head + body + b"\r\n"


messages = st.builds(
    message,
    sid=st.sampled_from([FOLLOWED, OTHER]),
    reply=st.sampled_from(["", "$JS.ACK.EVENTS.feed.1.17.4.17.6"]),
    headers=st.sampled_from([None, "", "\r\nNats-Msg-Id: 7", " 100 Idle Heartbeat"]),
    body=st.binary(max_size=40) | st.sampled_from([b"\r\n", b"PING\r\n", b"MSG a 1 3\r\nabc\r\n"]),
)
sent = st.lists(messages | st.just(b"PING\r\n"), max_size=12)


async def told(parser: Parser, content: bytes, cuts: list[int]) -> None:
    places = [0, *sorted(cut % (len(content) + 1) for cut in cuts), len(content)]
    for start, end in pairwise(places):
        await parser.parse(content[start:end])


@given(sent, st.lists(st.integers(min_value=0, max_value=10_000), max_size=8))
def test_the_same_messages_wherever_the_bytes_are_cut(lines: list[bytes], cuts: list[int]) -> None:
    content = b"".join(lines)
    library, ours = Recorder(), Followed()
    reading: Any = Parser(library)
    asyncio.run(told(reading, content, []))
    asyncio.run(told(ours._ps, content, cuts))

    def of(found: list[Found], sid: int, *, answered: bool) -> list[Found]:
        return [one for one in found if one[0] == sid and bool(one[2]) == answered]

    assert ours.taken == of(library.messages, FOLLOWED, answered=True)
    assert [one for one in ours.recorded.messages if one[0] == FOLLOWED] == of(
        library.messages, FOLLOWED, answered=False
    )
    assert [one for one in ours.recorded.messages if one[0] == OTHER] == [
        one for one in library.messages if one[0] == OTHER
    ]
    assert ours.recorded.pings == library.pings


def test_a_new_connection_begins_with_a_whole_message() -> None:
    client = Followed()
    asyncio.run(told(client._ps, message(FOLLOWED, "a", None, b"half")[:-3], []))
    client._ps.reset()
    asyncio.run(told(client._ps, message(FOLLOWED, "a", None, b"whole"), []))

    assert [body for *_, body in client.taken] == [b"whole"]
