"""`portal demo --history`: the demo's three wards worked for half a year, day by day, by the product's own verbs.

The same seed and last day give the same half-year. Each simulated day ends as a real one: what changed is kept and
published, so that days, trends and closed periods stand as they would have stood.
"""

import random
from datetime import datetime, timedelta

from flask import Flask

from portal.db import keep, utc_now
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
from portal.rollups.publishing import publish
from portal.tasks.doer import Doer
from portal.tenants.boundary import inside_ward
from portal.tenants.ward import Ward
from portal.wording import local_day

#: How many days the wards work.
DAYS = 182

#: The seed of `portal demo --history`; any other makes another half-year.
SEED = 2026

#: Days after confirming on which the first and the last card is due.
_DUE = (14, 230)

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


def _report(ward: Ward, now: datetime) -> None:
    closed = [one for one in offered(local_day(now)) if one.has_closed(local_day(now))]
    send_report(closed[0], ward, COORDINATOR, LEADER, now)
