"""`portal demo`: people and plans for an empty city."""

import os

import click
from flask import current_app
from flask.cli import with_appcontext

from portal.local.demo import is_empty, load_demo
from portal.local.demo_history import load_history
from portal.local.secrets import made_up_password


@click.command("demo")
@click.option("--history", is_flag=True, help="Ba phường làm việc nửa năm, từng ngày một.")
@with_appcontext
def demo(history: bool) -> None:
    """Nạp dữ liệu thử vào cơ sở dữ liệu còn trống; in mật khẩu nếu tự đặt.

    Mã thoát: 0 đã nạp, 1 đã có dữ liệu.
    """
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    if not is_empty(app):
        raise click.ClickException("Cơ sở dữ liệu đã có phường. Chỉ nạp dữ liệu thử vào cơ sở dữ liệu trống.")
    given = os.environ.get("PORTAL_DEMO_PASSWORD", "")
    password = given or made_up_password()
    (load_history if history else load_demo)(app, password)
    if not given:
        click.echo(f"Mật khẩu của mọi tài khoản thử: {password}")
