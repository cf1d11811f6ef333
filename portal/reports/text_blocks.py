"""The parts of a report that people write: their codes, what they are called, and what is asked for in each."""

from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.errors import Refused
from portal.text import nfc

#: Characters of one block: about three pages.
LONGEST = 8_000


@dataclass(frozen=True)
class TextBlock:
    """`name`: its label on the page; `hint`: what to write."""

    code: str
    name: Any
    hint: Any


BLOCKS = (
    TextBlock(
        "results", _l("Đánh giá kết quả"), _l("Việc nào nổi bật, cách làm nào hay, việc nào chậm và vì sao.")
    ),
    TextBlock(
        "difficulties",
        _l("Khó khăn, nguyên nhân"),
        _l("Viết thêm vào danh sách vướng mắc của các cơ quan ở trên."),
    ),
    TextBlock("next_steps", _l("Nhiệm vụ thời gian tới"), _l("Việc trọng tâm của kỳ sau.")),
    TextBlock("proposals", _l("Đề xuất, kiến nghị"), _l("Để trống nếu không có.")),
)


def cleaned(code: str, typed: str) -> str:
    """The words of a block as they are kept. Raises Refused when there are too many."""
    text = "\n".join(line.rstrip() for line in nfc(typed).splitlines()).strip()
    if len(text) > LONGEST:
        raise Refused(
            _("Phần này quá dài. Rút còn dưới %(n)s ký tự.", n=LONGEST),
            fields={code: _("Rút ngắn phần này.")},
        )
    return text
