"""Figures an agency has still to enter, told to whoever opens their own page."""

from datetime import date

from flask import url_for
from flask_babel import gettext as _

from portal.plans.indicator_page import Owed, owed_by
from portal.tasks.errands import Errand
from portal.tenants.access import Actor
from portal.wording import short_date


def figures_owed(actor: Actor, today: date) -> list[Errand]:
    """One errand for each figure of a closed period."""
    return [_errand(owed, today) for owed in owed_by(actor, today)]


def _errand(owed: Owed, today: date) -> Errand:
    period = owed.entry.period
    late = owed.entry.is_missing(today)
    note = (
        _("%(period)s, quá hạn %(n)s ngày", period=period.name, n=(today - period.due).days)
        if late
        else _("%(period)s, hạn %(day)s", period=period.name, day=short_date(period.due, today))
    )
    address = url_for(
        "plans.indicator_page", indicator_id=owed.indicator.id, period=period.end.isoformat(), _anchor="nhap"
    )
    return Errand(owed.indicator.text, note, address, period.due, late)
