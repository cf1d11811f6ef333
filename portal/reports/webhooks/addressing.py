"""Where a webhook may lead: out of the house, never into it (security.md C50).

What was typed is looked at when it is registered; where the name leads is looked at again at every call, and the call
goes to the very address that was looked at, so that a name which changes its mind in between gains nothing.
"""

import socket
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import urlsplit

from flask import current_app
from flask_babel import gettext as _

from portal.config import Settings
from portal.errors import Refused

#: Longer than any address that is meant.
MOST_CHARACTERS = 500

_HTTPS = 443

#: Addresses of IPv6 behind which one of IPv4 hides (RFC 6052, RFC 8215, RFC 3056).
_HIDING = tuple(map(ip_network, ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "::/96")))


class Inwards(Exception):
    """The name leads to where nobody outside may send us."""


@dataclass(frozen=True)
class Goal:
    """An address taken apart. `inside`: the operator's settings allow this host in our own network."""

    host: str
    port: int
    path: str
    https: bool
    inside: bool

    @property
    def host_header(self) -> str:
        """Host as HTTP names it (RFC 9110, 7.2)."""
        name = f"[{self.host}]" if ":" in self.host else self.host
        return name if self.port == (_HTTPS if self.https else 80) else f"{name}:{self.port}"


def goal_of(url: str) -> Goal:
    """The address taken apart. Raises Refused for one that nothing may be sent to, whatever its name leads to."""
    settings: Settings = current_app.config["PORTAL"]
    try:
        parts = urlsplit(url)
        port = parts.port or (80 if parts.scheme == "http" else _HTTPS)
    except ValueError:
        raise _refused(
            _("Địa chỉ này không đọc được. Ghi đầy đủ, ví dụ https://phan-mem.example/nhan-tin.")
        ) from None
    host = (parts.hostname or "").rstrip(".")
    inside = bool({host, f"{host}:{port}"} & settings.webhook_inside)
    if parts.scheme != "https" and not (parts.scheme == "http" and inside and settings.env != "production"):
        raise _refused(_("Địa chỉ phải bắt đầu bằng https://."))
    if not host or len(url) > MOST_CHARACTERS or not url.isascii() or not url.isprintable() or " " in url:
        raise _refused(_("Địa chỉ này không đọc được. Ghi đầy đủ, ví dụ https://phan-mem.example/nhan-tin."))
    if parts.username is not None or parts.password is not None or parts.fragment:
        raise _refused(_("Bỏ tên đăng nhập và phần sau dấu # khỏi địa chỉ."))
    if port != _HTTPS and not inside:
        raise _refused(_("Chỉ gửi tới cổng 443. Bỏ số cổng khỏi địa chỉ."))
    path = parts._replace(scheme="", netloc="").geturl() or "/"
    return Goal(host, port, path if path.startswith("/") else f"/{path}", parts.scheme == "https", inside)


def addresses_of(goal: Goal) -> list[str]:
    """Where the name leads now. Raises OSError when nowhere, Inwards when any of it is not public."""
    found = socket.getaddrinfo(goal.host, goal.port, type=socket.SOCK_STREAM)
    addresses = list(dict.fromkeys(str(one[4][0]) for one in found))
    if not goal.inside and not all(is_public(ip_address(one.partition("%")[0])) for one in addresses):
        raise Inwards
    return addresses


def is_public(address: IPv4Address | IPv6Address) -> bool:
    """Whether it is of the internet: not private, loopback, link-local, metadata, nor one that hides such a one."""
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped is not None:
            return is_public(address.ipv4_mapped)
        if any(address in network for network in _HIDING) or address.is_site_local:
            return False
    return address.is_global and not address.is_multicast and not address.is_reserved


def _refused(why: str) -> Refused:
    return Refused(why, fields={"url": why})
