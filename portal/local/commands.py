"""`portal up`: a whole city on one machine."""

import sys

import click

from portal.local import up as city


@click.command("up")
@click.option("--port", type=int, default=8000, envvar="PORT", show_default=True, help="Cổng của trang web.")
@click.option("--history", is_flag=True, help="Thành phố còn trống bắt đầu với nửa năm làm việc.")
def up(port: int, history: bool) -> None:
    """Chạy cả hệ thống trên máy này; Ctrl-C để dừng."""
    sys.exit(city.run(port, ["--history"] if history else []))
