"""Who issued a document and which unit stands above it, from its header lines or its first sentences."""

import re

from portal.plans.reading.frame.numbers import NUMBER, PLACE_DATE
from portal.text import CAPITALS, fold, normalise_spaces

NATIONAL = re.compile(r"(?i)cộng h[oòóọ][aàáạ] xã hội|độc lập\s*[-–—]\s*tự do|[-–_—]{3,}")
_ISSUER = re.compile(
    r"^(?:uy ban nhan dan|ubnd|hoi dong nhan dan|hdnd|dang uy|ban chi dao|ban thuong vu|bch|doan|hoi)\b"
)
_MOTTO = re.compile(r"(?i)^(?:đoàn tncs|đảng cộng sản)")
_BODY_ISSUER = re.compile(
    r"(?:UBND|Ủy ban nhân dân|Uỷ ban nhân dân|ủy ban nhân dân)\s+(?P<unit>(?:phường|xã|thị trấn|"
    rf"đặc khu)\s+(?:[{CAPITALS}0-9]\w*\s?){{1,5}})"
)
_UNIT_LEVELS = (("ward", "phường"), ("commune", "xã"), ("township", "thị trấn"), ("special_zone", "đặc khu"))
_KEPT_CAPITALS = {"UBND", "HĐND", "BCH", "TNCS"}
_LEVEL = re.compile(r"(?<!^)\b(?:Phường|Xã|Thị Trấn|Thị Xã|Đặc Khu|Thành Phố|Huyện|Quận|Tỉnh)(?=\s)")


def issuers_in(header: list[str]) -> tuple[str | None, str | None]:
    """Return (issuer, upper unit) as written: the last unit named is the one that issues."""
    units: list[str] = []
    open_name = False
    for line in header:
        if _ISSUER.match(fold(line)) and not NATIONAL.search(line) and not _MOTTO.match(line):
            units.append(line)
            open_name = True
        elif open_name and _goes_on(line):
            units[-1] += f" {line}"
        else:
            open_name = False
    if not units:
        return None, None
    return units[-1], units[0] if len(units) > 1 else None


def _goes_on(line: str) -> bool:
    """A name broken over two lines: "ỦY BAN NHÂN DÂN" / "PHƯỜNG MINH TÂN"."""
    return line.isupper() and not (NATIONAL.search(line) or NUMBER.search(line) or PLACE_DATE.search(line))


def issuer_of(issuer_header: str | None, sentences: list[str]) -> str | None:
    """Return "UBND phường Tân Lập" from the header, else from the first sentence that names such a unit."""
    if issuer_header:
        return tidy_unit(issuer_header)
    for text in sentences:
        if match := _BODY_ISSUER.search(text):
            return f"UBND {match['unit'].strip()}"
    return None


def level_of(issuer: str | None) -> str | None:
    """Return ward, commune, township or special_zone, as the issuer's name says."""
    return next((level for level, word in _UNIT_LEVELS if issuer and f" {word} " in issuer), None)


def tidy_unit(written: str) -> str:
    """Return "UBND phường Tân Lập" for "ỦY BAN NHÂN DÂN PHƯỜNG TÂN LẬP"."""
    words = normalise_spaces(written)
    if fold(words).startswith("uy ban nhan dan"):
        words = "UBND" + words[len("ủy ban nhân dân") :]
    if not words.isupper():
        return words
    named = " ".join(word if word in _KEPT_CAPITALS else word.capitalize() for word in words.split())
    return _LEVEL.sub(lambda match: match[0].lower(), named)


def province_of(*units: str | None) -> str | None:
    """Return the province among the units above."""
    for text in units:
        if text and (match := re.match(r"(?i)(?:ubnd|ủy ban nhân dân|uỷ ban nhân dân)\s+tỉnh\s+(.+)", text)):
            return tidy_unit(match[1]).strip()
    return None
