"""What the tests of a review share: the rows a page shows, the cards behind it, and strangers at every act."""

import re
from typing import Any, NamedTuple

from tests.cast import Browser
from tests.city import Snapshot

#: Two agencies, three duties, one of several sentences; the year is left open.
PLAN = """KẾ HOẠCH
Chăm lo trẻ em năm {year}

I. TỔ CHỨC THỰC HIỆN

1. Công an phường

- Kiểm tra các điểm nước sâu trước ngày 15/5/{year}; lập danh sách trẻ em chưa biết bơi. Báo cáo UBND phường kết quả.

- Tuần tra khu vực cổng trường học vào giờ tan học.

2. Các trường học trên địa bàn phường

- Tổ chức diễn đàn trẻ em trước ngày 1/6/{year}.
"""


class Proposed(NamedTuple):
    """A proposed card as it is stored."""

    id: str
    title: str
    text: str
    agency: str


def proposed(behind_the_wall: Snapshot) -> list[Proposed]:
    """Every proposed card, in the order of the page."""
    rows = behind_the_wall.query(
        "select id, title, text, agency_name from app.proposed_card order by position"
    )
    return [Proposed(str(row[0]), str(row[1]), str(row[2]), str(row[3])) for row in rows]


def everything(behind_the_wall: Snapshot) -> list[tuple[object, ...]]:
    """Every proposed card with all that is stored of it, to compare before and after."""
    return behind_the_wall.query("select * from app.proposed_card order by position")


def row_of(page: str, number: int) -> dict[str, Any]:
    """The fields a browser would send with a row of the page, and where."""
    form = re.search(rf'<form class="xc[^>]*id="c{number}"[^>]*action="([^"]+)".*?</form>', page, re.S)
    assert form, page
    hidden = dict(re.findall(r'name="(\w+_was)" value="([^"]*)"', form[0]))
    fields = {name.removesuffix("_was"): value for name, value in hidden.items()}
    return {"address": form[1], **hidden, **fields}


def last_change(behind_the_wall: Snapshot) -> str:
    """The act that would be taken back next."""
    return str(behind_the_wall.query("select id from app.plan_change order by id desc limit 1")[0][0])


def refused_to_strangers(act: str, bob: Browser, charlie: Browser, **fields: Any) -> None:
    """Bob may not; Charlie finds it neither where it is nor in a ward of his own."""
    assert bob.post(act, **fields).status_code == 403
    assert charlie.post(act, **fields).status_code == 404
    assert charlie.post(act.replace("/north/", "/south/"), **fields).status_code == 404


def save(browser: Browser, row: dict[str, Any], *, htmx: bool = False, **changes: Any) -> tuple[int, str]:
    """Send a row as a browser would, with these fields changed; the status and the answer."""
    fields = {**row, **changes}
    answer = browser.post(fields.pop("address"), htmx=htmx, **fields)
    return answer.status_code, answer.text
