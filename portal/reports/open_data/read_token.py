"""A token with which a program reads a unit's published figures: shown once, kept as its hash, revocable."""

import secrets
import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta

from flask_babel import gettext as _
from sqlalchemy import ForeignKey, Index, LargeBinary, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from portal.accounts.web_session import token_hash
from portal.db import Base, new_id
from portal.errors import Refused, or_404
from portal.tenants.oversight_unit import OversightUnit
from portal.text import nfc, normalise_spaces

#: "Last read" is written at most this often, so that a program that asks every minute writes nothing.
_USED_EVERY = timedelta(hours=1)

#: Tokens of one unit that may be in force at once, and characters of a name.
_MOST, _NAME_LENGTH = 20, 80


class ReadToken(Base):
    """`name`: which program or office it was given to. In force until it is revoked."""

    __tablename__ = "read_token"
    __table_args__ = (Index(None, "unit_id", "made_at"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("app.oversight_unit.id"))
    name: Mapped[str]
    token_hash: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    made_by: Mapped[str]
    made_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]


def tokens_of(auth: Session, unit_id: int) -> Sequence[ReadToken]:
    """The unit's tokens in force, the latest first."""
    asked = select(ReadToken).where(ReadToken.unit_id == unit_id, ReadToken.revoked_at.is_(None))
    return auth.scalars(asked.order_by(ReadToken.made_at.desc(), ReadToken.id.desc())).all()


def make_token(auth: Session, unit_id: int, name: str, by: str, now: datetime) -> str:
    """A new token, which is kept nowhere. Raises Refused without a name, or when there are too many."""
    name = normalise_spaces(nfc(name))
    if not name or len(name) > _NAME_LENGTH:
        raise Refused(
            _("Ghi mã này cấp cho ai, dưới %(n)s ký tự.", n=_NAME_LENGTH),
            fields={"name": _("Ghi tên phần mềm hoặc cơ quan.")},
        )
    in_force = select(func.count()).where(ReadToken.unit_id == unit_id, ReadToken.revoked_at.is_(None))
    if (auth.scalar(in_force) or 0) >= _MOST:
        raise Refused(
            _("Đã có %(n)s mã đang dùng. Thu hồi mã không dùng nữa rồi cấp mã mới.", n=_MOST), status=409
        )
    token = secrets.token_urlsafe(32)
    auth.add(
        ReadToken(
            id=new_id(), unit_id=unit_id, name=name, token_hash=token_hash(token), made_by=by, made_at=now
        )
    )
    return token


def revoke_token(auth: Session, unit_id: int, token_id: uuid.UUID, now: datetime) -> ReadToken:
    """From now on nothing is read with it; revoking twice changes nothing. Raises NotFound."""
    asked = select(ReadToken).where(ReadToken.id == token_id, ReadToken.unit_id == unit_id)
    found = or_404(auth.scalar(asked))
    found.revoked_at = found.revoked_at or now
    return found


def unit_read_with(auth: Session, token: str, now: datetime) -> OversightUnit | None:
    """The unit whose figures a token reads; None for one that is none, or was revoked."""
    asked = (
        select(ReadToken, OversightUnit)
        .join(OversightUnit)
        .where(ReadToken.token_hash == token_hash(token), ReadToken.revoked_at.is_(None))
    )
    found = auth.execute(asked).first()
    if found is None:
        return None
    row, unit = found
    if row.used_at is None or now - row.used_at >= _USED_EVERY:
        row.used_at = now
    reader: OversightUnit = unit
    return reader
