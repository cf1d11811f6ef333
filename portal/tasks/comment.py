"""What somebody wrote on a card. Stays in the ward: it enters no message, log or rollup."""

import re
import uuid
from datetime import datetime, timedelta

from sqlalchemy import ForeignKeyConstraint
from sqlalchemy.orm import Mapped, mapped_column, validates

from portal.tenants.boundary import WardRow
from portal.text import fold

#: The same words within this time are a second tap on the button, not something new to say.
AGAIN = timedelta(minutes=10)

#: How long whoever wrote a comment may change it or take it away.
CHANGEABLE = timedelta(minutes=15)

#: How a mention stands in the text: `c` a contact, `a` an agency, and the id (mentioning.py).
MARK = re.compile(r"@\[([ca]):([0-9a-f-]{36})\]")


class Comment(WardRow):
    """`author_name` is kept as it was, for when the person has left. `search_text`: the text without accents.

    A removed comment keeps its place, its author and its time, and no word.
    """

    __tablename__ = "comment"
    __table_args__ = (ForeignKeyConstraint(["ward_id", "card_id"], ["app.card.ward_id", "app.card.id"]),)

    card_id: Mapped[uuid.UUID]
    contact_id: Mapped[uuid.UUID | None]
    author_name: Mapped[str]
    text: Mapped[str]
    via: Mapped[str] = mapped_column(default="web")
    written_at: Mapped[datetime]
    edited_at: Mapped[datetime | None]
    removed_at: Mapped[datetime | None]
    search_text: Mapped[str] = mapped_column(default="")

    @validates("text")
    def _fold_text(self, _name: str, text: str) -> str:
        """Whoever writes or changes the text changes what the search looks through."""
        self.search_text = fold(MARK.sub("", text))
        return text

    def may_be_changed_by(self, contact_id: uuid.UUID | None, now: datetime) -> bool:
        """Whether this person wrote it, moments ago."""
        own = contact_id is not None and self.contact_id == contact_id
        return own and self.removed_at is None and now - self.written_at < CHANGEABLE

    def is_again(self, text: str, contact_id: uuid.UUID | None, now: datetime) -> bool:
        """Whether the same person sends the same words a second time, within ten minutes."""
        return (self.text, self.contact_id) == (text, contact_id) and now - self.written_at < AGAIN
