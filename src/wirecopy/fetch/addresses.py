"""Which addresses may be asked: web addresses as they go over the wire, and the guard against private networks."""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

import yarl

from wirecopy.errors import SettingsError
from wirecopy.fetch.outcomes import RequestOutcome

MAX_URL = 4096
"""Longest address asked for; what sites print stays well below 2,083."""

IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network

_CLOSED = tuple(
    ipaddress.ip_network(block)
    for block in (
        "100.64.0.0/10",  # carrier-grade NAT, RFC 6598
        "192.88.99.0/24",  # relays of 6to4, RFC 7526
        "168.63.129.16/32",  # the metadata of a cloud, at a public address
        "fec0::/10",  # site-local, RFC 3879
        "3fff::/20",  # documentation, RFC 9637
    )
)
"""What is not the public internet, though `ipaddress` takes it for that."""
_ISATAP = 0x5EFE
_NAT64 = ipaddress.ip_network("64:ff9b::/96")  # RFC 6052: the IPv4 address is in the last 32 bits
_NUMERIC_HOST = re.compile(r"(?:0x[0-9a-f]+|\d+)(?:\.(?:0x[0-9a-f]+|\d+))*\.?", re.IGNORECASE)
_HOST = re.compile(r"[a-z0-9_.-]{1,253}")
_PORTS = {"http": 80, "https": 443}
_PATH_SAFE = "/%:@!$&'()*+,;=~-._|"
_QUERY_SAFE = _PATH_SAFE + '?[]{}`^\\"'
# https://www.wire.example/feeds/world.xml?page=2: most addresses are as they go over the wire, and are told at a glance
_READY = re.compile(
    rf"""
    https?:// (?= [^/]{{1,253}} / )
    (?: [a-z0-9_-]+ [.] ){{1,10}} [a-z][a-z0-9_-]*
    / [\w{re.escape(_PATH_SAFE)}]{{0,1000}}
    (?: [?] [\w{re.escape(_PATH_SAFE)}]{{1,1000}} )?
    """,
    re.VERBOSE | re.ASCII,
)


def wire_url(address: str, base: str = "") -> str:
    """Return an address as it goes over the wire: ASCII, no fragment, no user info kept.

    What is percent-encoded already stays as it is (signed addresses break otherwise); host names become IDNA.
    Raises `SourceRefused` (`bad address`) for anything but a short http(s) address with a host and no credentials.
    """
    if not base and _READY.fullmatch(address):
        return address
    try:
        parts = urlsplit(urljoin(base, address.strip()) if base else address.strip())
        host, port = parts.hostname, parts.port
        if parts.scheme not in {"http", "https"} or not host or parts.username is not None:
            raise RequestOutcome.BAD_ADDRESS.error(
                "not http(s), or with credentials in it",
                subject=without_secret(address),
                remedy="write it as https://host/path",
            )
        netloc = _netloc(host, port, parts.scheme)
        path, query = quote(parts.path or "/", safe=_PATH_SAFE), quote(parts.query, safe=_QUERY_SAFE)
    except ValueError as err:  # also UnicodeError, from IDNA
        raise RequestOutcome.BAD_ADDRESS.error(str(err), subject=without_secret(address)) from err
    url = urlunsplit((parts.scheme, netloc, path, query, ""))
    if len(url) > MAX_URL:
        raise RequestOutcome.BAD_ADDRESS.error(f"longer than {MAX_URL} characters", subject=url[:200])
    return url


def host_and_port(url: str) -> tuple[str, int]:
    """Return the host and port of an address that `wire_url` returned."""
    scheme, _, rest = url.partition("://")
    netloc = rest.partition("/")[0]
    host, colon, port = netloc.rpartition(":") if not netloc.endswith("]") else (netloc, "", "")
    return (host or netloc).strip("[]"), int(port) if colon else _PORTS[scheme]


def origin_of(url: str) -> tuple[str, str]:
    """Return scheme, host and port of an address that `wire_url` returned: what credentials are for."""
    parts = urlsplit(url)
    return parts.scheme, parts.netloc


