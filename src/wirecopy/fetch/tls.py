"""Whom we believe: the system's certificate authorities, or those that `SSL_CERT_FILE` names."""

from __future__ import annotations

import ssl


def trust() -> ssl.SSLContext:
    """Return a context that checks certificates and host names, and speaks HTTP/1.1."""
    context = ssl.create_default_context()
    context.set_alpn_protocols(["http/1.1"])
    return context
