"""`portal plan …`: read a plan from the command line, or bring one into a ward."""

import json
import sys
import uuid
from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy import select

from portal.db import keep, session_as, utc_now
from portal.errors import Refused
from portal.plans import importing
from portal.plans.confirming import confirm
from portal.plans.plan import PlanState
from portal.plans.queries import proposed_cards
from portal.plans.reading import UNREADABLE_MESSAGES, PlanReading, UnreadablePlan
from portal.plans.reading.export import to_json
from portal.plans.reading.sandbox import read_plan_safely
from portal.plans.receiving import receive_file
from portal.tasks.doer import SYSTEM
from portal.tenants.boundary import inside_ward
from portal.tenants.ward import Ward

#: Who brought in a plan that came from the command line.
_BY = "Dòng lệnh"

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group("plan")
def plan() -> None:
    """Kế hoạch: đọc một tệp, hoặc đưa vào một phường."""


@plan.command("read")
@click.argument("file", type=_FILE)
@click.option("--json", "as_json", is_flag=True, help="In mọi điều đọc được dưới dạng JSON.")
def read_plan_file(file: Path, as_json: bool) -> None:
    """Đọc tệp FILE và in các việc. Không cần cơ sở dữ liệu. Mã thoát 1 khi không đọc được."""
    try:
        reading = read_plan_safely(file, file.name)
    except UnreadablePlan as reason:
        raise click.ClickException(UNREADABLE_MESSAGES[reason.code]) from reason
    if as_json:
        json.dump(to_json(reading), sys.stdout, ensure_ascii=False, indent=2)
        click.echo()
    else:
        _print(reading)


@plan.command("import")
@click.argument("file", type=_FILE)
@click.option("--ward", "slug", required=True, help="Mã đường dẫn của phường, như trong /w/MÃ/.")
@click.option("--confirm", "confirmed", is_flag=True, help="Tạo việc và giao ngay, không chờ kiểm tra.")
@with_appcontext
def import_plan_file(file: Path, slug: str, confirmed: bool) -> None:
    """Đưa tệp FILE vào một phường và đọc. Mã thoát 1 khi không có phường hoặc không đọc được."""
    ward = session_as("auth").scalar(select(Ward).where(Ward.slug == slug))
    if ward is None:
        raise click.ClickException(f"Không có phường “{slug}”.")
    with inside_ward(ward.id):
        plan_id = _read_into_ward(file)
        cards = _confirmed(plan_id) if confirmed else len(proposed_cards(plan_id))
        keep()
    done = "Đã tạo và giao" if confirmed else "Chờ kiểm tra:"
    click.echo(f"{done} {cards} việc. {current_app.config['PORTAL'].public_url}/w/{slug}/plans/{plan_id}")


def _read_into_ward(file: Path) -> uuid.UUID:
    """Keep the file and read it at once. The same file again is the plan it made before."""
    with file.open("rb") as stream:
        received = receive_file(stream, file.name, _BY, utc_now())
    if received.standing is PlanState.READING:
        problem = importing.keep(received.id, importing.read(importing.fetch(received.id)))
        if problem:
            raise click.ClickException(UNREADABLE_MESSAGES[problem])
    return received.id


def _confirmed(plan_id: uuid.UUID) -> int:
    try:
        return len(confirm(plan_id, SYSTEM, utc_now()))
    except Refused as refusal:
        raise click.ClickException(refusal.why) from refusal


def _print(reading: PlanReading) -> None:
    """One line a duty, for a person at a terminal."""
    head = reading.metadata
    counts = f"{len(reading.duties)} việc, {len(reading.skipped)} đoạn không giao việc"
    click.echo(f"{head.title or '(không có tên)'} · {counts}")
    for duty in reading.duties:
        names = ", ".join(agency.name for agency in duty.agencies) or "chưa rõ cơ quan"
        due = f"{duty.due.date:%d/%m/%Y}" if duty.due.date else "không ghi hạn"
        click.echo(f"  {duty.locator}: {duty.title} · {names} · {due}")
