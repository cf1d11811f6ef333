"""What `make run` prints when the city is up: where to look and who can sign in.

`python -m portal.local.greeting VAR SECONDS`: a process of its own, since the table of roles is the product's.
"""

import sys
from pathlib import Path

from portal.local.demo_people import SEATS
from portal.local.settings import local_settings, secrets_of
from portal.tenants.access import Role

_WARDS = {
    "lao-cai": "kế hoạch đã đọc, các việc đang ở mọi trạng thái",
    "kim-tan": "có một kế hoạch chờ xác nhận",
    "coc-leu": "mới, chưa có gì",
}
_POSTS = {
    Role.LEADER: "lãnh đạo phường",
    Role.COORDINATOR: "người điều phối của phường",
    Role.VIEWER: "người xem của phường, không sửa gì",
}


def greeting(address: str, password: str, seconds: float) -> str:
    """The lines to print; `seconds` is how long the start took."""
    wards = "\n".join(f"    {ward + '.example':<18} {state}" for ward, state in _WARDS.items())
    password = password or "(đã đặt khi nạp dữ liệu thử)"
    number = f"{seconds:.1f}".replace(".", ",")
    return f"""
Mở {address}  (sẵn sàng sau {number} giây)

  Tài khoản thử, cùng một mật khẩu: {password}
    operator@demo.example         quản trị hệ thống
    city@lao-cai-city.example     thành phố, chỉ xem số liệu
{_seats()}
  … là một trong các phường:
{wards}
"""


def _seats() -> str:
    """Who can sign in in each ward, with their post or their agency."""
    return "\n".join(f"    {seat.account + '@…':<29} {_POSTS.get(seat.role, seat.agency)}" for seat in SEATS)


def main(var: Path, seconds: float) -> None:
    """Print it."""
    print(
        greeting(local_settings(var)["PORTAL_PUBLIC_URL"], secrets_of(var).demo_password, seconds), flush=True
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]), float(sys.argv[2]))
