"""The local Google on a loopback socket, with faults at the request where a test wants them."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from .local_google import LocalGoogle, Logged
from .refusal import Refused, out_of_quota


@dataclass(frozen=True)
class Fault:
    """What goes wrong with one request.

    `status` is answered instead of doing it, or after it was done if `applied`; `drop` cuts the line, again after it
    was done if `applied`; `html` answers with a page as load balancers do; `latency` in seconds comes before all.
    """

    status: int = 0
    drop: bool = False
    applied: bool = False
    html: bool = False
    latency: float = 0.0


# Each kind of trouble that one request can meet.
KINDS_OF_FAULT = {
    "out of quota": Fault(status=429),
    "unavailable": Fault(status=503),
    "done, but answered unavailable": Fault(status=503, applied=True),
    "done, but answered with an error": Fault(status=500, applied=True),
    "page of a load balancer": Fault(status=502, html=True),
    "line cut": Fault(drop=True),
    "done, but line cut": Fault(drop=True, applied=True),
}


class GoogleServer:
    """Use as a context manager; `url` is where it listens.

    `faults` are by the number of the request since `start_counting`, from 0; `before` is called with that number just
    before a request is handled, and is where a test lets a person edit.
    """

    def __init__(self, google: LocalGoogle | None = None) -> None:
        self.google = google or LocalGoogle()
        self.faults: dict[int, Fault] = {}
        self.before: Callable[[int], None] = lambda _: None
        self.log: list[Logged] = []
        # Clients of tests that are kept from one to the next.
        self.clients: dict[str, Any] = {}
        self._lock = threading.RLock()
        self._http = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._http.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._http.server_address[1]}"

    def __enter__(self) -> GoogleServer:
        threading.Thread(target=self._http.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._http.shutdown()
        self._http.server_close()

    def start_counting(self) -> None:
        self.log, self.faults, self.before = [], {}, lambda _: None

    @property
    def methods(self) -> list[str]:
        """What was asked for since `start_counting`, by its name without the interface."""
        return [entry.method.split(".", 1)[-1] for entry in self.log]

    def _serve(
        self, verb: str, target: str, headers: dict[str, str], body: bytes
    ) -> tuple[int, dict[str, str], bytes] | None:
        with self._lock:
            number = len(self.log)
            self.before(number)
            fault = self.faults.get(number, Fault())
            if fault.latency:
                time.sleep(fault.latency)
            wrong = bool(fault.status or fault.drop)
            method, answer = "", (0, {}, b"")
            if not wrong or fault.applied:
                method, answer = self.google.answer(verb, target, headers, body)
            if wrong:
                answer = _faulty(fault, drive=not target.startswith("/v4/"))
            self.log.append(Logged(method, answer[0]))
            return None if fault.drop else answer

    def _handler(server) -> type[BaseHTTPRequestHandler]:  # noqa: N805
        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            # Head and body in one packet; in two, the second waits for the first to be acknowledged.
            wbufsize = 1 << 20
            disable_nagle_algorithm = True

            def handle_request(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                headers = {name.lower(): value for name, value in self.headers.items()}
                answer = server._serve(self.command, self.path, headers, body)
                if answer is None:
                    self.close_connection = True
                    self.connection.close()
                    return
                self.send_response(answer[0])
                for name, value in answer[1].items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(answer[2])))
                self.end_headers()
                self.wfile.write(answer[2])

            do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = handle_request  # noqa: N815

            def log_message(self, *_: object) -> None:
                return

        return Handler


def _faulty(fault: Fault, *, drive: bool) -> tuple[int, dict[str, str], bytes]:
    if fault.drop:
        return 0, {}, b""
    if fault.html:
        return (
            fault.status,
            {"Content-Type": "text/html"},
            b"<html><title>Error</title>Try again later.</html>",
        )
    refused = out_of_quota("write") if fault.status == 429 else Refused(fault.status, "Injected by a test.")
    content = json.dumps(refused.body(drive=drive)).encode()
    return fault.status, {"Content-Type": "application/json; charset=UTF-8"}, content
