"""Credentials by reference: a feed names an environment variable, and only the request sees what is in it."""

from __future__ import annotations

import base64
import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field

from wirecopy.fetch.outcomes import RequestOutcome
from wirecopy.fetch.tls import trust

_FORMS = "basic USER:PASSWORD, bearer TOKEN, header NAME: VALUE, or certificate FILE [KEYFILE]"


@dataclass(frozen=True, slots=True)
class Credentials:
    """What proves who asks; never shown, never stored."""

    headers: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    certificate: ssl.SSLContext | None = field(default=None, repr=False)

    @property
    def given(self) -> bool:
        """Return whether there are any."""
        return bool(self.headers) or self.certificate is not None


def read_credentials(name: str | None, environ: Mapping[str, str]) -> Credentials:
    """Return the credentials that the environment variable `name` holds, one a line; none for None.

    Each line is `basic USER:PASSWORD`, `bearer TOKEN`, `header NAME: VALUE` or `certificate FILE [KEYFILE]`.
    Raises `SourceRefused` (`credentials missing`) naming the variable, never its content.
    """
    if name is None:
        return Credentials()
    text = environ.get(name, "").strip()
    if not text:
        raise _missing(name, "the variable is not set")
    headers: list[tuple[str, str]] = []
    certificate = None
    for line in filter(None, map(str.strip, text.splitlines())):
        form, _, value = line.partition(" ")
        if form.lower() in {"certificate", "cert"}:
            certificate = _certificate(name, value)
        else:
            headers.append(_header(name, form.lower(), value.strip()))
    return Credentials(tuple(headers), certificate)


def _header(name: str, form: str, value: str) -> tuple[str, str]:
    if form == "basic" and ":" in value:
        return "Authorization", "Basic " + base64.b64encode(value.encode()).decode("ascii")
    if form == "bearer" and value:
        return "Authorization", f"Bearer {value}"
    key, colon, content = value.partition(":")
    if form == "header" and colon and key.strip():
        return key.strip(), content.strip()
    raise _missing(name, "its form is not understood")


def _certificate(name: str, value: str) -> ssl.SSLContext:
    files = value.split()
    context = trust()
    try:
        context.load_cert_chain(files[0], files[1] if len(files) > 1 else None)
    except (OSError, IndexError) as err:  # ssl.SSLError is an OSError
        raise _missing(name, f"its certificate cannot be loaded ({type(err).__name__})") from err
    return context


def _missing(name: str, why: str) -> Exception:
    return RequestOutcome.CREDENTIALS_MISSING.error(why, subject=name, remedy=f"set it to {_FORMS}")
