"""The unit's webhooks: where they lead, what was sent there, and what became of it."""

import uuid

from flask import Response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from portal.db import session_as, utc_now
from portal.doorbell import ring_after_commit
from portal.errors import Refused
from portal.pages import see_other
from portal.permits import needs, of_adults
from portal.reports.routes.blueprint import bp
from portal.reports.webhooks.calling import WHY_TEXTS
from portal.reports.webhooks.events import EVENT_TEXTS, TEST
from portal.reports.webhooks.registering import (
    choose_events,
    delivery_or_404,
    last_deliveries,
    register,
    send_test,
    webhook_or_404,
    webhooks_of,
)
from portal.reports.webhooks.secret import OVERLAP, give_secret
from portal.reports.webhooks.webhook import Webhook
from portal.tenants.access import Permission
from portal.tenants.entrance import current_unit

#: The doorbell's name for everything that webhooks are waiting for.
_CALL = "reports.call_webhooks"


@bp.get("/o/<unit>/webhooks")
@needs(Permission.SHARE_FIGURES)
def webhooks_page() -> str:
    """The webhooks there are, and a new one."""
    return _list()


@bp.post("/o/<unit>/webhooks")
@needs(Permission.SHARE_FIGURES)
@of_adults
def register_webhook() -> ResponseReturnValue:
    """A new webhook; the page that answers is the only place where its secret ever stands."""
    url, events, unit = request.form.get("url", ""), request.form.getlist("events"), current_unit()
    try:
        hook, secret = register(session_as("auth"), unit.id, url, events, current_user.name, utc_now())
    except Refused as refusal:
        typed = {"url": url, "chosen": events, "faults": refusal.fields, "why": refusal.why}
        return _list(**typed), refusal.status
    ring_after_commit(_CALL)
    return _page(hook, secret=secret)


@bp.get("/o/<unit>/webhooks/<uuid:hook_id>")
@needs(Permission.SHARE_FIGURES)
def webhook_page(hook_id: uuid.UUID) -> str:
    """One webhook with what was sent to it lately."""
    return _page(_hook(hook_id))


@bp.post("/o/<unit>/webhooks/<uuid:hook_id>/events")
@needs(Permission.SHARE_FIGURES)
def choose_webhook_events(hook_id: uuid.UUID) -> ResponseReturnValue:
    """Hear of other events from now on."""
    hook = _hook(hook_id)
    try:
        choose_events(hook, request.form.getlist("events"))
    except Refused as refusal:
        return _page(hook, why=refusal.why), refusal.status
    return _back(hook, _("Đã đổi loại tin."))


@bp.post("/o/<unit>/webhooks/<uuid:hook_id>/secret")
@needs(Permission.SHARE_FIGURES)
def change_webhook_secret(hook_id: uuid.UUID) -> str:
    """A new secret; the one before signs as well for a day."""
    hook = _hook(hook_id)
    return _page(hook, secret=give_secret(hook, utc_now()), overlap=OVERLAP)


@bp.post("/o/<unit>/webhooks/<uuid:hook_id>/test")
@needs(Permission.SHARE_FIGURES)
def test_webhook(hook_id: uuid.UUID) -> Response:
    """Send a message without news."""
    hook = _hook(hook_id)
    send_test(session_as("auth"), current_unit(), hook, utc_now())
    ring_after_commit(_CALL)
    return _back(hook, _("Đang gửi tin thử. Tải lại trang sau vài giây để xem kết quả."))


@bp.post("/o/<unit>/webhooks/<uuid:hook_id>/resumption")
@needs(Permission.SHARE_FIGURES)
def resume_webhook(hook_id: uuid.UUID) -> Response:
    """Send again what waits, from now on."""
    hook = _hook(hook_id)
    hook.resume(utc_now())
    ring_after_commit(_CALL)
    return _back(hook, _("Đã bật lại. Tin chưa gửi sẽ đi tiếp."))


@bp.post("/o/<unit>/webhooks/<uuid:hook_id>/removal")
@needs(Permission.SHARE_FIGURES)
def remove_webhook(hook_id: uuid.UUID) -> Response:
    """Nothing is sent there any more, and what was is forgotten."""
    session_as("auth").delete(_hook(hook_id))
    return see_other(url_for("reports.webhooks_page"), _("Đã xóa webhook."))


@bp.post("/o/<unit>/webhooks/<uuid:hook_id>/deliveries/<uuid:delivery_id>/retry")
@needs(Permission.SHARE_FIGURES)
def retry_webhook_delivery(hook_id: uuid.UUID, delivery_id: uuid.UUID) -> Response:
    """Send a message once more, now, whatever became of it before. Raises Refused while the webhook is stopped."""
    hook, now = _hook(hook_id), utc_now()
    delivery = delivery_or_404(session_as("auth"), hook, delivery_id)
    if hook.stopped_at is not None and delivery.event != TEST:
        raise Refused(_("Webhook đang tạm dừng. Bật lại trước rồi gửi."), status=409)
    delivery.try_again(now)
    hook.not_before = now
    ring_after_commit(_CALL)
    return _back(hook, _("Đang gửi lại. Tải lại trang sau vài giây để xem kết quả."))


def _hook(hook_id: uuid.UUID) -> Webhook:
    return webhook_or_404(session_as("auth"), current_unit().id, hook_id)


def _back(hook: Webhook, said: str) -> Response:
    return see_other(url_for("reports.webhook_page", hook_id=hook.id), said)


def _list(**more: object) -> str:
    hooks = webhooks_of(session_as("auth"), current_unit().id)
    return render_template(
        "reports/webhooks.html", unit=current_unit(), hooks=hooks, event_texts=EVENT_TEXTS, **more
    )


def _page(hook: Webhook, **more: object) -> str:
    deliveries = last_deliveries(session_as("auth"), hook)
    texts = {"event_texts": EVENT_TEXTS, "why_texts": WHY_TEXTS, "now": utc_now()}
    return render_template(
        "reports/webhook.html", unit=current_unit(), hook=hook, deliveries=deliveries, **texts, **more
    )
