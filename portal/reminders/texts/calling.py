"""Calling a gateway over HTTP as its shape says, and making out what the answer means (reminders.md 5.1).

Not reached: nothing was sent. Reached and silent, an error page or babble: nobody knows. That the page came with
"200 OK" means nothing; the gateway's own code decides.
"""

import base64
import json
import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urlsplit

import urllib3
from flask import current_app
from jinja2 import StrictUndefined
from jinja2.sandbox import SandboxedEnvironment

from portal.mail import Answer, Outcome
from portal.reminders.texts.shape import Shape

#: Seconds.
CONNECT_SECONDS, READ_SECONDS = 3.0, 20.0

#: No answer of a gateway is longer.
_LONGEST_ANSWER = 64 * 1024


def _environment(escaping: bool) -> SandboxedEnvironment:
    made = SandboxedEnvironment(undefined=StrictUndefined, autoescape=escaping)
    made.filters["base64"] = made.filters["utf8_base64"] = lambda said: base64.b64encode(
        said.encode()
    ).decode()
    return made


#: Values of JSON and of forms are quoted by what writes them; XML is quoted by the template.
_PLAIN, _XML = _environment(False), _environment(True)

#: `{"=": "fields"}` in a body stands for the whole value of that name, not for text made of it.
_WHOLE = "="

_pool = urllib3.PoolManager(
    maxsize=4, retries=False, timeout=urllib3.Timeout(connect=CONNECT_SECONDS, read=READ_SECONDS)
)


@dataclass(frozen=True)
class Call:
    """One request, ready to be made."""

    method: str
    url: str
    headers: dict[str, str]
    body: bytes


def prepare(shape: Shape, said: dict[str, Any]) -> Call:
    """The request that says this. Raises jinja2.UndefinedError when the shape asks for what is not there."""
    headers = _filled(shape.headers, said)
    [(form, written)] = shape.body.items()
    if form == "json":
        body = json.dumps(_filled(written, said), ensure_ascii=False).encode()
    elif form == "form":
        return form_call(shape.url, headers, written, said)
    else:
        body = _XML.from_string(written).render(said).encode()
    return Call(shape.method, led_to(shape.url), headers, body)


def form_call(url: str, headers: dict[str, str], form: dict[str, str], said: dict[str, Any]) -> Call:
    """A form, posted. Raises jinja2.UndefinedError as prepare does."""
    typed = {**headers, "Content-Type": "application/x-www-form-urlencoded"}
    return Call("POST", led_to(url), _filled(typed, said), urlencode(_filled(form, said)).encode())


def question(asked: dict[str, Any], said: dict[str, Any]) -> Call:
    """A question by GET: `url`, and `headers` where it needs some. Raises jinja2.UndefinedError."""
    return Call("GET", led_to(filled_in(asked["url"], said)), _filled(asked.get("headers", {}), said), b"")


def filled_in(written: str, said: dict[str, Any]) -> str:
    """One line of a shape with its blanks filled. Raises jinja2.UndefinedError."""
    return _PLAIN.from_string(written).render(said)


def led_to(url: str) -> str:
    """The gateway's address, or the same path at the stand-in."""
    standin = str(current_app.config["PORTAL"].sms_standin)
    asked = urlsplit(url)
    return f"{standin}{asked._replace(scheme='', netloc='').geturl()}" if standin else url


def _filled(written: Any, said: dict[str, Any]) -> Any:
    if isinstance(written, str):
        return _PLAIN.from_string(written).render(said)
    if isinstance(written, dict) and written.keys() == {_WHOLE}:
        return said[written[_WHOLE]]
    if isinstance(written, dict):
        return {name: _filled(value, said) for name, value in written.items()}
    if isinstance(written, list):
        return [_filled(value, said) for value in written]
    return written


def call(shape: Shape, prepared: Call) -> Answer:
    """Make the request once, following nothing and repeating nothing."""
    try:
        response = _pool.request(
            prepared.method,
            prepared.url,
            body=prepared.body,
            headers=prepared.headers,
            redirect=False,
            preload_content=False,
        )
        with response:
            return _understood(shape, response.status, response.read(_LONGEST_ANSWER))
    except (urllib3.exceptions.NewConnectionError, urllib3.exceptions.ConnectTimeoutError) as error:
        return Answer(Outcome.RETRY, type(error).__name__)
    except urllib3.exceptions.HTTPError as error:
        return Answer(Outcome.AMBIGUOUS, type(error).__name__)


def ask(prepared: Call) -> str | None:
    """What a gateway answers to a question; None when it does not, or not well."""
    try:
        response = _pool.request(
            prepared.method,
            prepared.url,
            body=prepared.body or None,
            headers=prepared.headers,
            redirect=False,
            preload_content=False,
        )
        with response:
            body = response.read(_LONGEST_ANSWER)
    except urllib3.exceptions.HTTPError:
        return None
    return body.decode("utf-8", "replace") if response.status < 300 else None


def _understood(shape: Shape, status: int, body: bytes) -> Answer:
    if status >= 500:
        return Answer(Outcome.AMBIGUOUS, f"http {status}")
    if status == 429:
        return Answer(Outcome.THROTTLED, "http 429")
    if status in (401, 403):
        return Answer(Outcome.HOLD_ACCOUNT, f"http {status}")
    text = body.decode("utf-8", "replace")
    code = found_at(shape.code, text)
    if code is None:
        return Answer(Outcome.AMBIGUOUS if status < 300 else Outcome.PARK, f"http {status}")
    return Answer(shape.outcome(code), code[:20], (found_at(shape.message_id, text) or "")[:80])


def found_at(where: str, text: str) -> str | None:
    """What stands at a place of an answer, or None when the answer has no such place."""
    how, _colon, place = where.partition(":")
    if how == "regex":
        matched = re.search(place, text)
        return matched[1] if matched else None
    try:
        value = json.loads(text)
        for name in place.split("."):
            value = value[name]
    except (ValueError, KeyError, TypeError, IndexError):
        return None
    return str(value) if isinstance(value, (str, int)) else None
