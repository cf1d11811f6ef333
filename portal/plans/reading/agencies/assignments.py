"""How a paragraph gives work away: "Agency:", "Giao X chủ trì, phối hợp với Y …", "Đề nghị X …"."""

import re
from dataclasses import dataclass
from typing import Literal

from portal.plans.reading.agencies.phrases import AgencyList, agencies_at
from portal.plans.reading.agencies.tokens import tokens_of
from portal.plans.reading.agencies.wording import opens_with
from portal.plans.reading.damage.accents import with_key_accents
from portal.plans.reading.duty import AgencyRef, Mode
from portal.tenants.catalogue import AGENCY_KINDS

_ASKING = re.compile(
    r"(?i)^\s*(?P<verb>(?:UBND (?:phường|xã|thị trấn)(?: [A-ZĐ]\w+){0,3} )?(?:giao(?: cho| nhiệm vụ cho)?"
    r"(?! ban (?:với|cùng|h[ằà]ng|định kỳ|tuần|tháng|quý|mạng|công))|"
    r"(?:kính |trân trọng )?(?:đ[ềêe] nghị|mời)|yêu c[ầâ]u|phân công|trách nhiệm của|nhiệm vụ của|đối với|về phía))\s+"
    r"(?:các (?:đồng chí|ông,? bà|ông \(bà\))\s*:\s*)?"
)
_LEADS = re.compile(r"(?i)\s*,?\s*(?:là (?:cơ quan|đơn vị)\s+)?chủ trì\b")
_SUPPORT = re.compile(
    r"(?i)\s*[,;–-]?\s*(?:và\s+)?phối (?:kết )?hợp(?: chặt chẽ)?(?:\s+(?:với|cùng)(?: các (?=phòng))?)?\s+"
)
_ANSWERS = re.compile(r"(?i)\s*,?\s*(?:(?:có|chịu) trách nhiệm|chủ trì|là (?:cơ quan|đơn vị|đầu mối))")
_LABEL_END = re.compile(
    r"(?i)(?:\s*,?\s*là (?:cơ quan|đơn vị) (?:đầu mối|thường trực|chủ trì))?"
    r"(?:\s*,?\s*(?:có|chịu) (?:trách nhiệm|nhiệm vụ)(?: thực hiện)?)?\s*:"
)
_BEFORE_COLON = re.compile(
    r"(?i)\s*,?\s*(?:(?:có trách nhiệm|chịu trách nhiệm|thực hiện|tổ chức|triển khai|chủ trì)\b[^:.]{0,80}?"
    r"(?:sau(?: đây)?|nhiệm vụ|nội dung|cụ thể)?)\s*:\s*$"
)


@dataclass(frozen=True)
class Assignment:
    """Who is to act, read from the opening of a paragraph.

    `form` is label ("X: …" or a heading "X") or sentence ("Giao X thực hiện …"); the duty's words start at
    `body`, those after the names at `action`. `known` says that every leading agency is in the catalogue.
    """

    leads: tuple[AgencyRef, ...]
    supporting: tuple[AgencyRef, ...]
    mode: Mode
    form: Literal["label", "sentence"]
    written: str
    body: int
    known: bool
    asked: bool
    action: int = 0


def assignment_in(text: str, *, numbered: bool = False) -> Assignment | None:
    """Return the assignment that `text` opens with, or None when its opening names nobody.

    A sentence about agencies the catalogue does not know counts in a `numbered` item, or when it says plainly
    that they answer for it.
    """
    text = with_key_accents(text)
    asking = _ASKING.match(text)
    start = asking.end() if asking else 0
    leads = agencies_at(text, start)
    if leads is None:
        return None
    end, supporting = _with_support(text, leads.end)
    form, body = _form(text, end, supporting, asked=asking is not None)
    named = any(ref.code for ref in leads.agencies) or numbered or _ANSWERS.match(text, leads.end)
    if form is None or (form == "sentence" and not named and asking is None):
        return None
    written_from = start if form == "sentence" else 0
    return Assignment(
        leads.agencies,
        supporting,
        _mode(asking, leads),
        form,
        text[written_from : leads.end if form == "sentence" else end].strip(" ,"),
        body,
        leads.known,
        asking is not None,
        end,
    )


def _with_support(text: str, position: int) -> tuple[int, tuple[AgencyRef, ...]]:
    """Step over "chủ trì, phối hợp với …"; return the new position and the supporting agencies."""
    if lead := _LEADS.match(text, position):
        position = lead.end()
    support = _SUPPORT.match(text, position)
    if support is None:
        return position, ()
    supporting = agencies_at(text, support.end())
    if supporting is None:
        return position, ()
    return supporting.end, supporting.agencies


def _form(
    text: str, end: int, supporting: tuple[AgencyRef, ...], *, asked: bool
) -> tuple[Literal["label", "sentence"] | None, int]:
    if colon := _LABEL_END.match(text, end):
        return "label", colon.end()
    rest = text[end:].strip(" .;,")
    if not rest:
        return "label", len(text)
    if _BEFORE_COLON.match(text, end):
        return "label", len(text)
    following = [token.spelt for token in tokens_of(text[end : end + 60])][:5]
    following = following[1:] if following[:1] == [","] else following
    verb = opens_with(following[:4]) == "verb" or "chủ trì" in text[end - 10 : end].lower()
    return ("sentence", 0) if verb or asked or supporting else (None, 0)


def _mode(asking: re.Match[str] | None, leads: AgencyList) -> Mode:
    """UBND may only request the Front and the mass organisations, however the plan words it."""
    if asking and asking["verb"].lower().endswith(("nghị", "mời")):
        return "request"
    kinds = [AGENCY_KINDS[ref.code] for ref in leads.agencies if ref.code]
    return "request" if kinds and all(kind.mode == "request" for kind in kinds) else "assign"
