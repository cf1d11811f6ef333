"""Every job, one line of work each. Arguments are ids; "now" enters here and is passed down."""

import uuid

from portal.accounts.mailing import send_account_mail
from portal.db import session_as, utc_now
from portal.reminders.draining import drain
from portal.reminders.falling_back import fall_back
from portal.reminders.texts.applying import apply_receipts, wards_told
from portal.reminders.texts.polling import poll
from portal.reminders.texts.smpp.listening import listen
from portal.reminders.ticking import Ticker
from portal.rollups.announcing import announce
from portal.rollups.publishing import publish_changed, publish_unit
from portal.rollups.rebuilding import publish_all
from portal.rollups.receiving import settle, take_up, wards_asked
from portal.rollups.weekly_letter import plan_digests
from portal.tasks.repeating import make_periods
from portal.tasks.sweeping import sweep_evidence
from worker.app import celery, flask_app
from worker.report_jobs import carry_out_exports, sweep_exports
from worker.unit_jobs import carry_out_units
from worker.ward_jobs import carry_out_next, carry_out_waiting
from worker.wards import in_every_ward, in_wards, job, job_for_one_ward
from worker.webhook_jobs import deliver_news, notice_news

_ticker = Ticker()


@celery.task(name="rollups.publish_changed")
def publish_changed_wards() -> None:
    """Publish the figures of wards whose board changed."""
    with job(flask_app):
        publish_changed(utc_now())


@celery.task(name="rollups.publish_unit")
def publish_wards_of_unit(unit_id: int) -> None:
    """Count an oversight unit's wards now, because somebody there asked."""
    with job(flask_app):
        publish_unit(unit_id, utc_now())


@celery.task(name="rollups.take_up_asks")
def take_up_asks() -> None:
    """Give wards the cards of what their unit asked."""
    now = utc_now()
    with job(flask_app):
        ward_ids = wards_asked(session_as("auth"), taken_up=False)
    in_wards(flask_app, ward_ids, lambda: take_up(now))


@celery.task(name="rollups.settle_asks")
def settle_asks() -> None:
    """Tell units which of their asks are done."""
    now = utc_now()
    with job(flask_app):
        ward_ids = wards_asked(session_as("auth"), taken_up=True)
    in_wards(flask_app, ward_ids, lambda: settle(now))


#: Seconds, soft and hard: every ward of the country takes longer than a slice of work.
_REBUILDING = {"soft_time_limit": 1200, "time_limit": 1230}


@celery.task(name="rollups.publish_all", **_REBUILDING)
def publish_all_wards() -> None:
    """Count every ward afresh: overdue changes at midnight although nobody writes."""
    with job(flask_app):
        publish_all(utc_now())


@celery.task(name="rollups.announce", **_REBUILDING)
def announce_sensitive_figures() -> None:
    """Publish what may be told of sensitive targets for the periods whose day has come."""
    with job(flask_app):
        announce(utc_now())


@celery.task(name="plans.read")
def read_plan(_ward_id: int, job_id: str) -> None:
    """Read the plan that was just received."""
    carry_out_next(flask_app, uuid.UUID(job_id))


@celery.task(name="plans.publish_lineage")
def publish_lineage_of_ward(_ward_id: int, job_id: str) -> None:
    """Compare a ward's plans with those of the units above."""
    carry_out_next(flask_app, uuid.UUID(job_id))


@celery.task(name="plans.carry_out_units")
def carry_out_plans_of_units() -> None:
    """Read plans that units sent in, and have the wards below compared with them."""
    carry_out_units(flask_app)


#: Seconds, soft and hard: shorter than the lease of a file (portal/reports/unit/exporting.py).
_WRITING = {"soft_time_limit": 180, "time_limit": 200}


@celery.task(name="reports.carry_out_exports", **_WRITING)
def carry_out_exports_of_units() -> None:
    """Make the files of reports that units asked for."""
    carry_out_exports(flask_app)


@celery.task(name="reports.sweep_exports")
def sweep_exports_of_units() -> None:
    """Take away files that have expired."""
    sweep_exports(flask_app)


@celery.task(name="reports.call_webhooks", **_WRITING)
def tell_systems_of_units() -> None:
    """Tell units' own systems what is new."""
    notice_news(flask_app)
    deliver_news(flask_app)


@celery.task(name="rollups.write_weekly")
def write_to_units() -> None:
    """Plan the weekly letters to those who watch over wards."""
    with job(flask_app):
        plan_digests(utc_now())


@celery.task(name="ward_jobs.carry_out")
def carry_out_ward_jobs() -> None:
    """Carry out the wards' jobs that nobody heard ringing for, or whose worker died."""
    carry_out_waiting(flask_app)


@celery.task(name="tasks.make_periods")
def make_cards_of_new_periods() -> None:
    """Give each ward the cards of the periods that have begun."""
    now = utc_now()
    in_every_ward(flask_app, lambda: make_periods(now))


@celery.task(name="tasks.sweep_evidence")
def sweep_evidence_files() -> None:
    """Take files off the disk that no row names."""
    now = utc_now()
    in_every_ward(flask_app, lambda: sweep_evidence(now))


#: Seconds, soft and hard. Longer than a slice and one submission to a relay that takes its time: a submission cut off
#: by us would be one more that nobody knows the end of.
_SENDING = {"soft_time_limit": 200, "time_limit": 230}


@celery.task(name="accounts.send_mail", **_SENDING)
def send_letters_about_accounts() -> None:
    """Send invitations and password links."""
    with job(flask_app):
        send_account_mail(utc_now)


@celery.task(name="reminders.tick")
def plan_reminders() -> None:
    """Plan what every ward's people are to hear."""
    now = utc_now()
    in_every_ward(flask_app, lambda: _ticker.tick(now))


@celery.task(name="reminders.poll_texts", **_SENDING)
def ask_what_became_of_texts() -> None:
    """Ask gateways about short messages they are silent about."""
    with job(flask_app):
        poll(session_as("dispatch"), utc_now())


@celery.task(name="reminders.listen_texts", **_SENDING)
def hear_message_centres() -> None:
    """Take in what message centres (SMPP) have to tell."""
    with job(flask_app):
        listen(session_as("dispatch"), utc_now)


@celery.task(name="reminders.fall_back")
def send_on_by_the_next_channel() -> None:
    """Send on what did not arrive."""
    now = utc_now()
    in_every_ward(flask_app, lambda: fall_back(now))


@celery.task(name="reminders.drain_texts", **_SENDING)
def send_short_reminders() -> None:
    """Send the short messages that are due, for one slice of time."""
    with job(flask_app):
        drain(utc_now, texts=True)


@celery.task(name="reminders.receipts")
def apply_receipts_of_wards() -> None:
    """Draw conclusions from what gateways have said."""
    now = utc_now()
    with job(flask_app):
        waiting = wards_told(session_as("dispatch"))
    for ward_id in waiting:
        with job_for_one_ward(flask_app, ward_id):
            apply_receipts(now)


@celery.task(name="reminders.drain", **_SENDING)
def send_reminders() -> None:
    """Send what is due, for one slice of time."""
    with job(flask_app):
        drain(utc_now)
