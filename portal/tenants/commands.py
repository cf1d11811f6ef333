"""`portal ward`, `portal unit` and `portal person`: opening wards and letting people in from the command line."""

from datetime import datetime

import click
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy import select

from portal.accounts.inviting import invite, issue_link
from portal.db import keep, keep_first, session_as, utc_now
from portal.errors import Refused, or_404
from portal.tenants.access import Role
from portal.tenants.boundary import inside_ward
from portal.tenants.former_place import move_unit, move_ward, rename_unit
from portal.tenants.forms import WARD_ROLES
from portal.tenants.joining import add_ward, clean_email, let_in
from portal.tenants.oversight_unit import OversightUnit
from portal.tenants.queries import agencies
from portal.tenants.ward import KINDS, Ward
from portal.wording import full_date


@click.group("ward")
def ward() -> None:
    """Các phường, xã trên hệ thống."""


@ward.command("add")
@click.argument("slug")
@click.argument("name")
@click.option(
    "--kind", type=click.Choice(list(KINDS)), default="phuong", show_default=True, help="Loại đơn vị."
)
@click.option("--province", default="", help="Tỉnh, thành phố.")
@click.option("--unit", "unit_slug", help="Mã cơ quan theo dõi cấp trên.")
@with_appcontext
def add(slug: str, name: str, kind: str, province: str, unit_slug: str | None) -> None:
    """Mở phường SLUG (mã đường dẫn, ví dụ kim-tan) tên NAME (không kèm chữ phường)."""
    unit_id = _unit(unit_slug).id if unit_slug else None
    opened = add_ward(
        session_as("auth"),
        Ward(
            slug=slug,
            name=name,
            kind=kind,
            province=province,
            oversight_unit_id=unit_id,
            created_at=utc_now(),
        ),
    )
    keep()
    click.echo(f"Đã mở {opened.office}: /w/{opened.slug}/")


@click.group("unit")
def unit() -> None:
    """Các cơ quan theo dõi cấp trên."""


@unit.command("add")
@click.argument("slug")
@click.argument("name")
@click.option("--short-name", help="Tên ngắn; bỏ trống thì dùng tên đầy đủ.")
@click.option("--parent", "parent_slug", help="Mã cơ quan cấp trên của nó.")
@with_appcontext
def add_unit(slug: str, name: str, short_name: str | None, parent_slug: str | None) -> None:
    """Thêm cơ quan SLUG tên NAME."""
    parent_id = _unit(parent_slug).id if parent_slug else None
    auth = session_as("auth")
    if auth.scalar(select(OversightUnit.id).where(OversightUnit.slug == slug)):
        raise Refused(f"Mã {slug} đã có cơ quan khác dùng.")
    auth.add(OversightUnit(slug=slug, name=name, short_name=short_name or name, parent_id=parent_id))
    keep()
    click.echo(f"Đã thêm {name}: /o/{slug}/")


@unit.command("change")
@click.argument("slug")
@click.option(
    "--on", required=True, type=click.DateTime(["%Y-%m-%d"]), help="Ngày có hiệu lực: NĂM-THÁNG-NGÀY."
)
@click.option("--parent", "parent_slug", help="Cơ quan cấp trên từ ngày đó.")
@click.option("--name", help="Tên từ ngày đó.")
@click.option("--wards", help="Mã các phường giao cho cơ quan này từ ngày đó, cách nhau bằng dấu phẩy.")
@click.option("--document", default="", help="Số nghị quyết, quyết định.")
@with_appcontext
def change_unit(
    slug: str, on: datetime, parent_slug: str | None, name: str | None, wards: str | None, document: str
) -> None:
    """Đổi cấp trên, đổi tên cơ quan SLUG hoặc giao thêm phường, từ một ngày; số liệu các ngày trước giữ nguyên."""
    auth, changed, day = session_as("auth"), _unit(slug), on.date()
    if parent_slug and name:
        raise click.UsageError("Mỗi lần đổi một thứ: cấp trên hoặc tên.")
    if parent_slug:
        move_unit(auth, changed, _unit(parent_slug).id, day, document)
    if name:
        rename_unit(auth, changed, name, name, day, document)
    for ward_slug in (wards or "").split(","):
        if ward_slug.strip():
            found = or_404(auth.scalar(select(Ward).where(Ward.slug == ward_slug.strip())))
            move_ward(auth, found, changed.id, day, document)
    keep()
    click.echo(f"{changed.name}: đã ghi thay đổi từ {full_date(day)}.")


@click.group("person")
def person() -> None:
    """Người dùng."""


@person.command("invite")
@click.argument("email")
@click.argument("name")
@click.option("--ward", "slug", help="Mã phường; bỏ trống để mời người vận hành hệ thống.")
@click.option(
    "--role", type=click.Choice([role.value for role in WARD_ROLES]), default=Role.COORDINATOR.value
)
@click.option("--agency", help="Tên cơ quan trong phường, cho vai của cơ quan.")
@with_appcontext
def invite_person(email: str, name: str, slug: str | None, role: str, agency: str | None) -> None:
    """Mời EMAIL tên NAME; in đường dẫn dùng một lần (48 giờ) để tự chuyển cho người đó."""
    auth, now = session_as("auth"), utc_now()
    if slug is None:
        invited = invite(auth, clean_email(email), name, place="Chung Tay", now=now)
        invited.is_operator = True
    else:
        _let_into_ward(slug, clean_email(email), name, Role(role), agency)
    link = issue_link(auth, clean_email(email), "invitation", now)
    keep()
    if link is None:
        click.echo(f"{email} đã có mật khẩu; đăng nhập như thường.")
        return
    click.echo(f"{current_app.config['PORTAL'].public_url}/invitation/{link[1]}")


def _let_into_ward(slug: str, email: str, name: str, role: Role, agency: str | None) -> None:
    auth = session_as("auth")
    found = auth.scalar(select(Ward).where(Ward.slug == slug))
    if found is None:
        raise Refused(f"Không có phường nào mang mã {slug}.")
    keep_first("auth")
    with inside_ward(found.id):
        named = {one.name: one.id for one in agencies()}
        if agency is not None and agency not in named:
            raise Refused(f"Phường chưa có cơ quan “{agency}”. Đang có: {', '.join(named)}.")
        let_in(
            auth,
            place=found.office,
            name=name,
            email=email,
            role=role,
            agency_id=named[agency] if agency else None,
            now=utc_now(),
        )
        keep()


def _unit(slug: str) -> OversightUnit:
    found = session_as("auth").scalar(select(OversightUnit).where(OversightUnit.slug == slug))
    if found is None:
        raise Refused(f"Không có cơ quan nào mang mã {slug}.")
    return found
