"""Which part of the Decree 30/2020 frame each block belongs to: header, title, body, recipients, signature."""

import re
from collections.abc import Iterator

from portal.plans.reading.document import Block, Grid
from portal.plans.reading.structure.markers import BULLET, NUMBER, marker_of
from portal.text import fold

_HEADER = re.compile(
    r"^(?:cong hoa xa hoi|doc lap|so\s*[:.]|so\s*\d+.*(?:kh|qd|ubnd)|v/v|uy ban nhan dan|ubnd|"
    r"hoi dong nhan dan|"
    r"(?:p\.|tp\.|x\.|phuong|xa)?[\w\s.]{0,30},?\s*ngay.{0,12}thang.{0,12}nam|mau so|du thao|"
    r"-{2,}|_{2,})"
)
_DOC_TYPE = re.compile(
    r"^(?:ke hoach(?: cong tac)?|quyet dinh|chuong trinh|phuong an|huong dan|thong bao|nghi quyet|"
    r"de an|chi thi|bang phan cong.*)\s*$"
)
_ANNEXED = re.compile(r"^\(?(?:kem theo|ban hanh kem theo)")
_AUTHORITY = re.compile(r"^(?:chu tich )?(?:uy ban nhan dan|ubnd|hoi dong nhan dan)")
_RECIPIENTS = re.compile(r"^noi nhan\s*:?")
_SIGN = re.compile(
    r"^(?:(?:tm|kt|tl|tuq|t/m|t\.m)\s*[./]\s*\w|(?:pho )?chu tich(?: ubnd.*)?$|truong ban$|"
    r"pho truong ban$|nguoi lap)"
)
_APPENDIX = re.compile(r"^(?:phu luc|bieu|phu bieu)(?:\s+(?:so\s*)?[\divx]+)?\b.{0,80}$")
_OPENING = re.compile(
    r"^(?:thuc hien|can cu|nham|de (?:thuc|to|trien|chu)|trien khai|uy ban|ubnd|theo|xet|tren co so|"
    r"phat huy|tiep tuc)\b"
)


class ZoneReader:
    """Walks through the blocks in order and names the zone of each."""

    def __init__(self) -> None:
        self.zone = "header"
        self._titles = 0
        self._addressed = False

    def zone_of(self, text: str) -> str:
        """Return header, title, body, recipient, signature or appendix for the next block."""
        plain = fold(text)
        self.zone = self._next(plain, text)
        return self.zone

    def _next(self, plain: str, text: str) -> str:
        if _RECIPIENTS.match(plain):
            return "recipient"
        if _SIGN.match(plain) and self.zone != "header" and len(text) < 90:
            return "signature"
        if _APPENDIX.match(plain) and (text[:4].isupper() or self.zone in ("recipient", "signature")):
            return "appendix"
        return self._frame_step(plain, text)

    def _frame_step(self, plain: str, text: str) -> str:
        if _DOC_TYPE.match(plain) and text.strip()[:4].isupper():
            self._titles = 0
            return "title"
        step = {"header": self._header, "title": self._title, "recipient": self._recipient}
        step |= {"signature": self._signature, "appendix": self._appendix}
        return step[self.zone](plain, text) if self.zone in step else "body"

    def _header(self, plain: str, text: str) -> str:
        """The header ends where a section starts; the list after "Kính gửi:" belongs to it."""
        if plain.startswith("kinh gui"):
            self._addressed = True
            return "header"
        marker = marker_of(text)
        if self._addressed and marker and marker.level >= BULLET and len(text) < 120:
            return "header"
        if _HEADER.match(plain) and len(text) < 160 and not text.rstrip().endswith(":"):
            return "header"
        if _is_heading(text) or len(text) > 110 or text.rstrip().endswith(":") or _OPENING.match(plain):
            return "body"
        return "header" if text.isupper() or (len(text) < 60 and not marker_of(text)) else "body"

    def _title(self, plain: str, text: str) -> str:
        self._titles += 1
        if text.isupper() and _AUTHORITY.match(plain):
            return "header"
        ended = _is_heading(text) or self._titles > 4 or text.rstrip().endswith((":", ";"))
        if _ANNEXED.match(plain) or (not ended and not _begins_body(plain, text)):
            return "title"
        return "body"

    def _recipient(self, plain: str, text: str) -> str:
        if _HEADER.match(plain) and not text.lstrip().startswith(("-", "+")):
            return "header"
        return "body" if _is_section_heading(text) else "recipient"

    def _signature(self, plain: str, text: str) -> str:
        if _HEADER.match(plain):
            return "header"
        return (
            "signature"
            if len(text) < 60 and not _is_section_heading(text) and not marker_of(text)
            else "body"
        )

    def _appendix(self, plain: str, text: str) -> str:
        if _is_heading(text) or (len(text) > 160 and not _ANNEXED.match(plain)):
            return "body"
        return "appendix"


def zoned(pieces: list[Block | Grid]) -> Iterator[tuple[Block | Grid, str]]:
    """Yield each piece with its zone; tables take the zone they stand in."""
    reader = ZoneReader()
    for piece in pieces:
        if isinstance(piece, Grid):
            if reader.zone in ("title", "header"):
                reader.zone = "body"
            yield piece, reader.zone
        else:
            yield piece, reader.zone_of(f"{piece.marker} {piece.text}".strip())


def _is_heading(text: str) -> bool:
    marker = marker_of(text)
    return marker is not None and marker.level < NUMBER + 10


def _is_section_heading(text: str) -> bool:
    marker = marker_of(text)
    return marker is not None and marker.level < NUMBER and text[marker.end :][:6].isupper()


def _begins_body(plain: str, text: str) -> bool:
    """Say whether a line after the title opens the body: it cites, or it says who issues what."""
    issues = bool(
        re.search(r"(?:ubnd|uy ban).*(?:ban hanh|xay dung|yeu cau|trien khai)|nhu sau|can cu", plain)
    )
    opens = bool(_OPENING.match(plain)) and len(text) > 60
    # A sentence that cites a document by its number is none of a title's lines, which end without a full stop.
    cites = opens and text.rstrip().endswith(".") and bool(re.search(r"\bso\s*\d+\s*/", plain))
    starts_with_issuer = plain.startswith(("ubnd", "uy ban"))
    return (
        cites or (issues and (opens or starts_with_issuer)) or len(text) > 260 or plain.startswith("can cu ")
    )
