"""Evidence: added to a card, opened again after the permission check, previewed, removed."""

import io
import uuid

from flask import Response, make_response, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.datastructures import FileStorage

from portal import files
from portal.db import utc_now
from portal.errors import NotFound, Refused
from portal.guarding.finding import KIND_TEXTS, Kind
from portal.guarding.uploads import check_upload
from portal.permits import needs
from portal.security import takes_up_to
from portal.tasks import vault
from portal.tasks.attaching import attach_evidence, remove_evidence
from portal.tasks.card import Card
from portal.tasks.card_queries import card_or_404, evidence_or_404
from portal.tasks.doer import Doer
from portal.tasks.evidence import Evidence
from portal.tasks.locking import note_view, refuse_to_open
from portal.tasks.picturing import preview_of
from portal.tasks.rights import refuse_to_contribute, refuse_to_see, refuse_to_work, refuse_when_closed
from portal.tasks.routes.acting import act, by
from portal.tasks.routes.blueprint import bp
from portal.tasks.routes.card import what_was_done
from portal.tenants.access import Actor, Permission
from portal.tenants.entrance import current_actor

#: Several photos at once, and room for the form around them.
_LARGEST_REQUEST = 3 * files.MAX_BYTES


@bp.post("/w/<ward>/cards/<int:number>/evidence")
@needs(Permission.WORK_CARDS)
@takes_up_to(_LARGEST_REQUEST)
def add_evidence(number: int) -> ResponseReturnValue:
    """Attach one or several files (field `files`); with `names_children` they are locked at once."""

    def do(card: Card, actor: Actor) -> str:
        refuse_to_contribute(actor, card)
        refuse_when_closed(card)
        chosen = [upload for upload in request.files.getlist("files") if upload.filename]
        if not chosen:
            raise Refused(_("Chọn ảnh hoặc tệp rồi gửi."))
        before = card.evidence_count
        told = _attach_all(card, chosen, by(actor))
        added = card.evidence_count - before
        return what_was_done(added > 0, _("Đã thêm %(n)s minh chứng.", n=added)) + _told(told)

    return act(number, do)


def _attach_all(card: Card, uploads: list[FileStorage], by: Doer) -> list[Kind]:
    """All of them or none: when one is refused, nothing is kept, and the files before it go with their rows.

    What their names and captions told of a child.
    """
    told: list[Kind] = []
    named = request.form.get("names_children") == "1"
    for upload in uploads:
        checked = check_upload(upload.stream, upload.filename or "")
        attach_evidence(card, upload.stream, checked.name, by, utc_now(), names_children=named)
        told += checked.told
    return told


def _told(kinds: list[Kind]) -> str:
    """What to say about files whose names or captions told who a child is: they are masked, the file may not be."""
    if not kinds:
        return ""
    found = ", ".join(str(KIND_TEXTS[kind]) for kind in dict.fromkeys(kinds))
    return " " + _(
        "Tên tệp hoặc chú thích ảnh có %(found)s: đã che. Nếu trong tệp có tên trẻ, khóa tệp cho đúng người xem.",
        found=found,
    )


@bp.get("/w/<ward>/cards/<int:number>/evidence/<uuid:evidence_id>")
@needs(Permission.SEE_OWN_CARDS)
def open_evidence(number: int, evidence_id: uuid.UUID) -> Response:
    """The file, as a download that can run nothing (security.md C47); opening a locked one is kept."""
    found = _to_open(number, evidence_id)
    content = io.BytesIO(vault.take(found))
    note_view(found, current_actor(), utc_now())
    return files.as_download(content, found.filename, found.media_type)


@bp.get("/w/<ward>/cards/<int:number>/evidence/<uuid:evidence_id>/preview")
@needs(Permission.SEE_OWN_CARDS)
def preview_evidence(number: int, evidence_id: uuid.UUID) -> Response:
    """A small picture of a picture; of a locked file there is none, since looking at it is kept."""
    found = _to_open(number, evidence_id)
    if not found.is_image or found.names_children:
        raise NotFound
    response = make_response(preview_of(vault.take(found)))
    response.headers["Content-Type"] = "image/jpeg"
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response.headers["Cache-Control"] = "private, max-age=300"
    return response


def _to_open(number: int, evidence_id: uuid.UUID) -> Evidence:
    """The file of a card that this actor may open. Raises NotFound, and Refused(403) saying who may."""
    card, actor = card_or_404(number), current_actor()
    refuse_to_see(actor, card)
    found = evidence_or_404(card, evidence_id)
    refuse_to_open(actor, found)
    return found


@bp.post("/w/<ward>/cards/<int:number>/evidence/<uuid:evidence_id>/removal")
@needs(Permission.WORK_CARDS)
def take_evidence_off(number: int, evidence_id: uuid.UUID) -> ResponseReturnValue:
    """Remove a file from the card."""

    def do(card: Card, actor: Actor) -> str:
        refuse_to_work(actor, card)
        refuse_when_closed(card)
        found = evidence_or_404(card, evidence_id)
        refuse_to_open(actor, found)
        remove_evidence(card, found, by(actor), utc_now())
        return _("Đã bỏ minh chứng.")

    return act(number, do)
