"""A ward's own text for its brandname, as it was registered with the carriers, in place of the default one."""

import re

from flask_babel import gettext as _
from sqlalchemy import delete

from portal.db import db
from portal.errors import Refused
from portal.reminders.notice import NUMBER_KINDS
from portal.reminders.texts.fields import BODY_LETTERS, FIELD_LETTERS
from portal.reminders.texts.template import TextTemplate
from portal.reminders.texts.texts import BLANKS, BLANKS_EACH, TEXTS, blanks_of, refused_letters
from portal.text import nfc, normalise_spaces

#: Letters of a text with its blanks, and of the number of its registration.
LONGEST, LONGEST_CODE = 300, 40

#: A template of Zalo has a number.
_NUMBER = re.compile(r"\d{1,20}")

_CODE = re.compile(r"[\w.-]*")


def keep_text(channel: str, kind: str, body: str, code: str) -> None:
    """Send this text for this kind from now on. Raises Refused, saying what carriers or the texts need."""
    said, number = normalise_spaces(nfc(body)), code.strip()
    _refuse_blanks(kind, blanks_of(said), said)
    if channel == "zns":
        _refuse_template(said, number)
    if len(said) > LONGEST:
        raise Refused(_("Nội dung dài nhất %(n)s ký tự.", n=LONGEST))
    if channel != "zns" and (wrong := refused_letters(said)):
        raise Refused(_("Nhà mạng không nhận các ký tự: %(letters)s", letters=" ".join(wrong)))
    if len(number) > LONGEST_CODE or not _CODE.fullmatch(number):
        raise Refused(_("Mã mẫu chỉ có chữ, số, dấu chấm và gạch, nhiều nhất %(n)s ký tự.", n=LONGEST_CODE))
    forget_text(channel, kind)
    db.session.add(TextTemplate(channel=channel, kind=kind, code=number, body=said))
    db.session.flush()


def forget_text(channel: str, kind: str) -> None:
    """Send the default text again."""
    db.session.execute(delete(TextTemplate).where(TextTemplate.channel == channel, TextTemplate.kind == kind))


def _refuse_template(said: str, number: str) -> None:
    """What Zalo needs: a number, and at most so many letters with every blank filled; the link is a button."""
    if not _NUMBER.fullmatch(number):
        raise Refused(_("Điền mã mẫu Zalo đã duyệt: chỉ có chữ số."))
    filled = len(said) + sum(FIELD_LETTERS[blank] for blank in blanks_of(said) - {"link"})
    if filled > BODY_LETTERS:
        raise Refused(_("Nội dung dài nhất %(n)s ký tự, kể cả chỗ điền.", n=BODY_LETTERS))


def _refuse_blanks(kind: str, used: set[str], said: str) -> None:
    allowed = frozenset() if kind in NUMBER_KINDS else BLANKS
    if unknown := sorted(used - allowed):
        raise Refused(_("Không có chỗ điền: %(names)s", names=", ".join(unknown)))
    if len(used) > BLANKS_EACH:
        raise Refused(_("Nhà mạng nhận nhiều nhất %(n)s chỗ điền trong một mẫu.", n=BLANKS_EACH))
    if "{office}" not in said:
        raise Refused(_("Giữ {office} để người nhận biết ai gửi."))
    if "link" in blanks_of(TEXTS[kind]) and "link" not in used:
        raise Refused(_("Giữ {link}: người nhận báo tình hình ở đường dẫn đó."))
