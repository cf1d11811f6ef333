"""A file that names children is locked: only named people open it or learn what it is called, and each look is kept."""

import uuid
from collections.abc import Collection
from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import delete

from portal.db import db
from portal.errors import Refused
from portal.tasks.card import Card
from portal.tasks.doer import Doer
from portal.tasks.evidence import Evidence
from portal.tasks.evidence_viewer import EvidenceView, EvidenceViewer
from portal.tasks.locked_queries import leader_ids, viewers_of
from portal.tasks.recording import record
from portal.tenants.access import Actor, Permission
from portal.text import nfc


def lock(card: Card, evidence: Evidence, by: Doer, now: datetime) -> bool:
    """Lock a file to who locks it, who sent it, and the ward's leaders. False: it was locked already."""
    if evidence.names_children:
        return False
    evidence.names_children = True
    viewers = {by.contact_id, evidence.contact_id, *leader_ids()} - {None}
    db.session.add_all(
        EvidenceViewer(evidence_id=evidence.id, contact_id=contact_id) for contact_id in viewers
    )
    record(card, "evidence_locked", by, now, viewers=len(viewers))
    return True


def name_viewers(
    card: Card,
    evidence: Evidence,
    wanted: Collection[uuid.UUID],
    allowed: Collection[uuid.UUID],
    by: Doer,
    now: datetime,
) -> bool:
    """Exactly these people may open the file from now on. False: it was so already.

    Raises Refused when it would be nobody, or somebody who is not of the ward's leaders or the card's agencies.
    """
    have = {contact.id for contact in viewers_of([evidence.id])[evidence.id]}
    chosen = set(wanted)
    if not chosen:
        raise Refused(_("Chọn ít nhất một người xem."))
    if not chosen <= have | set(allowed):
        raise Refused(_("Chỉ chọn được lãnh đạo, điều phối và người của cơ quan thực hiện việc này."))
    if chosen == have:
        return False
    db.session.execute(delete(EvidenceViewer).where(EvidenceViewer.evidence_id == evidence.id))
    db.session.add_all(
        EvidenceViewer(evidence_id=evidence.id, contact_id=contact_id) for contact_id in chosen
    )
    record(card, "viewers_changed", by, now, added=len(chosen - have), removed=len(have - chosen))
    return True


def unlock(card: Card, evidence: Evidence, reason: str, by: Doer, now: datetime) -> None:
    """Let everybody who sees the card open the file again. Raises Refused without a reason."""
    reason = nfc(reason).strip()[:300]
    if not reason:
        raise Refused(_("Ghi lý do mở khóa: vì sao tệp này không có tên trẻ em."))
    evidence.names_children = False
    db.session.execute(delete(EvidenceViewer).where(EvidenceViewer.evidence_id == evidence.id))
    record(card, "evidence_unlocked", by, now, reason=reason)


def may_open(actor: Actor, evidence: Evidence, viewers: Collection[uuid.UUID]) -> bool:
    """Whether the actor may open the file and see its name; `viewers`: its named ones."""
    return not evidence.names_children or actor.contact_id in viewers


def may_name_viewers(actor: Actor, viewers: Collection[uuid.UUID]) -> bool:
    """Whether the actor keeps the list of viewers: a viewer who works here, or the leader, who answers for it."""
    own = actor.contact_id in viewers and actor.may(Permission.WORK_CARDS)
    return own or actor.may(Permission.READ_CONFIDENTIAL)


def refuse_to_open(actor: Actor, evidence: Evidence) -> None:
    """Raise Refused(403), saying who may, unless the actor may open the file."""
    if not evidence.names_children:
        return
    people = viewers_of([evidence.id])[evidence.id]
    if not may_open(actor, evidence, {person.id for person in people}):
        names = ", ".join(person.name for person in people)
        raise Refused(
            _(
                "Tệp này có tên trẻ em nên chỉ những người này mở được: %(names)s. Cần xem thì hỏi họ.",
                names=names,
            ),
            status=403,
        )


def refuse_to_name_viewers(actor: Actor, evidence: Evidence) -> None:
    """Raise Refused(403) unless the actor keeps the list of viewers of a locked file."""
    refuse_unless_locked(evidence)
    people = viewers_of([evidence.id])[evidence.id]
    if not may_name_viewers(actor, {person.id for person in people}):
        refuse_to_open(actor, evidence)
        raise Refused(_("Vai của anh/chị chỉ xem, không đổi được người xem."), status=403)


def refuse_unless_locked(evidence: Evidence) -> None:
    """Raise Refused(409) when there is nothing to unlock."""
    if not evidence.names_children:
        raise Refused(_("Tệp này không khóa: mọi người thấy việc này đều mở được."), status=409)


def note_view(evidence: Evidence, actor: Actor, now: datetime) -> None:
    """Keep that somebody opened a locked file."""
    if evidence.names_children:
        db.session.add(
            EvidenceView(
                card_id=evidence.card_id,
                evidence_id=evidence.id,
                contact_id=actor.contact_id,
                viewer_name=actor.name,
                viewed_at=now,
            )
        )
