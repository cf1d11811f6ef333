"""The help: for each role what one does here, in the order one does it, each with the way to the "
"page."""

from dataclasses import dataclass

from flask_babel import lazy_gettext as _l


@dataclass(frozen=True)
class Step:
    """A question people have, its answer in a few sentences, and the page where it is done."""

    asks: str
    answer: str
    endpoint: str = ""
    link: str = ""


@dataclass(frozen=True)
class Guide:
    """The help of one role; `code` stands in the address."""

    code: str
    name: str
    gist: str
    steps: tuple[Step, ...]


BY_LINK = Step(
    _l("Có thư nhắc thì làm gì?"),
    _l(
        "Bấm đường dẫn trong thư, rồi bấm một nút: đã nhận, đang làm, đã xong hoặc vướng mắc. Không "
        "cần đăng nhập. "
        "Đường dẫn chỉ mở đúng một việc; hết hạn thì xin đường dẫn mới ngay trên trang đó."
    ),
)
CHILDREN = Step(
    _l("Không được ghi gì?"),
    _l(
        "Không ghi họ tên, ngày sinh, địa chỉ, trường lớp hay bệnh của trẻ em vào tên việc, kết quả, "
        "trao đổi, tên tệp. "
        "Hệ thống theo dõi việc, không theo dõi hồ sơ của trẻ."
    ),
)
