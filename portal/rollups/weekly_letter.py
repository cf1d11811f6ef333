"""The weekly letter to those who watch over wards: counts from the published rows, on Monday at 07:30, each once.

Where Monday is a public holiday, on the first working day of that week. It names wards and numbers, never a card.
"""

from datetime import datetime, time, timedelta

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from portal.accounts.account_mail import AccountMail
from portal.accounts.person import Person
from portal.db import new_id, session_as
from portal.letter import Letter, public_address
from portal.rollups.choosing import Choice
from portal.rollups.overview import Overview, overview_of
from portal.tenants.oversight_unit import OversightUnit, UnitMembership
from portal.tenants.unit_letter import unit_letter
from portal.tenants.working_days import WorkingDays
from portal.translating import speaking
from portal.wording import LOCAL, local_day, weekday_date

UNIT_DIGEST = "unit_digest"

_AT = time(7, 30)

#: Nobody needs last week's figures: what was not planned by then is left out.
_LASTS = timedelta(hours=24)

#: Wards named in it, the slowest first.
_WARDS = 8


def plan_digests(now: datetime) -> int:
    """Put down this week's letters, once however often it runs. Returns how many are new; the caller commits."""
    moment = _moment(now)
    if moment is None or not moment <= now < moment + _LASTS:
        return 0
    auth = session_as("auth")
    asked = select(UnitMembership.unit_id, Person.id, Person.email).join(
        Person, (Person.id == UnitMembership.person_id) & Person.disabled_at.is_(None)
    )
    made = [
        auth.scalar(
            insert(AccountMail)
            .values(
                id=new_id(),
                purpose=UNIT_DIGEST,
                email=email,
                place="",
                state="queued",
                attempts=0,
                requested_at=now,
                not_before=now,
                last_code="",
                about_unit=unit_id,
                key=f"dig:{unit_id}:{person_id}:{moment:%G-W%V}",
            )
            .on_conflict_do_nothing(index_elements=["key"])
            .returning(AccountMail.id)
        )
        for unit_id, person_id, email in auth.execute(asked).tuples()
    ]
    return sum(one is not None for one in made)


def _moment(now: datetime) -> datetime | None:
    """When this week's letters leave; None in a week without a working day."""
    today, calendar = local_day(now), WorkingDays()
    monday = today - timedelta(days=today.weekday())
    days = (monday + timedelta(days=n) for n in range(7))
    first = next((day for day in days if calendar.is_working(day)), None)
    return datetime.combine(first, _AT, LOCAL) if first else None


def write_digest(mail: AccountMail, message_id: str, now: datetime) -> Letter | None:
    """The letter about a unit's wards; None when the reader watches over it no more, or nothing is published."""
    auth, today = session_as("auth"), local_day(now)
    asked = (
        select(OversightUnit, Person)
        .join(UnitMembership, UnitMembership.unit_id == OversightUnit.id)
        .join(Person, Person.id == UnitMembership.person_id)
        .where(OversightUnit.id == mail.about_unit, Person.email == mail.email)
    )
    found = auth.execute(asked).tuples().one_or_none()
    if found is None:
        return None
    unit, reader = found
    page = overview_of(session_as("city"), unit.id, Choice(), today)
    if page.as_of is None:
        return None
    with speaking(reader.locale):
        return _letter(mail, unit, reader.name, page, message_id, now)


def _letter(
    mail: AccountMail, unit: OversightUnit, name: str, page: Overview, message_id: str, now: datetime
) -> Letter:
    shown = _shown(page) | {
        "name": name,
        "today": weekday_date(local_day(now)),
        "address": public_address("rollups.overview", unit=unit.slug),
    }
    return unit_letter(mail, unit, "rollups/mail/weekly", shown, message_id, now)


def _shown(page: Overview) -> dict[str, object]:
    """Counts alone, and the names of wards with late work."""
    all_wards = page.figures
    late = sorted(
        (line for line in page.lines if line.figures.open_overdue),
        key=lambda line: (-line.figures.open_overdue, line.ward.name),
    )
    heading = _(
        "Đầu tuần: %(wards)s phường, xã có %(cards)s việc quá hạn",
        wards=len(late),
        cards=all_wards.open_overdue,
    )
    return {
        "heading": heading if late else _("Đầu tuần: không phường, xã nào có việc quá hạn"),
        "lines": [
            (all_wards.done_on_time, _("việc xong đúng hạn"), "done"),
            (all_wards.done_late, _("việc xong trễ hạn"), "soon"),
            (all_wards.open_in_time, _("việc đang làm, còn hạn"), "doing"),
            (all_wards.open_overdue, _("việc quá hạn"), "late"),
        ],
        "late": [(line.ward.full_name, line.figures.open_overdue) for line in late[:_WARDS]],
        "more": max(0, len(late) - _WARDS),
        "silent": sum(line.as_of is None for line in page.lines),
    }
