"""What people wrote on a card, as its page shows it: names in place of ids, and what may still be changed."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup

from portal.tasks.comment import Comment
from portal.tasks.mentioning import as_shown, as_typed, names_in


@dataclass(frozen=True)
class Said:
    """A comment: `words` to be read, `typed` to be changed, `mine`: it may still be changed by whoever looks."""

    comment: Comment
    words: Markup
    typed: str
    mine: bool


def said(comments: Sequence[Comment], contact_id: uuid.UUID, now: datetime) -> list[Said]:
    """Comments for one reader, in the order given."""
    names = names_in(comment.text for comment in comments)
    return [
        Said(
            comment,
            as_shown(comment.text, names),
            as_typed(comment.text, names),
            comment.may_be_changed_by(contact_id, now),
        )
        for comment in comments
    ]
