"""A server over real sockets that answers exactly as told, well or badly; and a client set up to ask it.

A route is a path and an answer: bytes to send as they are, or a coroutine that gets what was asked and the wire;
the connection is closed after it, unless it returns True.
"""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from wirecopy.errors import SourceError
from wirecopy.fetch.http import Client, Fetched, FetchRequest
from wirecopy.fetch.session import open_runner
from wirecopy.settings import Settings

NOON = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
IMPATIENT = 1.5
"""A time limit, in seconds, for servers that never come to an end: all that answer must do so well within it."""


@dataclass
class Asked:
    """One request as it came in."""

    method: str
    target: str
    headers: dict[str, str]
    host: str
    wire: asyncio.StreamReader

    async def wait_for_hanging_up(self) -> None:
        """Return when the client gives up: what never answers needs no clock."""
        await self.wire.read()


Answer = bytes | Callable[[Asked, asyncio.StreamWriter], Awaitable[bool | None]]


def reply(body: bytes = b"", status: str = "200 OK", **headers: str | None) -> bytes:
    """Return a whole answer; `content_type="text/html"` becomes a header, None drops one."""
    fields: dict[str, str | None] = {"content_length": str(len(body)), **headers}
    lines = [f"{name.replace('_', '-').title()}: {value}" for name, value in fields.items() if value is not None]
    return "\r\n".join([f"HTTP/1.1 {status}", *lines, "", ""]).encode() + body


def redirect(target: str, status: str = "302 Found") -> bytes:
    """Return a redirect."""
    return reply(b"", status, location=target)


@dataclass
class WireServer:
    """Serves routes on a loopback port until the context ends; `asked` lists what came in."""

    routes: dict[str, Answer]
    tls: ssl.SSLContext | None = None
    asked: list[Asked] = field(default_factory=list)
    connections: int = 0
    now: datetime = NOON

    async def __aenter__(self):
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0, ssl=self.tls)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_):
        self._server.close()

    @property
    def paths(self) -> list[str]:
        return [asked.target for asked in self.asked]

    def settings(self, **changes) -> Settings:
        """Return settings under which every `*.example` host is this server; the time limit is for busy machines."""
        values = {
            "resolve": (f"*.example=127.0.0.1:{self.port}",),
            "spacing_seconds": 0.0,
            "timeout_seconds": 20.0,
            "max_bytes": 100_000,
            "contact": "desk@wire.example",
        }
        return Settings(**{**values, **changes})

    def client(self, environ=None, robots=(), **changes) -> Client:
        """Return a client for this server; its clock is the server's `now`."""
        return Client(self.settings(**changes), clock=lambda: self.now, environ=environ or {}, robots=robots)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        try:
            while await self._answer(reader, writer):
                pass
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            pass  # the client hung up: some answers are made for that
        finally:
            writer.close()

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        start = await reader.readexactly(1)
        if start == b"\x16":  # a TLS greeting where plain HTTP is spoken
            writer.write(reply(b"", "400 Bad Request"))
            await writer.drain()
            return False
        head = (start + await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        first, *lines = head.rstrip("\r\n").split("\r\n")
        headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines)}
        method, target, _ = first.split(" ")
        asked = Asked(method, target, headers, headers.get("host", ""), reader)
        self.asked.append(asked)
        answer = self.routes.get(asked.host + target) or self.routes.get(target) or reply(b"none", "404 Not Found")
        if callable(answer):
            return bool(await answer(asked, writer))
        writer.write(answer)
        await writer.drain()
        return True


def run(routes: dict[str, Answer], story: Callable[[WireServer, Client], Awaitable[object]], **options):
    """Play a story with a server and a client of its own and return what it returns."""

    async def play():
        tls = options.pop("tls", None)
        async with WireServer(routes, tls=tls) as server, server.client(**options) as client:
            return await story(server, client)

    with open_runner() as runner:
        return runner.run(play())


async def outcome(client: Client, url: str, kind: str = "feed", **request) -> tuple[str, Fetched | SourceError]:
    """Return the word in which a request ends, and what it ends with."""
    end: Fetched | SourceError
    try:
        end = await client.fetch(FetchRequest(url=url, kind=kind, **request))
    except SourceError as err:
        end = err
    assert end.record is not None
    word = end.record.outcome
    assert isinstance(end, Fetched) or end.outcome == word
    return word, end


def ask(routes: dict[str, Answer], url: str = "http://wire.example/", kind: str = "feed", request=None, **options):
    """Ask one address of a server with these routes; return word and end."""
    return run(routes, lambda _, client: outcome(client, url, kind, **(request or {})), **options)


async def drip(_asked: Asked, writer: asyncio.StreamWriter) -> None:
    """Send a body byte by byte, so that it never stops and never ends in time."""
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
    for _ in range(1000):
        writer.write(b"x")
        await writer.drain()
        await asyncio.sleep(0.02)


async def stall(asked: Asked, writer: asyncio.StreamWriter) -> None:
    """Send half a body and then nothing, without hanging up."""
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nhalf")
    await writer.drain()
    await asked.wait_for_hanging_up()


async def silence(asked: Asked, _writer: asyncio.StreamWriter) -> None:
    """Take the request and say nothing."""
    await asked.wait_for_hanging_up()


def cut(data: bytes) -> Answer:
    """Return an answer that sends these bytes and hangs up."""

    async def send(_asked: Asked, writer: asyncio.StreamWriter) -> None:
        writer.write(data)
        await writer.drain()

    return send


def http_date(moment: datetime) -> str:
    return moment.strftime("%a, %d %b %Y %H:%M:%S GMT")


def self_signed(tmp_path, host: str = "wire.example") -> tuple[ssl.SSLContext, str]:
    """Return a server's TLS context whose certificate nobody vouches for, and the file of certificate and key."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, host)])
    today = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(today - timedelta(days=1))
        .not_valid_after(today + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(host)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem = tmp_path / "certificate.pem"
    encoded = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    pem.write_bytes(encoded + certificate.public_bytes(serialization.Encoding.PEM))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)
    return context, str(pem)
