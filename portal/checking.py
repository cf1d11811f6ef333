"""`portal check`: whether this machine can serve, part by part, before people find out."""

import os
import smtplib
import tempfile
from collections.abc import Callable

import click
from flask import current_app
from flask.cli import with_appcontext

from migrations.upgrading import wall_faults
from portal.config import ROLES
from portal.db import db
from portal.health import ask_broker, ask_migrations


@click.command("check")
@with_appcontext
def check() -> None:
    """Kiểm tra cấu hình, cơ sở dữ liệu, bức tường giữa các phường, hàng đợi, máy thư, nơi giữ tệp.

    Mã thoát: 0 mọi phần tốt, 1 có phần hỏng.
    """
    parts: dict[str, Callable[[], object]] = {
        **{f"cơ sở dữ liệu, vai {role}": _connection(role) for role in ROLES},
        "phiên bản cơ sở dữ liệu": ask_migrations,
        "bức tường giữa các phường": _ask_wall,
        "hàng đợi": ask_broker,
        "máy thư": _ask_relay,
        "nơi giữ tệp": _ask_files,
    }
    broken = [name for name, ask in parts.items() if not _tell(name, ask)]
    if broken:
        raise click.ClickException(f"{len(broken)} phần hỏng: {', '.join(broken)}.")


def _tell(name: str, ask: Callable[[], object]) -> bool:
    try:
        ask()
    except Exception as error:
        click.echo(f"  hỏng  {name}: {type(error).__name__}: {str(error).splitlines()[0][:200]}")
        return False
    click.echo(f"  tốt   {name}")
    return True


def _connection(role: str) -> Callable[[], object]:
    def ask() -> None:
        with (db.engine if role == "app" else db.engines[role]).connect():
            pass

    return ask


def _ask_wall() -> None:
    faults = wall_faults(current_app.config["PORTAL"].database_urls["auth"])
    if faults:
        raise RuntimeError("; ".join(faults))


def _ask_relay() -> None:
    settings = current_app.config["PORTAL"]
    with smtplib.SMTP(settings.smtp_host, settings.smtp_port, timeout=5) as relay:
        relay.noop()


def _ask_files() -> None:
    folder = current_app.config["PORTAL"].files_dir
    os.makedirs(folder, mode=0o700, exist_ok=True)
    with tempfile.TemporaryFile(dir=folder):
        pass
