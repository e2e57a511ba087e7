"""The one aiohttp session: how connections are made, what every request says, what is never kept."""

from __future__ import annotations

from types import SimpleNamespace

import aiohttp

from wirecopy.fetch.addresses import Detours, Guard
from wirecopy.fetch.resolver import GuardedResolver
from wirecopy.settings import Settings

MAX_HEADER = 16_384
MAX_HEADERS = 200


def open_session(settings: Settings, guard: Guard, detours: Detours) -> aiohttp.ClientSession:
    """Return a session whose connections pass the guard; redirects, compression and turns are left to the client.

    Half the time limit without a byte ends a request; the trace context of each must be its `politeness.Turn`.
    """
    stall = settings.timeout_seconds / 2
    session = aiohttp.ClientSession(
        connector=aiohttp.TCPConnector(
            resolver=GuardedResolver(guard, detours),
            limit=0,  # politeness counts
            ttl_dns_cache=300,
            dns_cache_max_size=20_000,
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
        trace_configs=[_trace()],
    )
    # aiohttp would ask again by itself when a connection breaks: more often than the host's turns allow.
    session._retry_connection = False  # noqa: SLF001 - there is no public switch
    return session


def user_agent(settings: Settings) -> str:
    """Return the name under which requests go out, with the contact of the settings."""
    return f"wirecopy (+{settings.contact})"


def _trace() -> aiohttp.TraceConfig:
    """Return what tells a turn that its request has left, and that it left over a connection kept from before."""
    trace = aiohttp.TraceConfig()

    async def sent(_session: object, context: SimpleNamespace, _parameters: object) -> None:
        context.trace_request_ctx.sent()

    async def reused(_session: object, context: SimpleNamespace, _parameters: object) -> None:
        context.trace_request_ctx.reused = True

    trace.on_request_headers_sent.append(sent)
    trace.on_connection_reuseconn.append(reused)
    return trace
