"""`portal demo --history`: the demo's three wards worked for half a year, day by day, by the product's own verbs.

The same seed and last day give the same half-year. Each simulated day ends as a real one: what changed is kept and
published, so that days, trends and closed periods stand as they would have stood.
"""

import random
from datetime import datetime, timedelta

from flask import Flask

from portal.db import keep, keep_first, session_as, utc_now
from portal.local.demo import CITY, COORDINATOR, LEADER, found_city
from portal.local.demo_history_days import WardYear
from portal.local.demo_people import WARDS
from portal.local.demo_plans import plan_to_review, publish_city_plan
from portal.local.demo_report import send_report
from portal.plans.confirming import confirm
from portal.plans.lineage_publishing import publish_lineage
from portal.plans.queries import proposed_cards
from portal.reports.choosing import offered
from portal.rollups.announcing import announce
from portal.rollups.asking import Asked, ask
from portal.rollups.opening import open_wards
from portal.rollups.publishing import publish
from portal.rollups.unit_ask import REPORT
from portal.tasks.doer import Doer
from portal.tenants.boundary import inside_ward
from portal.tenants.report_period import ReportPeriod
from portal.tenants.ward import Ward
from portal.wording import local_day

#: How many days the wards work.
DAYS = 182

#: The seed of `portal demo --history`; any other makes another half-year.
SEED = 2026

#: Days after confirming on which the first and the last card is due.
_DUE = (14, 230)

#: How long the wards have for the report that the city asks for on the last day.
_DAYS_TO_REPORT = 10

#: The ward that has not sent its report of the closed period.
_SILENT = "coc-leu"


def load_history(app: Flask, password: str, until: datetime | None = None, seed: int = SEED) -> None:
    """Fill an empty database with a half-year that ends at `until`, by default now."""
    until = until or utc_now()
    begun = until - timedelta(days=DAYS)
    with app.app_context():
        unit, wards = found_city(password, begun)
        publish_city_plan(unit.id, CITY, begun, local_day(until).year)
        keep()
        years = {slug: _begin(ward, f"{seed}-{slug}", begun, until) for slug, ward in wards.items()}
        _publish(wards, begun)
        for day in range(1, DAYS + 1):
            now = begun + timedelta(days=day)
            for slug, ward in wards.items():
                with inside_ward(ward.id):
                    years[slug].work(now)
                    keep()
            _publish(wards, now)
        _ask_for_reports(unit.id, wards, until)
        for slug, ward in wards.items():
            if slug != _SILENT:
                with inside_ward(ward.id):
                    _report(ward, until)
                    keep()
        announce(until)


def _begin(ward: Ward, seed: str, begun: datetime, until: datetime) -> WardYear:
    """The ward's plan, read, dated and confirmed, with its targets compared with the city's."""
    chance = random.Random(seed)  # noqa: S311 - it is to come out the same every time
    with inside_ward(ward.id):
        plan = plan_to_review(WARDS[ward.slug], COORDINATOR, begun, local_day(until).year)
        plan.number, plan.issued_on = str(chance.randint(20, 90)), local_day(begun)
        for card in proposed_cards(plan.id):
            card.due_on = local_day(begun) + timedelta(days=chance.randint(*_DUE))
            card.due_exclusive = False
        confirm(plan.id, Doer(None, COORDINATOR), begun)
        year = WardYear.begin(plan, chance, begun, until)
        keep()
        publish_lineage(begun)
        keep()
    return year


def _publish(wards: dict[str, Ward], now: datetime) -> None:
    publish([ward.id for ward in wards.values()], now, always=False)
    keep()


def _ask_for_reports(unit_id: int, wards: dict[str, Ward], now: datetime) -> None:
    due = local_day(now) + timedelta(days=_DAYS_TO_REPORT)
    asked = Asked(REPORT, "report", due, period_code=_last_closed(now).code)
    opened = open_wards(session_as("city"), list(wards.values()))
    ask(session_as("auth"), session_as("city"), unit_id, opened.ids, asked, now)
    keep_first("auth")


def _report(ward: Ward, now: datetime) -> None:
    send_report(_last_closed(now), ward, COORDINATOR, LEADER, now)


def _last_closed(now: datetime) -> ReportPeriod:
    today = local_day(now)
    return next(one for one in offered(today) if one.has_closed(today))
