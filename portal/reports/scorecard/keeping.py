"""A scorecard's course: begun with what the targets already say, written, approved and locked, opened again, sent."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from flask_babel import gettext as _

from portal.db import db
from portal.errors import NotFound, Refused
from portal.reports.counting import count
from portal.reports.figures import Measured
from portal.reports.scorecard.criteria import Part, UnitClass, standard_of
from portal.reports.scorecard.entering import entered
from portal.reports.scorecard.paper import scorecard_docx
from portal.reports.scorecard.queries import scorecard_of, was_sent
from portal.reports.scorecard.scorecard import Scorecard, SentScorecard
from portal.reports.scorecard.scoring import Entries
from portal.tenants.report_period import report_periods
from portal.tenants.ward import Ward
from portal.text import fold


def begin(year: int, by: str, now: datetime, today: date) -> Scorecard:
    """The year's scorecard; a new one begins with the figures that targets already have. Raises NotFound."""
    known = scorecard_of(year)
    if known is not None:
        return known
    standard = standard_of(year)
    period = next(one for one in reversed(report_periods(year)) if one.window == "year")
    measured = count(period, today).measures
    entries = {part.key: found for part in standard.parts if (found := _told(part, measured))}
    card = Scorecard(year=year, standard_key=standard.key, entries=entries, changed_by=by, changed_at=now)
    db.session.add(card)
    db.session.flush()
    return card


def _told(part: Part, measured: Sequence[Measured]) -> dict[str, float]:
    """The two numbers of the one target that measures this part; sensitive ones are for a person to enter."""
    found = [
        one.now
        for one in measured
        if one.now and one.now.denominator and not one.sensitive and _is_about(part, one.text)
    ]
    if len(found) != 1 or found[0] is None or found[0].denominator is None:
        return {}
    return {"part": found[0].numerator, "whole": found[0].denominator}


def _is_about(part: Part, text: str) -> bool:
    return any(fold(words) in fold(text) for words in part.words)


def write(card: Scorecard, form: Mapping[str, str], seen: int, by: str, now: datetime) -> None:
    """Keep what was typed. Raises Refused: locked or changed by somebody else (409), or what cannot be used."""
    refuse_locked(card)
    entries = entered(card.standard, form)
    if form.get("unit_class") not in set(UnitClass):
        raise NotFound
    if seen != card.version:
        raise Refused(
            _("Bảng điểm vừa được sửa ở nơi khác. Phần anh/chị điền còn ở dưới: so lại rồi lưu lần nữa."),
            status=409,
        )
    _keep(card, entries, form["unit_class"], by, now)


def _keep(card: Scorecard, entries: Entries, unit_class: str, by: str, now: datetime) -> None:
    if (card.entries, card.unit_class) != (entries, unit_class):
        card.entries, card.unit_class = entries, unit_class
        card.version += 1
        card.changed_by, card.changed_at = by, now


def approve(card: Scorecard, ward: Ward, seen: int, by: str, now: datetime) -> None:
    """Lock it as the leader saw it. Raises Refused (409)."""
    refuse_locked(card)
    if seen != card.version:
        raise Refused(_("Bảng điểm vừa thay đổi sau khi anh/chị mở. Xem lại rồi duyệt."), status=409)
    card.document = scorecard_docx(ward, card, now)
    card.approved_by, card.approved_at = by, now


def reopen(card: Scorecard) -> None:
    """A draft again, as the next edition; what was sent stays sent. Raises Refused (409)."""
    if not card.is_locked:
        raise Refused(_("Bảng điểm này chưa duyệt, đang sửa được."), status=409)
    card.document, card.approved_by, card.approved_at = None, "", None
    card.edition += 1
    card.version += 1


def send(card: Scorecard, ward: Ward, unit_id: int, now: datetime) -> None:
    """Hand its points to the unit above, without what they stand on.

    Raises Refused (409) when it is not locked, or was sent.
    """
    if card.document is None:
        raise Refused(_("Lãnh đạo duyệt bảng điểm rồi mới gửi."), status=409)
    if was_sent(card):
        raise Refused(_("Bản này đã gửi."), status=409)
    score = card.score
    db.session.add(
        SentScorecard(
            scorecard_id=card.id,
            unit_id=unit_id,
            year=card.year,
            edition=card.edition,
            unit_class=card.unit_class,
            threshold=score.threshold,
            total=score.total,
            result=score.result.value,
            points={str(one.criterion.number): one.points for one in score.criteria},
            sent_at=now,
            document=scorecard_docx(ward, card, card.approved_at or now, grounds=False),
        )
    )
    db.session.flush()


def refuse_locked(card: Scorecard) -> None:
    """Raise Refused (409) when the leader approved it."""
    if card.is_locked:
        raise Refused(_("Bảng điểm đã duyệt và khóa. Lãnh đạo mở lại để sửa."), status=409)
