"""Zalo's desk at the stand-in gateway: templates by number, a token that ends, a refresh token that works once."""

import json
from typing import Any, Protocol

ZALO_MESSAGES, ZALO_STATUS, ZALO_TOKENS = "/message/template", "/message/status", "/v4/oa/access_token"

#: Seconds its tokens last, as the real ones do (25 hours).
_LASTS = "90000"


class Keeper(Protocol):
    """Who keeps what is taken."""

    faults: Any

    def keep(self, asked: dict[str, Any]) -> str:
        """Put it down; gives its name."""

    def has(self, name: str) -> bool:
        """Whether there is one of this name."""


class Zalo:
    """Answers as Zalo does. `token` opens, `refresh` makes the next one; before the first, any does."""

    def __init__(self, keeper: Keeper) -> None:
        self._keeper = keeper
        self.token, self.refresh, self._made = "", "", 0

    def renew(self, asked: dict[str, str]) -> tuple[int, str]:
        """A new pair for the refresh token, which is used up by it."""
        given = asked.get("refresh_token", "")
        if asked.get("grant_type") != "refresh_token" or not given or self.refresh not in {"", given}:
            return 200, json.dumps({"error": -14014, "error_name": "Invalid refresh token."})
        self._made += 1
        self.token, self.refresh = f"access-{self._made}", f"refresh-{self._made}"
        made = {"access_token": self.token, "refresh_token": self.refresh, "expires_in": _LASTS}
        return 200, json.dumps(made)

    def take(self, asked: dict[str, Any], token: str) -> tuple[int, str] | None:
        """Take a message. Without a word (None) after taking it, when told so."""
        faults = self._keeper.faults
        if not token or token != self.token:
            return _refused("-124")
        if faults.refuse:
            return _refused(faults.refuse)
        if not str(asked.get("template_id", "")).isdigit() or not isinstance(
            asked.get("template_data"), dict
        ):
            return _refused("-109")
        name = self._keeper.keep(asked)
        if faults.silent_every:
            return None
        return 200, json.dumps({"error": 0, "message": "Success", "data": {"msg_id": name}})

    def status(self, name: str, token: str) -> tuple[int, str]:
        """All of them arrive."""
        if token != self.token or not self._keeper.has(name):
            return _refused("-107")
        return 200, json.dumps({"error": 0, "data": {"status": 1, "message": "Delivered"}})


def _refused(code: str) -> tuple[int, str]:
    return 200, json.dumps({"error": int(code), "message": "Refused on purpose"})
