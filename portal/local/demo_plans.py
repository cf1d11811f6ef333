"""The demo's plans: the city's, published for all wards, and the sample as a ward of this city would issue it."""

import io
from datetime import datetime
from pathlib import Path

from portal.db import session_as
from portal.plans.importing import fetch, read
from portal.plans.importing import keep as keep_reading
from portal.plans.plan import Plan
from portal.plans.receiving import receive_file
from portal.plans.sample import sample_plan
from portal.plans.unit_publishing import new_unit_plan, receive_unit_file
from portal.plans.unit_reading import claim_unit_plan, fetch_unit_plan, publish_unit_plan

_CITY_PLAN = Path(__file__).with_name("demo_city_plan.md")

#: The ward of the sample, and the words instead of which a ward says what it carries out.
_SAMPLE_WARD, _OPENING = "Hoa Ban", "Để mọi trẻ em"
_CITES = (
    "Thực hiện Kế hoạch số 21/KH-UBND ngày 12/01/{nam} của UBND thành phố Lào Cai về chăm lo và bảo vệ trẻ em "
    "năm {nam}; để mọi trẻ em"
)

#: A paragraph the ward took from the city word for word, with the city still in it.
_BEFORE_TARGETS = "## II."
_COPIED = (
    "- Huy động nguồn lực trên địa bàn thành phố để giúp trẻ em có hoàn cảnh khó khăn được đến trường và được "
    "chữa bệnh.\n\n"
)


def publish_city_plan(unit_id: int, by: str, now: datetime, year: int) -> None:
    """The city's plan of `year`, read and published; workers compare the wards with it."""
    auth = session_as("auth")
    text = city_plan(year)
    receive_unit_file(
        auth, new_unit_plan(auth, unit_id, by, now, None), io.BytesIO(text), "ke-hoach-thanh-pho.md"
    )
    auth.flush()
    claimed = claim_unit_plan(auth, now)
    if claimed is not None:
        auth.flush()
        publish_unit_plan(auth, claimed, read(fetch_unit_plan(auth, claimed)), now)


def plan_to_review(ward: str, by: str, now: datetime, year: int) -> Plan:
    """The plan of `year` of the entered ward of this name, read and waiting for a person."""
    plan = receive_file(io.BytesIO(ward_plan(ward, year)), "ke-hoach-phuong.md", by, now)
    keep_reading(plan.id, read(fetch(plan.id)))
    return plan


def city_plan(year: int) -> bytes:
    """The city's plan of a year as a Markdown file."""
    return _CITY_PLAN.read_text().replace("{nam}", str(year)).encode()


def ward_plan(ward: str, year: int) -> bytes:
    """The sample as a ward of this name would issue it in this city, as a Markdown file."""
    text = sample_plan(year).decode().replace(_SAMPLE_WARD, ward).replace(_SAMPLE_WARD.upper(), ward.upper())
    text = text.replace(_OPENING, _CITES.replace("{nam}", str(year)), 1)
    return text.replace(_BEFORE_TARGETS, _COPIED + _BEFORE_TARGETS, 1).encode()
