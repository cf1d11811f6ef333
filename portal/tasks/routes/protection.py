"""What those who steer set on a card to protect children and proof: who reads it, and that it needs evidence."""

from flask import request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.db import utc_now
from portal.permits import needs
from portal.tasks.card import Card
from portal.tasks.confiding import set_confidential
from portal.tasks.requiring import require_evidence
from portal.tasks.rights import refuse_when_closed
from portal.tasks.routes.acting import act, by
from portal.tasks.routes.blueprint import bp
from portal.tasks.routes.card import what_was_done
from portal.tenants.access import Actor, Permission


@bp.post("/w/<ward>/cards/<int:number>/confidentiality")
@needs(Permission.ASSIGN_CARDS)
def change_confidentiality(number: int) -> ResponseReturnValue:
    """Let only its agencies and the leader read the card (field `confidential` is 1), or everybody again."""

    def do(card: Card, actor: Actor) -> str:
        wanted = request.form.get("confidential") == "1"
        changed = set_confidential(card, wanted, by(actor), utc_now())
        done = (
            _("Đã đánh dấu bảo mật. Người khác chỉ thấy số, cơ quan, trạng thái và hạn.")
            if wanted
            else _("Đã bỏ dấu bảo mật.")
        )
        return what_was_done(changed, done)

    return act(number, do)


@bp.post("/w/<ward>/cards/<int:number>/evidence/rule")
@needs(Permission.ASSIGN_CARDS)
def change_evidence_rule(number: int) -> ResponseReturnValue:
    """Ask for evidence before the result is submitted (field `required` is 1), or no more."""

    def do(card: Card, actor: Actor) -> str:
        refuse_when_closed(card)
        wanted = request.form.get("required") == "1"
        changed = require_evidence(card, wanted, by(actor), utc_now())
        return what_was_done(
            changed, _("Phải có minh chứng mới nộp được.") if wanted else _("Không bắt buộc minh chứng nữa.")
        )

    return act(number, do)
