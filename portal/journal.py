"""The relay's journal: which submissions it accepted, for those whose answer we never heard (the probe)."""

import json
from collections.abc import Collection
from datetime import datetime
from pathlib import Path


class Journal:
    """JSON lines, each written by the relay's side before it answers 250: message_id, accepted_at."""

    def __init__(self, path: Path | None) -> None:
        self._path = path

    @property
    def can_tell(self) -> bool:
        """Whether there is a journal: without one, silence stays silence."""
        return self._path is not None

    def accepted(self, message_ids: Collection[str]) -> dict[str, datetime]:
        """When each of these Message-IDs (without brackets) was accepted; those never accepted are not in it."""
        if self._path is None or not message_ids or not self._path.exists():
            return {}
        found: dict[str, datetime] = {}
        with self._path.open(encoding="utf-8") as lines:
            for line in lines:
                entry = _entry(line)
                if entry and entry[0] in message_ids:
                    found.setdefault(*entry)
        return found


def _entry(line: str) -> tuple[str, datetime] | None:
    """Nothing for a line that is still being written."""
    try:
        said = json.loads(line)
        return str(said["message_id"]).strip("<>"), datetime.fromisoformat(said["accepted_at"])
    except (ValueError, KeyError, TypeError):
        return None
