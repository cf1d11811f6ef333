"""What `make run` prints when the city is up: where to look and who can sign in."""

WARDS = {
    "lao-cai": "kế hoạch đã đọc, các việc đang ở mọi trạng thái",
    "kim-tan": "có một kế hoạch chờ xác nhận",
    "coc-leu": "mới, chưa có gì",
}
_OFFICES = (
    "culture",
    "finance",
    "justice",
    "school",
    "police",
    "health",
    "front",
    "youth",
    "women",
    "redcross",
)


def greeting(address: str, password: str, seconds: float) -> str:
    """The lines to print; `seconds` is how long the start took."""
    wards = "\n".join(f"    {ward + '.example':<18} {state}" for ward, state in WARDS.items())
    password = password or "(đã đặt khi nạp dữ liệu thử)"
    number = f"{seconds:.1f}".replace(".", ",")
    return f"""
Mở {address}  (sẵn sàng sau {number} giây)

  Tài khoản thử, cùng một mật khẩu: {password}
    operator@demo.example         quản trị hệ thống
    city@lao-cai-city.example     thành phố, chỉ xem số liệu
    leader@…                      lãnh đạo phường
    coordinator@…                 người điều phối của phường
    {_wrapped(_OFFICES)}
  … là một trong các phường:
{wards}

  Thư gửi đi: var/mail   Nhật ký: var/log   Dừng: Ctrl-C
"""


def _wrapped(offices: tuple[str, ...]) -> str:
    half = len(offices) // 2
    lines = [", ".join(f"{office}@…" for office in part) for part in (offices[:half], offices[half:])]
    return ",\n    ".join(lines)
