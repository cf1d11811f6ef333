"""`portal rollup`: count boards and publish the figures, without waiting for the clock."""

from datetime import datetime

import click
from flask.cli import with_appcontext
from sqlalchemy import select

from portal.db import session_as, utc_now
from portal.rollups.announcing import announce
from portal.rollups.publishing import publish_changed, publish_each
from portal.rollups.rebuilding import WORKERS, publish_all
from portal.tenants.ward import Ward


@click.group("rollup")
def rollup() -> None:
    """Số liệu mà các phường công bố cho cơ quan theo dõi cấp trên."""


@rollup.command("publish")
@click.option("--ward", "slug", metavar="MÃ", help="Chỉ phường này, ví dụ lao-cai.")
@click.option("--all", "everything", is_flag=True, help="Đếm lại mọi phường từ đầu.")
@click.option("--workers", type=click.IntRange(1, 4), default=WORKERS, help="Với --all: mấy luồng cùng đếm.")
@with_appcontext
def publish(slug: str | None, everything: bool, workers: int) -> None:
    """Công bố số liệu của những phường có thay đổi.

    Mã thoát: 0 xong, 1 có phường không đếm được, 2 gọi sai.
    """
    if slug and everything:
        raise click.UsageError("Chọn một trong hai: --ward hoặc --all.")
    failed = _publish(slug, everything, workers, utc_now())
    if failed:
        numbers = ", ".join(str(ward_id) for ward_id in failed)
        raise click.ClickException(f"Không công bố được số liệu của {len(failed)} phường (số {numbers}).")
    click.echo("Đã công bố số liệu.")


@rollup.command("announce")
@with_appcontext
def announce_closed() -> None:
    """Công bố số liệu nhạy cảm của các kỳ đã đến ngày, mỗi kỳ một lần; số nhỏ được che."""
    click.echo(f"Đã công bố số liệu nhạy cảm của {announce(utc_now())} kỳ.")


def _publish(slug: str | None, everything: bool, workers: int, now: datetime) -> list[int]:
    if everything:
        return publish_all(now, workers)
    if slug is None:
        return publish_changed(now)
    ward_id = session_as("rollup").scalar(select(Ward.id).where(Ward.slug == slug))
    if ward_id is None:
        raise click.UsageError(f"Không có phường nào mang mã {slug}.")
    return publish_each([ward_id], now)
