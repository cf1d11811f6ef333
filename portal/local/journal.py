"""What the local mailbox has taken: its journal and its messages, for whoever reads them."""

import json
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

JOURNAL = "journal.jsonl"


def journal(folder: Path) -> list[dict[str, Any]]:
    """The journal's lines, oldest first; empty when nothing came yet."""
    path = folder / JOURNAL
    if not path.exists():
        return []
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def messages(folder: Path) -> list[EmailMessage]:
    """The messages taken, oldest first, parsed."""
    found = (folder / line["file"] for line in journal(folder))
    return [message_from_bytes(path.read_bytes(), policy=policy.default) for path in found]
