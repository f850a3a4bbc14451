"""One signed POST to somebody's server. It never reaches into the house's own network: names are resolved here, every
address is checked, and the connection goes to the address that was checked.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import threading
from typing import Any
from urllib.parse import SplitResult, urlsplit

from django.conf import settings

CONNECT_SECONDS = 5.0
WHOLE_SECONDS = 10.0
"""How long one attempt may take altogether: a server that answers a byte a second does not hold the outbox."""

_NAT64 = ipaddress.ip_network("64:ff9b::/96")


class Unreachable(Exception):
    """It may not or cannot be reached. The text is for the owner of the endpoint."""


def checked(url: str) -> SplitResult:
    """`url` taken apart. Raises `ValueError` for what is no address of a server (https only, unless debugging)."""
    parts = urlsplit(url)
    schemes = ("https", "http") if settings.DEBUG else ("https",)
    if (
        parts.scheme not in schemes
        or not parts.hostname
        or parts.username
        or parts.password
        or parts.fragment
    ):
        raise ValueError(url)
    parts.port  # noqa: B018 - raises ValueError for a port that is none
    if not url.isascii() or any(c <= " " for c in url):
        raise ValueError(url)
    return parts


def post(url: str, body: bytes, headers: dict[str, str]) -> int:
    """The status of the answer; redirects are not followed. Raises `Unreachable`."""
    try:
        parts = checked(url)
        port = parts.port or (443 if parts.scheme == "https" else 80)
        connection = _Pinned(
            parts.hostname or "", port, _address(parts.hostname or "", port), parts.scheme == "https"
        )
    except (ValueError, OSError) as error:
        raise Unreachable(f"{type(error).__name__}: {error}") from error
    end = threading.Timer(WHOLE_SECONDS, connection.cut)
    end.start()
    try:
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        connection.request("POST", target, body, headers)
        return connection.getresponse().status
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise Unreachable(f"{type(error).__name__}: {error}") from error
    finally:
        end.cancel()
        connection.close()


def _address(host: str, port: int) -> str:
    """One address of `host`, if all of its addresses are public ones: a name with one inside address is not used at all."""
    found = [str(info[4][0]) for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    if not settings.DEBUG and not all(_public(address) for address in found):
        raise Unreachable("the name leads to an address that is not public")
    return found[0]


def _public(address: str) -> bool:
    ip = ipaddress.ip_address(address.partition("%")[0])
    inner = getattr(ip, "ipv4_mapped", None) or getattr(ip, "sixtofour", None)
    if ip in _NAT64:
        inner = ipaddress.IPv4Address(int(ip) & 0xFFFF_FFFF)
    return ip.is_global and not ip.is_multicast and (inner is None or _public(str(inner)))


class _Pinned(http.client.HTTPConnection):
    """A connection to the address that was checked, with the certificate of the name that was asked for."""

    def __init__(self, host: str, port: int, address: str, secure: bool) -> None:
        super().__init__(host, port, timeout=CONNECT_SECONDS)
        self._address, self._secure = address, secure
        self._socket: Any = None
        if secure:
            self.default_port = 443

    def connect(self) -> None:
        """As `HTTPConnection`, without asking for the name again."""
        self._socket = self.sock = socket.create_connection((self._address, self.port), CONNECT_SECONDS)
        if self._secure:
            context = ssl.create_default_context()
            secured = context.wrap_socket(self.sock, server_hostname=self.host, do_handshake_on_connect=False)
            # Known before the handshake, so that a slow one can be cut too.
            self._socket = self.sock = secured
            secured.do_handshake()

    def cut(self) -> None:
        """End it from another thread."""
        if self._socket is not None:
            try:
                self._socket.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass
