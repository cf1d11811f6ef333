"""`portal up`: a whole city on one machine."""

import sys

import click

from portal.local import up as city


@click.command("up")
@click.option("--port", type=int, default=8000, envvar="PORT", show_default=True, help="Cổng của trang web.")
def up(port: int) -> None:
    """Chạy cả hệ thống trên máy này; Ctrl-C để dừng."""
    sys.exit(city.run(port))
