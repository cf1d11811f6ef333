"""The shapes of gateways as data (shapes/*.json): how each is called, and what its answers mean."""

import json
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

from portal.mail import Outcome

_FOLDER = Path(__file__).with_name("shapes")


@dataclass(frozen=True)
class Shape:
    """`settings`: name -> label of what signs us in. `body`: one of `json`, `form`, `xml`, with templates as values.

    `code`, `message_id`: where they stand in an answer, `json:Name.Inner` or `regex:…(group)`. `key_hours`: for this
    long the same reference is accepted once only; 0: never rely on it. `receipt`: names of the fields of a receipt.
    `poll`: the address that answers what became of a message, and where the parts of its status stand.
    `renewal`: how what signs us in is made new, and where the new words stand.
    `adapter`: `http`, or `smpp` for what has no address, body and answer of its own. `optional`: settings that may stay
    empty.
    `signed`: how a receipt proves who sent it. `incoming`: the fields of a person's answer. `tried`: whether it was
    ever held against the live service.
    """

    key: str
    title: str
    channel: str
    settings: dict[str, str]
    codes: dict[str, str]
    url: str = ""
    body: dict[str, Any] = field(default_factory=dict)
    code: str = ""
    message_id: str = ""
    adapter: str = "http"
    optional: dict[str, str] = field(default_factory=dict)
    method: str = "POST"
    headers: dict[str, str] = field(default_factory=dict)
    key_hours: int = 0
    receipt: dict[str, Any] = field(default_factory=dict)
    signed: dict[str, str] = field(default_factory=dict)
    incoming: dict[str, str] = field(default_factory=lambda: {"phone": "phone", "text": "text", "id": "id"})
    poll: dict[str, Any] = field(default_factory=dict)
    renewal: dict[str, Any] = field(default_factory=dict)
    tried: bool = False

    @property
    def all_settings(self) -> dict[str, str]:
        """Everything that can be typed, by name."""
        return self.settings | self.optional

    @property
    def remembers(self) -> timedelta:
        """How long the gateway knows a reference again."""
        return timedelta(hours=self.key_hours)

    def outcome(self, code: str) -> Outcome:
        """What a code means; one that nobody wrote down is for a person to look at."""
        return Outcome(self.codes.get(code, Outcome.PARK.value))


def shapes_of(channel: str) -> dict[str, Shape]:
    """The shapes of one channel, by their keys."""
    return {key: shape for key, shape in shapes().items() if shape.channel == channel}


@cache
def shapes() -> dict[str, Shape]:
    """Every shape by its key."""
    found = {}
    for path in sorted(_FOLDER.glob("*.json")):
        written = json.loads(path.read_text(encoding="utf-8"))
        found[path.stem] = Shape(key=path.stem, **written)
    return found
