"""Evidence comes in: checked, photos freed of where and when they were taken, sealed outside the web root."""

import hashlib
from datetime import datetime, timedelta
from pathlib import PurePath
from typing import IO

from flask_babel import gettext as _

from portal import files
from portal.db import db, new_id
from portal.errors import Refused
from portal.tasks import vault
from portal.tasks.card import Card
from portal.tasks.card_queries import evidence_like
from portal.tasks.doer import Doer
from portal.tasks.evidence import Evidence
from portal.tasks.inspecting import inspect
from portal.tasks.locked_queries import load_of
from portal.tasks.locking import lock
from portal.tasks.picturing import drawn_anew
from portal.tasks.recording import record

#: security.md C40: files on one card, bytes of one ward, files of one person in a day.
AT_MOST = 20
WARD_BYTES = 2 * 1024**3
A_DAY = 200


def attach_evidence(
    card: Card, stream: IO[bytes], filename: str, by: Doer, now: datetime, *, names_children: bool = False
) -> Evidence:
    """Store one file on a card; a file that is there already is a second tap and changes nothing.

    `names_children`: it is locked at once. Raises Refused when it is empty, too large, of another type than it
    claims, or one too many; nothing is stored then.
    """
    if card.evidence_count >= AT_MOST:
        raise Refused(_("Việc này đã có %(n)s tệp. Bỏ bớt rồi thêm.", n=AT_MOST))
    name = files.shown_name(filename)
    data = stream.read(files.MAX_BYTES + 1)
    media_type = inspect(data, name)
    if media_type.startswith("image/"):
        data, name, media_type = drawn_anew(data), str(PurePath(name).with_suffix(".jpg")), "image/jpeg"
    evidence = evidence_like(card, hashlib.sha256(data).hexdigest())
    if evidence is None:
        _refuse_too_much(len(data), by, now)
        evidence = _kept(card, data, name, media_type, by, now)
    if names_children:
        lock(card, evidence, by, now)
    return evidence


def _refuse_too_much(size: int, by: Doer, now: datetime) -> None:
    held, sent = load_of(by.contact_id, now - timedelta(days=1))
    if held + size > WARD_BYTES:
        raise Refused(_("Phường đã dùng hết 2 GB cho minh chứng. Báo người điều phối trước khi gửi thêm."))
    if by.contact_id is not None and sent >= A_DAY:
        raise Refused(_("Anh/chị đã gửi %(n)s tệp trong 24 giờ. Mai gửi tiếp.", n=A_DAY), status=429)


def _kept(card: Card, data: bytes, name: str, media_type: str, by: Doer, now: datetime) -> Evidence:
    evidence = Evidence(
        id=new_id(),
        ward_id=card.ward_id,
        card_id=card.id,
        filename=name,
        media_type=media_type,
        size=len(data),
        sha256=hashlib.sha256(data).hexdigest(),
        names_children=False,
        contact_id=by.contact_id,
        uploader_name=by.name,
        added_at=now,
    )
    vault.put(evidence, data, now)
    db.session.add(evidence)
    db.session.flush()
    card.evidence_count += 1
    record(card, "evidence_added", by, now)
    return evidence


def remove_evidence(card: Card, evidence: Evidence, by: Doer, now: datetime) -> None:
    """Take a file off the card; the row stays for the history, the bytes go with the ward's retention."""
    evidence.removed_at = now
    card.evidence_count -= 1
    record(card, "evidence_removed", by, now)
