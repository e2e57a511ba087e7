"""The rows of raw and the notices of a batch: each once, by a hash of its content."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

import duckdb
import pyarrow as pa

from wirecopy.model import Batch, Notice, PageRecord, RequestRecord, SetAside
from wirecopy.store.files import statement
from wirecopy.store.rows import Column, content_key, table

_TIME = pa.timestamp("us", tz="UTC")
_TEXT = pa.string()


def _plain(name: str, kind: pa.DataType = _TEXT, attribute: str = "") -> Column:
    attribute = attribute or name
    return name, kind, lambda value: getattr(value, attribute)


def _capture(name: str, kind: pa.DataType, attribute: str) -> Column:
    return name, kind, lambda value: getattr(value.capture, attribute, None)


def _origin(name: str, kind: pa.DataType, attribute: str) -> Column:
    return name, kind, lambda value: getattr(value.origin, attribute)


def _set_aside_key(value: SetAside) -> str:
    origin = value.origin
    content = value.capture.content_hash if value.capture else None
    return content_key(value.stage, value.reason, value.subject, origin.address, origin.offset, origin.digest, content)


_REQUEST: tuple[Column, ...] = (
    ("request_key", _TEXT, lambda r: content_key(r.kind, r.url, r.requested_at, r.outcome)),
    _plain("url"),
    _plain("kind"),
    _plain("outcome"),
    _plain("requested_at", _TIME),
    _plain("status", pa.int32()),
    _plain("bytes", pa.int64()),
    _plain("milliseconds", pa.int32()),
    _plain("retry_after_at", _TIME, "retry_after"),
    _plain("detail"),
)
_PAGE: tuple[Column, ...] = (
    ("page_key", _TEXT, lambda p: content_key(p.kind, p.url, p.seen_at, p.content_hash)),
    _plain("url"),
    _plain("kind"),
    _plain("seen_at", _TIME),
    _plain("content_hash"),
    _plain("bytes", pa.int64()),
    _capture("capture_file", _TEXT, "file"),
    _capture("capture_offset", pa.int64(), "offset"),
)
_SET_ASIDE: tuple[Column, ...] = (
    ("set_aside_key", _TEXT, _set_aside_key),
    *(_plain(name) for name in ("stage", "reason", "detail", "subject")),
    _plain("seen_at", _TIME, "at"),
    _capture("capture_file", _TEXT, "file"),
    _capture("capture_offset", pa.int64(), "offset"),
    _capture("content_hash", _TEXT, "content_hash"),
    _origin("origin_kind", _TEXT, "kind"),
    _origin("origin_address", _TEXT, "address"),
    _origin("origin_offset", pa.int64(), "offset"),
    _origin("origin_digest", _TEXT, "digest"),
)
_NOTICE: tuple[Column, ...] = (
    ("notice_key", _TEXT, lambda n: content_key(n.kind, n.at, n.target, n.alias, n.agency, n.slugline, n.on, n.text)),
    _plain("kind"),
    _plain("noticed_at", _TIME, "at"),
    _plain("alias", _TEXT),
    *(_plain(name) for name in ("target", "agency", "slugline")),
    _plain("target_on", pa.date32(), "on"),
    _plain("text"),
)


def write(connection: duckdb.DuckDBPyConnection, batch: Batch, *, at: datetime) -> None:
    """Write requests, pages, inputs set aside and notices that are not held yet."""
    stamp = {"batch_key": batch.key, "landed_at": at}
    _insert(connection, "raw.request", _REQUEST, batch.requests, stamp)
    _insert(connection, "raw.page", _PAGE, batch.pages, stamp)
    _insert(connection, "raw.set_aside", _SET_ASIDE, batch.set_aside, stamp)
    _insert(connection, "core.notice", _NOTICE, batch.notices, stamp)


def _insert(
    connection: duckdb.DuckDBPyConnection,
    name: str,
    columns: tuple[Column, ...],
    values: Iterable[RequestRecord | PageRecord | SetAside | Notice],
    stamp: dict[str, Any],
) -> None:
    _, _, key = columns[0]
    unique = {key(value): value for value in values}
    if not unique:
        return
    connection.register("staged_receipt", table(columns, list(unique.values())))
    try:
        sql = statement("receipt_insert").replace("{table}", name).replace("{key}", columns[0][0])
        connection.execute(sql, stamp)
    finally:
        connection.unregister("staged_receipt")
