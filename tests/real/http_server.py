"""A small HTTP server on this machine, for what Løft asks of others."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class Answers(BaseHTTPRequestHandler):
    """Answers in JSON; it says nothing on the terminal."""

    def say(self, status: int, told: Any) -> None:
        """The whole answer."""
        body = json.dumps(told).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@contextmanager
def serving(port: int, answers: type[Answers]) -> Iterator[None]:
    """It answers on the port while the block runs, and nobody does before and after."""
    with ThreadingHTTPServer(("127.0.0.1", port), answers) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield
        finally:
            server.shutdown()
            thread.join()
