"""The unit's tokens for other programs: given out once, revoked when they are needed no more."""

import uuid

from flask import Response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from portal.db import session_as, utc_now
from portal.errors import Refused
from portal.pages import see_other
from portal.permits import needs, of_adults
from portal.reports.open_data.read_token import make_token, revoke_token, tokens_of
from portal.reports.open_data.records import DATASETS
from portal.reports.routes.blueprint import bp
from portal.tenants.access import Permission
from portal.tenants.entrance import current_unit


@bp.get("/o/<unit>/open-data")
@needs(Permission.SHARE_FIGURES)
def read_tokens_page() -> str:
    """The tokens in force, and how figures are read with one."""
    return _page()


def _page(**more: object) -> str:
    return render_template(
        "reports/read_tokens.html",
        unit=current_unit(),
        tokens=tokens_of(session_as("auth"), current_unit().id),
        datasets=DATASETS,
        **more,
    )


@bp.post("/o/<unit>/open-data")
@needs(Permission.SHARE_FIGURES)
@of_adults
def give_read_token() -> ResponseReturnValue:
    """A new token; the page that answers is the only place where it ever stands."""
    auth, name = session_as("auth"), request.form.get("name", "")
    try:
        token = make_token(auth, current_unit().id, name, current_user.name, utc_now())
    except Refused as refusal:
        return _page(typed=name, faults=refusal.fields, why=refusal.why), refusal.status
    auth.flush()
    return _page(token=token)


@bp.post("/o/<unit>/open-data/<uuid:token_id>/revocation")
@needs(Permission.SHARE_FIGURES)
def revoke_read_token(token_id: uuid.UUID) -> Response:
    """Nothing is read with it any more."""
    revoked = revoke_token(session_as("auth"), current_unit().id, token_id, utc_now())
    return see_other(url_for("reports.read_tokens_page"), _("Đã thu hồi mã của %(name)s.", name=revoked.name))
