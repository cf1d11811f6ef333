"""A reform as an operator writes it in a form: read, looked at without changing anything, carried out."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from flask_babel import gettext as _

from portal.dates import parse_day
from portal.errors import NotFound, Refused
from portal.tasks.reforming import Survey, merge, refuse_impossible, rename, split, survey, ward_called
from portal.tenants.ward import KINDS, Ward
from portal.text import nfc, normalise_spaces

MERGE, SPLIT, RENAME = "merge", "split", "rename"

#: Characters of a resolution's number, and of a ward's name.
_LONGEST = 120


@dataclass(frozen=True)
class AskedReform:
    """`olds`: the wards it is about, one unless they merge; `new`: where cards go, the ward itself when it is renamed.

    `numbers`: the cards that a split carries over. `name`, `ward_kind`: what a renamed ward is called.
    """

    kind: str
    olds: tuple[Ward, ...]
    new: Ward
    on: date
    document: str
    numbers: tuple[int, ...] = ()
    name: str = ""
    ward_kind: str = ""

    @classmethod
    def of(cls, form: Mapping[str, str], today: date) -> "AskedReform":
        """What a form says. Raises Refused, naming what to write, and NotFound for a kind there is not."""
        kind = form.get("kind", "")
        if kind not in (MERGE, SPLIT, RENAME):
            raise NotFound
        olds = tuple(_ward(slug) for slug in _listed(form.get("old", "")))
        if not olds or (kind != MERGE and len(olds) > 1):
            raise Refused(_("Ghi mã đường dẫn của phường, ví dụ kim-tan."))
        new = olds[0] if kind == RENAME else _ward(form.get("into", "").strip())
        on, document = _day(form.get("on", ""), today), _line(form.get("document", ""))
        asked = cls(kind, olds, new, on, document, *_details(kind, form, olds[0]))
        if kind != RENAME:
            for old in olds:
                refuse_impossible(kind, old, new, on, today)
        return asked

    def looked_at(self) -> list[Survey]:
        """What would move, ward by ward; nothing is changed. Empty for another name."""
        return [] if self.kind == RENAME else [survey(old, self.new, self.numbers) for old in self.olds]

    @property
    def new_name(self) -> str:
        """`xã Bản Phiệt`, for a ward that is renamed."""
        return f"{KINDS[self.ward_kind]} {self.name}" if self.ward_kind else ""

    def carry_out(self, now: datetime) -> int:
        """Do it; how many cards went. Done again after it was cut off, it goes on where it stopped. Raises Refused."""
        if self.kind == RENAME:
            rename(self.new, self.name, self.ward_kind, self.on, self.document, now)
            return 0
        if self.kind == SPLIT:
            return split(self.olds[0], self.new, self.numbers, self.on, self.document, now)
        return sum(merge(old, self.new, self.on, self.document, now) for old in self.olds)


def _details(kind: str, form: Mapping[str, str], old: Ward) -> tuple[tuple[int, ...], str, str]:
    if kind == SPLIT:
        numbers = tuple(int(one) for one in _listed(form.get("cards", "")) if one.isdecimal())
        if not numbers:
            raise Refused(_("Ghi số các việc được chuyển, cách nhau bằng dấu phẩy: 3, 5, 8."))
        return numbers, "", ""
    if kind == RENAME:
        name, ward_kind = _line(form.get("name", "")), form.get("ward_kind") or old.kind
        if not name or ward_kind not in KINDS:
            raise Refused(_("Ghi tên mới, không kèm chữ phường, xã."))
        return (), name, ward_kind
    return (), "", ""


def _listed(written: str) -> list[str]:
    return list(dict.fromkeys(one for one in re.split(r"[\s,;]+", written.strip()) if one))


def _line(written: str) -> str:
    return normalise_spaces(nfc(written))[:_LONGEST]


def _ward(slug: str) -> Ward:
    try:
        return ward_called(slug)
    except NotFound:
        raise Refused(_("Không có phường nào mang mã “%(slug)s”.", slug=slug[:40])) from None


def _day(written: str, today: date) -> date:
    try:
        return parse_day(written, today.year)
    except ValueError:
        raise Refused(_("Ghi ngày có hiệu lực theo ngày/tháng/năm, ví dụ 1/7/2025.")) from None
