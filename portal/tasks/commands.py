"""`portal evidence`: the master keys of the evidence are changed, and files nobody names are taken off the disk."""

import click
from flask.cli import with_appcontext
from sqlalchemy import select

from portal.db import drop, keep, session_as, utc_now
from portal.sealing import Damaged
from portal.tasks.rewrapping import rewrap_ward
from portal.tasks.sweeping import sweep_evidence
from portal.tenants.boundary import inside_ward
from portal.tenants.ward import Ward


@click.group("evidence")
def evidence() -> None:
    """Minh chứng: đổi khóa, dọn tệp thừa."""


@evidence.command("rewrap")
@with_appcontext
def rewrap() -> None:
    """Bọc lại khóa của từng phường, cả mã cổng SMS, bằng khóa chính đang dùng (khóa đầu trong PORTAL_FILE_KEYS).

    Mã thoát: 0 xong, 1 có phường không mở được khóa cũ.
    """
    wrapped, failed = 0, []
    for ward_id in _ward_ids():
        with inside_ward(ward_id):
            try:
                wrapped += rewrap_ward()
                keep()
            except Damaged:
                drop()
                failed.append(str(ward_id))
    click.echo(f"Đã bọc lại khóa của {wrapped} phường.")
    if failed:
        raise click.ClickException(f"Không mở được khóa cũ của phường số {', '.join(failed)}.")


@evidence.command("sweep")
@with_appcontext
def sweep() -> None:
    """Xóa tệp minh chứng trên đĩa mà không dòng nào ghi tên."""
    swept, now = 0, utc_now()
    for ward_id in _ward_ids():
        with inside_ward(ward_id):
            swept += sweep_evidence(now)
            keep()
    click.echo(f"Đã xóa {swept} tệp thừa.")


def _ward_ids() -> list[int]:
    return list(session_as("auth").scalars(select(Ward.id).order_by(Ward.id)))
