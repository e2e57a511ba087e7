"""The one aiohttp session: how connections are made, what every request says, what is never kept."""

from __future__ import annotations

import asyncio
import socket
from contextvars import ContextVar
from typing import Any

import aiohttp
import uvloop
from aiohttp.client_proto import ResponseHandler
from aiohttp.connector import Connection

from wirecopy.fetch.addresses import Detours, Guard
from wirecopy.fetch.politeness import Turn
from wirecopy.fetch.resolver import GuardedResolver
from wirecopy.settings import Settings

MAX_HEADER = 16_384
MAX_HEADERS = 200
TURN: ContextVar[Turn] = ContextVar("TURN")
"""The turn in which the running task asks."""


def open_session(settings: Settings, guard: Guard, detours: Detours) -> aiohttp.ClientSession:
    """Return a session whose connections pass the guard; redirects, compression and turns are left to the client.

    Half the time limit without a byte ends a request. Each is made while `TURN` holds its turn.
    """
    stall = settings.timeout_seconds / 2
    session = aiohttp.ClientSession(
        connector=_Connector(
            resolver=GuardedResolver(guard, detours),
            limit=0,  # politeness counts
            use_dns_cache=False,  # the resolver remembers; aiohttp's memory costs a task for each name
            keepalive_timeout=15,
        ),
        cookie_jar=aiohttp.DummyCookieJar(),
        timeout=aiohttp.ClientTimeout(total=None, sock_connect=stall, sock_read=stall),
        auto_decompress=False,
        headers={"User-Agent": user_agent(settings), "Accept-Encoding": "gzip, deflate, br, zstd"},
        max_line_size=MAX_HEADER,
        max_field_size=MAX_HEADER,
        max_headers=MAX_HEADERS,
        trust_env=False,
        request_class=_Request,
    )
    # aiohttp would ask again by itself when a connection breaks: more often than the host's turns allow.
    session._retry_connection = False  # noqa: SLF001 - there is no public switch
    return session


def open_runner() -> asyncio.Runner:
    """Return what runs coroutines for as long as a session lives: connecting costs half of what it does on asyncio's loop."""
    return asyncio.Runner(loop_factory=uvloop.new_event_loop)


class _Request(aiohttp.ClientRequest):
    """Tells its turn when it has left; aiohttp's tracing tells the same at a tenth of the whole cost of a request."""

    async def send(self, conn: Connection) -> aiohttp.ClientResponse:
        response = await super().send(conn)
        TURN.get().sent()
        return response


class _Connector(aiohttp.TCPConnector):
    """Connects to a host's only address without racing it against itself, and tells the turn that it connects."""

    async def _create_connection(self, *args: Any) -> ResponseHandler:
        TURN.get().reused = False
        return await super()._create_connection(*args)

    async def _wrap_create_connection(
        self, *args: Any, addr_infos: list[Any], **options: Any
    ) -> tuple[asyncio.Transport, ResponseHandler]:
        if len(addr_infos) > 1:
            return await super()._wrap_create_connection(*args, addr_infos=addr_infos, **options)
        [(family, _, proto, _, (host, port, *_))] = addr_infos
        options |= {"host": host, "port": port, "family": family, "proto": proto, "flags": socket.AI_NUMERICHOST}
        return await self._wrap_existing_connection(*args, **options)


def user_agent(settings: Settings) -> str:
    """Return the name under which requests go out, with the contact of the settings."""
    return f"wirecopy (+{settings.contact})"
