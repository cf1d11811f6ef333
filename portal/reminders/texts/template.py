"""The texts a ward has registered for its brandname, in place of the default ones (wording.py)."""

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.tenants.boundary import WardRow


class TextTemplate(WardRow):
    """`kind`: what it says (texts.py). `code`: the gateway's number of the registration, where it has one."""

    __tablename__ = "text_template"
    __table_args__ = (
        UniqueConstraint("ward_id", "channel", "kind"),
        CheckConstraint("channel in ('sms', 'zns')", name="channel"),
    )

    channel: Mapped[str]
    kind: Mapped[str]
    code: Mapped[str] = mapped_column(default="")
    body: Mapped[str]
