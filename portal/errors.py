"""What can go wrong on purpose: refusals with a reason the person can act on."""

import uuid
from dataclasses import dataclass, field
from typing import TypeVar

Row = TypeVar("Row")


@dataclass
class Refused(Exception):
    """A rule said no. `why` is a sentence for the person; `status` is the HTTP status it becomes.

    422: what was sent cannot be used. 409: someone else was quicker. 403: not allowed to. 429: too often.
    """

    why: str
    status: int = 422
    fields: dict[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.why


class NotFound(Exception):
    """The thing is not there, or is not there for this person: the two look the same."""


def or_404(row: Row | None) -> Row:
    """The row, which is there. Raises NotFound when it is not."""
    if row is None:
        raise NotFound
    return row


def key_or_404(written: str) -> uuid.UUID:
    """The key that somebody sent as text. Raises NotFound for what is no key: nothing has such a one."""
    try:
        return uuid.UUID(written)
    except ValueError:
        raise NotFound from None


class ConfigError(Exception):
    """The settings cannot be used; the message lists every fault in plain words."""


class NoWard(RuntimeError):
    """A query of ward data was made although no ward was entered. Always a fault of ours."""


class OtherWard(RuntimeError):
    """A row of another ward reached the session of this one. Always a fault of ours."""


def kind_of(error: BaseException) -> str:
    """What the log keeps of a fault: its type and PostgreSQL's code, never its text, which can carry a name (C62)."""
    code = getattr(getattr(error, "orig", None), "sqlstate", None)
    return f"{type(error).__name__} {code}" if code else type(error).__name__
