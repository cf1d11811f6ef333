"""Headers, the CSP nonce, CSRF, sizes and limits: set once, for every answer (security.md C30-C38)."""

import ipaddress
import secrets
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, Response, abort, current_app, g, request
from flask_limiter import Limiter
from flask_wtf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.wsgi import get_host

from portal.config import Settings
from portal.permits import View


def network_of(address: str | None) -> str:
    """An address as it is counted: one IPv4, or a whole IPv6 /64, since that is what one household is given (C9)."""
    try:
        ip = ipaddress.ip_address(address or "")
    except ValueError:
        return "unknown"
    if isinstance(ip, ipaddress.IPv4Address):
        return str(ip)
    return str(ip.ipv4_mapped or ipaddress.ip_network((ip, 64), strict=False).network_address)


csrf = CSRFProtect()

#: With Valkey away every route keeps its own limits, counted by this process alone; no other route gets one.
limiter = Limiter(
    lambda: network_of(request.remote_addr),
    strategy="moving-window",
    headers_enabled=True,
    in_memory_fallback_enabled=True,
    key_prefix="portal:limits",
)


@limiter.request_filter
def _limits_are_off() -> bool:
    """Tests of everything else switch the limits off for their app; nothing in the settings can."""
    return not current_app.config["RATELIMIT_ENABLED"]


_MEBIBYTE = 1024 * 1024

#: What a page may do. Scripts need the page's nonce; htmx attributes need it too (hx-csp), which stops injected ones.
_POLICY = (
    "default-src 'none'; script-src 'nonce-{nonce}'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; manifest-src 'self'; base-uri 'none'; frame-ancestors 'none'; "
    "object-src 'none'"
)

_FIXED = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Permissions-Policy": "camera=(self), geolocation=(), microphone=(), payment=(), usb=()",
}
_TLS_ONLY = {"Strict-Transport-Security": "max-age=63072000; includeSubDomains"}


def attach(app: Flask, settings: Settings) -> None:
    """Put every control on the app; rooms add nothing of this kind themselves."""
    app.config.update(
        SECRET_KEY=settings.secret_key,
        SESSION_COOKIE_NAME="__Host-khach" if settings.https else "khach",
        SESSION_COOKIE_SECURE=settings.https,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        MAX_CONTENT_LENGTH=_MEBIBYTE,
        MAX_FORM_MEMORY_SIZE=500_000,
        MAX_FORM_PARTS=500,
        WTF_CSRF_TIME_LIMIT=None,
        FIXED_HEADERS=_FIXED | (_TLS_ONLY if settings.https else {}),
        OUR_HOSTS=[urlsplit(settings.public_url).hostname, "localhost", "127.0.0.1"],
        RATELIMIT_STORAGE_URI=settings.broker_url,
        RATELIMIT_STORAGE_OPTIONS={"socket_timeout": 0.2, "socket_connect_timeout": 0.2},
    )
    if settings.trusted_proxies:
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=settings.trusted_proxies, x_proto=settings.trusted_proxies
        )
    csrf.init_app(app)
    limiter.init_app(app)
    # Before any before_request hook, since the CSRF check is the first to read the form.
    app.url_value_preprocessor(_let_larger_in)
    app.before_request(_refuse_strange_host)
    app.before_request(_refuse_cross_site)
    app.before_request(_refuse_nul)
    app.after_request(_add_headers)
    app.context_processor(lambda: {"nonce": nonce})


def takes_up_to(size: int) -> Callable[[View], View]:
    """Declare that a view takes requests of up to `size` bytes; every other route stays at 1 MiB (C37)."""

    def declare(view: View) -> View:
        view.takes_up_to = size  # type: ignore[attr-defined]
        return view

    return declare


def _let_larger_in(endpoint: str | None, _values: dict[str, Any] | None) -> None:
    size = getattr(current_app.view_functions.get(endpoint or ""), "takes_up_to", None)
    if size is not None:
        request.max_content_length = size


def nonce() -> str:
    """The one value that lets a script, or an htmx attribute, of this page run."""
    if "csp_nonce" not in g:
        g.csp_nonce = secrets.token_urlsafe(16)
    value: str = g.csp_nonce
    return value


def _refuse_strange_host() -> None:
    """We answer to our own name only: a made-up Host must not get into an address we give out (C36)."""
    get_host(request.environ, current_app.config["OUR_HOSTS"])


def _refuse_cross_site() -> None:
    """A second lock on forms: the browser itself says when another site sent them."""
    unsafe = request.method not in {"GET", "HEAD", "OPTIONS"}
    if unsafe and request.headers.get("Sec-Fetch-Site") == "cross-site":
        abort(403)


def _refuse_nul() -> None:
    """No keyboard types NUL and PostgreSQL stores none: refused before it gets anywhere (C39)."""
    for name, value in request.values.items(multi=True):
        if "\0" in name or "\0" in value:
            abort(400)


def _add_headers(response: Response) -> Response:
    headers = response.headers
    for name, value in current_app.config["FIXED_HEADERS"].items():
        headers.setdefault(name, value)
    if "Content-Security-Policy" not in headers:
        headers["Content-Security-Policy"] = _POLICY.format(nonce=nonce())
    if request.endpoint != "static":
        headers.setdefault("Cache-Control", "no-store")
        headers.add("Vary", "Cookie, HX-Request")
    if response.mimetype == "text/html" and request.headers.get("HX-Request"):
        headers.setdefault("X-Robots-Tag", "noindex")
    return response