def _netloc(host: str, port: int | None, scheme: str) -> str:
    if ":" in host:
        name = f"[{ipaddress.ip_address(host)}]"
    else:
        name = host if host.isascii() else yarl.URL.build(scheme=scheme, host=host).raw_host or ""
        if not _HOST.fullmatch(name):
            raise ValueError(f"no host name: {host!r}")
        if _NUMERIC_HOST.fullmatch(name) and not _is_dotted(name):
            raise ValueError(f"an address in disguise: {host!r}")
    return name if port in {None, _PORTS[scheme]} else f"{name}:{port}"


def _is_dotted(name: str) -> bool:
    try:
        return str(ipaddress.IPv4Address(name)) == name
    except ValueError:
        return False


def without_secret(address: str) -> str:
    """Return an address without user name and password, fit for a log."""
    return re.sub(r"//[^/@\s]*@", "//", address)[:300]


def is_public(address: IPAddress) -> bool:
    """Tell whether an address lies in the public internet; one that wraps an IPv4 address is judged by that."""
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour or (address.teredo or (None, None))[1]
        if inner is None and (address in _NAT64 or (int(address) >> 32) & 0xFCFF_FFFF == _ISATAP):
            inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(inner)
    return (
        address.is_global
        and not address.is_multicast
        and not address.is_reserved
        and not any(address in block for block in _CLOSED)
    )


@dataclass(frozen=True, slots=True)
class Guard:
    """Which addresses may be connected to: all public ones, and those that the settings allow by name."""

    networks: tuple[Network, ...] = ()
    endpoints: frozenset[tuple[str, int]] = frozenset()

    def allows(self, address: str, host: str, port: int) -> bool:
        """Tell whether `host:port`, looked up as `address`, may be connected to."""
        if (host.lower(), port) in self.endpoints:
            return True
        found = ipaddress.ip_address(address.partition("%")[0])
        meant = getattr(found, "ipv4_mapped", None) or found
        return is_public(found) or any(found in network or meant in network for network in self.networks)


def read_guard(allow_private: tuple[str, ...]) -> Guard:
    """Return the guard of the setting `allow_private`: networks in CIDR notation, or `host:port`."""
    networks: list[Network] = []
    endpoints: set[tuple[str, int]] = set()
    for entry in allow_private:
        try:
            networks.append(ipaddress.ip_network(entry, strict=False))
        except ValueError:
            if (endpoint := _endpoint(entry)) is None:
                raise SettingsError(
                    f"cannot read {entry!r}",
                    subject="WIRECOPY_ALLOW_PRIVATE",
                    remedy="write a network in CIDR, or host:port",
                ) from None
            endpoints.add(endpoint)
    return Guard(tuple(networks), frozenset(endpoints))


def _endpoint(text: str) -> tuple[str, int] | None:
    host, _, port = text.rpartition(":")
    return (host.strip("[]").lower(), int(port)) if host and port.isdecimal() else None


@dataclass(frozen=True, slots=True)
class Detours:
    """Where requests to certain hosts really go (the setting `resolve`); `*` and `*.example` stand for many."""

    exact: dict[str, tuple[str, int]]
    wildcards: tuple[tuple[str, tuple[str, int]], ...] = ()

    def of(self, host: str) -> tuple[str, int] | None:
        """Return address and port for a host, or None if it goes the usual way."""
        host = host.lower()
        if host in self.exact:
            return self.exact[host]
        return next((target for suffix, target in self.wildcards if host.endswith(suffix)), None)


def read_detours(resolve: tuple[str, ...]) -> Detours:
    """Return the detours of the setting `resolve`: `HOST=ADDRESS:PORT` each."""
    exact: dict[str, tuple[str, int]] = {}
    wildcards: list[tuple[str, tuple[str, int]]] = []
    for entry in resolve:
        host, _, target = entry.partition("=")
        if (address := _endpoint(target)) is None or not host:
            raise SettingsError(
                f"cannot read {entry!r}",
                subject="WIRECOPY_RESOLVE",
                remedy="write HOST=ADDRESS:PORT, as wire.example=127.0.0.1:8080",
            )
        if host.startswith("*"):
            wildcards.append((host[1:].lower(), address))
        else:
            exact[host.lower()] = address
    return Detours(exact, tuple(wildcards))
