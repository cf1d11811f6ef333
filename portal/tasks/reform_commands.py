"""`portal reform`: wards merge, split, are renamed. Looks first and changes nothing until told `--yes`."""

from datetime import datetime

import click
from flask.cli import with_appcontext
from sqlalchemy import select

from portal.db import session_as, utc_now
from portal.tasks.reforming import (
    Survey,
    merge,
    refuse_impossible,
    rename,
    split,
    survey,
    take_back,
    ward_called,
)
from portal.tenants.succession import Succession
from portal.tenants.ward import KINDS, Ward
from portal.wording import full_date, local_day

_ON = click.option(
    "--on", required=True, type=click.DateTime(["%Y-%m-%d"]), help="Ngày có hiệu lực: NĂM-THÁNG-NGÀY."
)
_DOCUMENT = click.option("--document", default="", help="Số nghị quyết, quyết định.")
_YES = click.option("--yes", is_flag=True, help="Làm thật; không có thì chỉ xem trước.")
_INTO = click.option("--into", "into", required=True, metavar="MÃ", help="Phường nhận.")


@click.group("reform")
def reform() -> None:
    """Phường sáp nhập, chia tách, đổi tên: xem trước, làm, hoàn tác trong 30 ngày."""


@reform.command("merge")
@click.argument("slugs", nargs=-1, required=True, metavar="MÃ...")
@_INTO
@_ON
@_DOCUMENT
@_YES
@with_appcontext
def merge_wards(slugs: tuple[str, ...], into: str, on: datetime, document: str, yes: bool) -> None:
    """Nhập các phường MÃ vào phường nhận: việc đang mở sang đó, phường cũ còn lại để đọc."""
    new, olds = ward_called(into), [ward_called(slug) for slug in slugs]
    for old in olds:
        refuse_impossible("merge", old, new, on.date(), local_day(utc_now()))
    for old in olds:
        _print(survey(old, new), new)
    if _told(yes):
        for old in olds:
            carried = merge(old, new, on.date(), document, utc_now())
            click.echo(f"{old.full_name} ({old.slug}): đã chuyển {carried} việc.")


@reform.command("split")
@click.argument("slug", metavar="MÃ")
@_INTO
@click.option("--cards", "cards", required=True, help="Số các việc được chuyển, ví dụ 3,5,8.")
@_ON
@_DOCUMENT
@_YES
@with_appcontext
def split_ward(slug: str, into: str, cards: str, on: datetime, document: str, yes: bool) -> None:
    """Chuyển một số việc đang mở của phường MÃ sang phường khác; phường MÃ vẫn hoạt động."""
    numbers = tuple(int(n) for n in cards.split(",") if n.strip().isdigit())
    if not numbers:
        raise click.UsageError("Ghi số các việc, cách nhau bằng dấu phẩy: --cards 3,5,8.")
    old, new = ward_called(slug), ward_called(into)
    refuse_impossible("split", old, new, on.date(), local_day(utc_now()))
    _print(survey(old, new, numbers), new)
    if _told(yes):
        click.echo(f"Đã chuyển {split(old, new, numbers, on.date(), document, utc_now())} việc.")


@reform.command("rename")
@click.argument("slug", metavar="MÃ")
@click.argument("name", metavar="TÊN")
@click.option("--kind", type=click.Choice(list(KINDS)), help="Loại đơn vị mới.")
@_ON
@_DOCUMENT
@_YES
@with_appcontext
def rename_ward(slug: str, name: str, kind: str | None, on: datetime, document: str, yes: bool) -> None:
    """Đổi tên phường MÃ; việc, số việc và địa chỉ giữ nguyên, tên cũ được ghi lại."""
    ward = ward_called(slug)
    click.echo(f"{ward.full_name} → {KINDS[kind or ward.kind]} {name}")
    if _told(yes):
        rename(ward, name, kind or ward.kind, on.date(), document, utc_now())
        click.echo("Đã đổi tên.")


@reform.command("list")
@with_appcontext
def list_reforms() -> None:
    """Các lần sắp xếp, lần cuối trước; số đầu dòng để hoàn tác."""
    auth = session_as("auth")
    slugs = {ward.id: ward.slug for ward in auth.scalars(select(Ward))}
    for row in auth.scalars(select(Succession).order_by(Succession.id.desc())):
        state = (
            "đã hoàn tác" if row.undone_at else ("còn hoàn tác được" if row.is_reversible(utc_now()) else "")
        )
        way = f"{slugs[row.predecessor_id]} → {slugs[row.successor_id]}"
        click.echo(f"{row.id}. {full_date(row.on_day)} {row.kind} {way} {row.document} {state}".rstrip())


@reform.command("undo")
@click.argument("reform_id", type=int, metavar="SỐ")
@_YES
@with_appcontext
def undo(reform_id: int, yes: bool) -> None:
    """Hoàn tác lần sắp xếp SỐ (xem `portal reform list`): việc trở về phường cũ cùng mọi cập nhật từ đó."""
    done = session_as("auth").get(Succession, reform_id)
    if done is None:
        raise click.UsageError(f"Không có lần sắp xếp số {reform_id}.")
    if _told(yes):
        click.echo(f"Đã hoàn tác; {take_back(done, utc_now())} việc trở về.")


def _told(yes: bool) -> bool:
    if not yes:
        click.echo("Mới xem trước, chưa đổi gì. Thêm --yes để làm.")
    return yes


def _print(seen: Survey, new: Ward) -> None:
    click.echo(f"{seen.ward.full_name} ({seen.ward.slug}) → {new.full_name} ({new.slug})")
    click.echo(f"  Việc đang mở được chuyển: {seen.moving}; việc đã đóng ở lại để đọc: {seen.closed}.")
    click.echo(f"  Số việc trùng, sẽ mang số mới: {seen.clashes}. Tệp minh chứng: {seen.files}.")
    click.echo(f"  Người: {seen.people} (người điều phối, lãnh đạo sang với quyền xem).")
    click.echo(f"  Cơ quan thêm mới: {', '.join(seen.agencies) or 'không'}.")
    click.echo(f"  Cơ quan nhập vào cơ quan cùng tên: {', '.join(seen.joined) or 'không'}.")
    for sentence in seen.stays:
        click.echo(f"  {sentence}")
