"""The document somebody sends in, of a ward or of a unit: what is taken, what is refused, and how it is kept."""

from pathlib import Path
from typing import IO, TypeVar

from flask_babel import gettext as _
from sqlalchemy import ColumnElement, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from portal import files
from portal.errors import Refused
from portal.plans.document import MEDIA_TYPES, PlanDocument
from portal.plans.reading import UNREADABLE_MESSAGES
from portal.text import nfc

Document = TypeVar("Document", bound=PlanDocument)

#: What pasted text is called once it is a file.
PASTED = "van-ban-dan.txt"


def taken_name(filename: str | None) -> str:
    """The name of an uploaded file as people may see it. Raises Refused when nobody here can read its kind."""
    name = files.shown_name(filename)
    if Path(name).suffix.lower() not in MEDIA_TYPES:
        raise Refused(UNREADABLE_MESSAGES["unsupported_format"])
    return name


def taken_text(text: str) -> bytes:
    """Pasted text as the bytes of a file. Raises Refused when there is none."""
    text = nfc(text).strip()
    if not text:
        raise Refused(_("Chọn tệp kế hoạch, hoặc dán nội dung vào ô."))
    return text.encode()


def stored(owner: int | str, source: IO[bytes] | bytes, kept_with: Session) -> files.StoredFile:
    """The bytes on disk, gone again when their row is not kept (`kept_with`: its session).

    Raises Refused when there are none or too many, and then leaves nothing behind.
    """
    kept = files.store(owner, source, kept_with=kept_with)
    if kept.size == 0:
        files.delete(owner, kept.name)
        raise Refused(_("Tệp trống, không có chữ nào. Chọn tệp khác, hoặc dán nội dung vào ô."))
    return kept


def take_in(
    session: Session,
    owner: int | str,
    plan: Document,
    source: IO[bytes] | bytes,
    *alive: ColumnElement[bool],
) -> Document | None:
    """Keep the original and add its row; or give the plan that the same bytes made before, among those `alive`."""
    kept = stored(owner, source, session)
    plan.stored_as, plan.size, plan.sha256 = kept.name, kept.size, kept.sha256
    known = add_unless_known(session, plan, *alive)
    if known is not None:
        files.delete(owner, kept.name)
    return known


def add_unless_known(session: Session, plan: Document, *alive: ColumnElement[bool]) -> Document | None:
    """Add the plan; or give the one of the same bytes, also when somebody else is adding it at this moment."""
    try:
        with session.begin_nested():
            session.add(plan)
    except IntegrityError:
        kind = type(plan)
        return session.scalars(select(kind).where(kind.sha256 == plan.sha256, *alive)).one()
    return None
