"""What `make run` prints when the city is up: where to look and who can sign in."""

from portal.local.demo_people import SEATS
from portal.tenants.access import Role

_WARDS = {
    "lao-cai": "kế hoạch đã đọc, các việc đang ở mọi trạng thái",
    "kim-tan": "có một kế hoạch chờ xác nhận",
    "coc-leu": "mới, chưa có gì",
}
_POSTS = {Role.LEADER: "lãnh đạo phường", Role.COORDINATOR: "người điều phối của phường"}


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

  Thư gửi đi: var/mail   Nhật ký: var/log   Dừng: Ctrl-C
"""


def _seats() -> str:
    """Who can sign in in each ward, with their post or their agency."""
    return "\n".join(f"    {seat.account + '@…':<29} {_POSTS.get(seat.role, seat.agency)}" for seat in SEATS)
