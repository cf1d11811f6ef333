"""Both applications with their answers compressed, as the proxy in front of them does: for what a network carries."""

import gzip
import os
from collections.abc import Callable, Iterable
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

#: Under this an answer is sent as it is; what is compressed already is not compressed again.
_SMALLEST = 500
_WORTH_IT = ("text/", "application/javascript", "application/json", "image/svg")

#: What was compressed before: a proxy keeps the files of the product so, and its pages not.
_kept: dict[bytes, bytes] = {}


def zipped(app: "WSGIApplication") -> "WSGIApplication":
    """The application, its longer answers compressed for every browser."""

    def compressing(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        begun: list[Any] = []

        def begin(*head: Any) -> Callable[[bytes], object]:
            begun[:] = head
            return lambda _data: None

        answer = app(environ, begin)
        body = b"".join(answer)
        getattr(answer, "close", lambda: None)()
        status, headers = begun[0], [one for one in begun[1] if one[0].lower() != "content-length"]
        kind = next((value for name, value in headers if name.lower() == "content-type"), "")
        if len(body) > _SMALLEST and kind.startswith(_WORTH_IT):
            body = _compressed(body, keep=environ["PATH_INFO"].startswith("/static/"))
            headers.append(("Content-Encoding", "gzip"))
        start(status, [*headers, ("Content-Length", str(len(body)))])
        return [body]

    return compressing


def _compressed(body: bytes, *, keep: bool) -> bytes:
    if body in _kept:
        return _kept[body]
    done = gzip.compress(body, 5)
    if keep:
        _kept[body] = done
    return done


#: The module that the environment names (serving.py): a server is started for one of them only.
app = zipped(import_module(os.environ["BENCH_OF"]).app)
