"""nats-py's client, lean where a backlog makes its cost felt: sending many messages, and receiving them.

The methods that are overridden or used here are private: nats-py is pinned, tests/real/test_feed.py and
tests/real/relay guard them.
"""

from collections.abc import Callable, Iterable

from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.aio.subscription import Subscription
from nats.errors import ConnectionClosedError
from nats.protocol.parser import Parser

_VERSION_LINE = b"NATS/1.0\r\n"
_FRAME = len(_VERSION_LINE) + len(b"\r\n")

Prepared = tuple[str, bytes, bytes]
"""(subject, header lines, body): each header line ends with CRLF and holds no other control character."""


class BlockClient(Client):
    """A client that can send many messages as one block.

    The library looks at every character of every header and wakes its writer for each message, which costs more than
    all the rest of publishing an event.
    """

    async def publish_block(self, messages: Iterable[Prepared]) -> None:
        """Send the messages in their order. Raises ConnectionClosedError, with none sent, while there is no broker."""
        if not self.is_connected:
            raise ConnectionClosedError
        block = bytearray()
        for subject, lines, body in messages:
            head = _FRAME + len(lines)
            block += f"HPUB {subject} {head} {head + len(body)}\r\n".encode()
            block += _VERSION_LINE
            block += lines
            block += b"\r\n"
            block += body
            block += b"\r\n"
        await self._send_command(bytes(block))
        await self._flush_pending()


class BodiesOnly(BlockClient):
    """A client whose followed subscriptions get their messages straight from the bytes, and without headers.

    The library matches a regular expression for every message, looks at every character of every header, and hands each
    message through a queue to a task of the subscription. All of it costs four times as much as taking the message out
    of the bytes. Connecting, logging in, TLS and coming back stay the library's.
    """

    def __init__(self) -> None:
        super().__init__()
        self.followed: dict[int, Callable[[Msg], None]] = {}
        self._ps = _FollowedFirst(self)

    def follow(self, subscription: Subscription, take: Callable[[Msg], None]) -> None:
        """Give this subscription's messages to ``take``, at once; what has no reply subject goes the usual way."""
        self.followed[subscription._id] = take

    def unfollow(self, subscription: Subscription) -> None:
        """End what ``follow`` began."""
        self.followed.pop(subscription._id, None)


class _FollowedFirst(Parser):
    """The library's parser for everything but the messages of followed subscriptions, which never reach it."""

    def __init__(self, client: BodiesOnly):
        super().__init__(client)
        self._client = client

    def reset(self) -> None:
        super().reset()
        self._bytes = bytearray()

    async def parse(self, data: bytes = b"") -> None:
        content = self._bytes
        content += data
        start = 0
        try:
            while (end := content.find(b"\r\n", start)) >= 0:
                line = content[start:end]
                after = end + 2
                if line.startswith((b"HMSG ", b"MSG ")):
                    fields = line.split()
                    after += int(fields[-1]) + 2
                    if len(content) < after:
                        break
                    if self._taken(fields, content[end + 2 : after - 2]):
                        start = after
                        continue
                await super().parse(bytes(content[start:after]))
                start = after
        finally:
            del content[:start]

    def _taken(self, fields: list[bytearray], content: bytearray) -> bool:
        """Give the message to whoever follows its subscription; False when nobody does."""
        # HMSG <subject> <sid> [reply] <bytes of headers> <bytes>, or MSG <subject> <sid> [reply] <bytes>
        take = self._client.followed.get(int(fields[2]))
        headers = int(fields[-2]) if fields[0] == b"HMSG" else 0
        if take is None or len(fields) != (6 if headers else 5):
            return False
        take(Msg(self._client, fields[1].decode(), fields[3].decode(), bytes(content[headers:])))
        return True
