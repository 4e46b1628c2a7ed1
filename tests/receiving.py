"""Receivers of messages that tests start on this machine: an HTTP endpoint with a mind of its own, and a mail server."""

import json
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socketserver import StreamRequestHandler, ThreadingTCPServer
from threading import Thread
from typing import Any


@dataclass
class Answer:
    """How the endpoint answers one request: with a status, a body, and after a while; `hangs_up` says nothing at all."""

    status: int = 200
    body: Any = None
    after: float = 0
    hangs_up: bool = False
    headers: dict[str, str] = field(default_factory=dict)


@dataclass
class Posted:
    """One request as it came."""

    path: str
    headers: dict[str, str]
    body: Any


@dataclass
class Endpoint:
    """What was posted, and the answers still to give; when they are used up it agrees to everything."""

    address: str = ""
    posted: list[Posted] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)

    def next_answer(self) -> Answer:
        """Return the answer to the request that just came."""
        return self.answers.pop(0) if self.answers else Answer(body={"errcode": 0, "code": 0})


@contextmanager
def endpoint() -> Iterator[Endpoint]:
    """An HTTP server on a free port of this machine."""
    kept = Endpoint()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            raw = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            kept.posted.append(Posted(self.path, dict(self.headers), json.loads(raw)))
            answer = kept.next_answer()
            time.sleep(answer.after)
            if answer.hangs_up:
                self.connection.close()
                return
            with suppress(BrokenPipeError):  # who waited too long has gone
                self.say(answer)

        def do_GET(self) -> None:
            kept.posted.append(Posted(self.path, dict(self.headers), None))
            self.say(kept.next_answer())

        def say(self, answer: Answer) -> None:
            self.send_response(answer.status)
            for name, value in answer.headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(json.dumps(answer.body).encode() if answer.body is not None else b"")

        def log_message(self, *_args: object) -> None:
            """Say nothing."""

    with _served(ThreadingHTTPServer(("127.0.0.1", 0), Handler)) as port:
        kept.address = f"http://127.0.0.1:{port}"
        yield kept


@contextmanager
def silence() -> Iterator[str]:
    """Host and port of this machine that are taken, while nobody listens there."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        yield f"127.0.0.1:{held.getsockname()[1]}"


@dataclass
class Mailbox:
    """What a mail server took; while `busy` it refuses everybody."""

    port: int = 0
    busy: bool = False
    mails: list[tuple[list[str], EmailMessage]] = field(default_factory=list)


class _Postman(StreamRequestHandler):
    """As much of SMTP as a letter needs."""

    def handle(self) -> None:
        self.to: list[str] = []
        box: Mailbox = self.server.box
        self.say("421 busy" if box.busy else "220 here")
        while not box.busy and (line := self.rfile.readline().decode().strip()):
            self.say(self.answer(line, box))

    def answer(self, line: str, box: Mailbox) -> str:
        word = line.upper()
        if word.startswith("RCPT"):
            self.to.append(line.partition("<")[2].partition(">")[0])
        if word == "DATA":
            self.say("354 go on")
            box.mails.append((self.to, self.letter()))
        return "221 bye" if word == "QUIT" else "250 yes"

    def letter(self) -> EmailMessage:
        lines: list[bytes] = []
        while (line := self.rfile.readline()) != b".\r\n":
            lines.append(line)
        return message_from_bytes(b"".join(lines), policy=policy.default)

    def say(self, text: str) -> None:
        self.wfile.write(f"{text}\r\n".encode())


@contextmanager
def mail_server() -> Iterator[Mailbox]:
    """A mail server on a free port of this machine."""
    server = ThreadingTCPServer(("127.0.0.1", 0), _Postman)
    server.box = box = Mailbox()
    with _served(server) as port:
        box.port = port
        yield box


@contextmanager
def _served(server: Any) -> Iterator[int]:
    server.daemon_threads = True
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
