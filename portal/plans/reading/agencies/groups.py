"""Groups of agencies: the schools, the villages, the organisations, everybody, and what each is called."""

import re

from portal.plans.reading.agencies.tokens import Token
from portal.plans.reading.duty import AgencyRef
from portal.tenants.catalogue import AGENCY_KINDS, AgencyKind
from portal.text import fold, normalise_spaces, spelling

SEPARATORS = {",", ";", "+", "&", "/", "va", "cung", "-", "–"}
_GROUPS = {"community", "political_social_group", "collective"}
_SCHOOL_LEVEL = re.compile(r"\b(?:mam non|mau giao|tieu hoc|thcs|trung hoc|thpt|mn|th)\b")
_SCHOOLS = frozenset(re.findall(r"\w+", "mn th thcs thpt tiểu học mầm non mẫu giáo trung cơ sở phổ thông"))
_ANY_SCHOOL = re.compile(
    r"^(?:(?:cac|truong|hieu|ban|giam|nha|hoc|mn|mam|non|mau|giao|tieu|thcs|thpt|th|trung|co|so|pho|thong|cap|va|"
    r"tren|dia|ban|phuong|xa|thi|tran|cong|lap|tu|thuc|\d)\b[\s,;.&–-]*)+$"
)
_ANY_VILLAGE = re.compile(
    r"^(?:cac|truong) (?:(?:thon|ban|ap|khu pho|to dan pho|tdp|xom|buon|bon|lang|khom|tieu khu|"
    r"khu|phum|soc|va)\b"
    r"[\s,;–-]*)+$"
)
_VILLAGE_WORDS = {
    ("thôn",),
    ("bản",),
    ("ấp",),
    ("xóm",),
    ("buôn",),
    ("bon",),
    ("làng",),
    ("khóm",),
    ("tdp",),
} | {
    ("khu", "phố"),
    ("tiểu", "khu"),
    ("tổ", "dân", "phố"),
    ("khu", "dân", "cư"),
}
# Heads of villages speak for their villages: "Trưởng các ấp", "Các ông, bà Tổ trưởng tổ dân phố", "Các thôn trưởng".
_VILLAGES = re.compile(
    r"(?i)(?:(?:các\s+)?(?:tổ\s+)?trưởng|ban nhân dân|ban quản lý|ban điều hành)\s+(?:các\s+)?"
    r"(?P<villages>(?:thôn|bản|ấp|khu phố|tổ dân phố|tdp|xóm|buôn|bon|làng|khóm|"
    r"khu dân cư|tiểu khu)\b.*)$"
)
_VILLAGE_HEADS = re.compile(r"(?i)^(?:các\s+)?(?P<village>thôn|bản|ấp|xóm|buôn|bon|làng|khóm)\s+trưởng\b")
# What the shared catalogue calls villages and everybody; other words ("Các xóm", "Các ngành") are of one place.
_USUAL = re.compile(
    r"^cac (?:khu pho|thon(?:, ban)?|ap|to dan pho|khu dan cu|co quan, don vi(?:\b.*phu luc)?|"
    r"nganh, doan the, cac thon|"
    r"(?:to chuc )?doan the|to chuc chinh tri [-–] xa hoi)$"
)
_LEVEL_BEHIND = re.compile(r"(?i)(?: trên địa bàn)? (?:phường|xã|đặc khu)$")


def own_name(written: str, kind: AgencyKind) -> str | None:
    """Groups go by many names (khu phố, thôn, ấp): a name said as a group, or of one school, is kept."""
    plain = fold(written)
    if kind.kind == "community" and (villages := _villages(written)):
        return villages
    if kind.kind in _GROUPS:
        return capitalised(written) if plain.startswith(("cac ", "truong ")) else None
    levels = _SCHOOL_LEVEL.findall(plain) if kind.kind == "school_group" else []
    listed = any(fold(name) == plain for name in kind.names)
    every_school = len(levels) > 1 and plain.startswith("cac ") and not listed
    return capitalised(written) if levels and not every_school else None


def _villages(written: str) -> str | None:
    if headed := _VILLAGES.search(written):
        return f"Các {headed['villages']}"
    heads = _VILLAGE_HEADS.match(written)
    return f"Các {heads['village'].lower()}" if heads else None


def capitalised(written: str) -> str:
    """Return `written` with a capital at its beginning."""
    return written[:1].upper() + written[1:]


def school_levels(tokens: list[Token], position: int) -> int:
    """Step over more levels of schools: "Trường Tiểu học, THCS"."""
    end = position
    while position < len(tokens) and (
        tokens[position].spelt in _SCHOOLS or tokens[position].plain in SEPARATORS
    ):
        position += 1
        end = position if tokens[position - 1].spelt in _SCHOOLS else end
    return end


def village_words(tokens: list[Token], position: int) -> int:
    """Step over more words for villages: "Các bon, tổ dân phố"; "các …" begins a group of its own."""
    end = position
    while end < len(tokens) and tokens[end].plain in SEPARATORS:
        words = [token.spelt for token in tokens[end + 1 : end + 4]]
        count = next((n for n in (3, 2, 1) if tuple(words[:n]) in _VILLAGE_WORDS), 0)
        if not count:
            return end
        end += 1 + count
    return end


def is_any_school(written: str) -> bool:
    """Say whether a name tells the levels of schools and no school of its own: "Trường MN, TH, THCS"."""
    plain = fold(written)
    return "truong" in plain and bool(_ANY_SCHOOL.match(plain))


def is_any_village(written: str) -> bool:
    """Say whether a name is made of what villages are called in different parts of the country."""
    return bool(_ANY_VILLAGE.match(fold(written))) and "ban" not in spelling(written).split()


def gathered(refs: tuple[AgencyRef, ...]) -> tuple[AgencyRef, ...]:
    """Return `refs` with schools named level by level made one group; a school of its own name stays."""
    schools = [ref for ref in refs if ref.code == "truong" and is_any_school(ref.name)]
    if len(schools) > 1:
        every = AgencyRef(", ".join(ref.written for ref in schools), "truong", AGENCY_KINDS["truong"].name)
        refs = tuple(every if ref is schools[0] else ref for ref in refs if ref not in schools[1:])
    return refs


def catalogue_name(ref: AgencyRef) -> str:
    """Return the name a group goes by in the shared catalogue, whatever it is called here; others as they are."""
    kind = AGENCY_KINDS[ref.code] if ref.code else None
    if kind is None or kind.kind not in _GROUPS | {"school_group"}:
        return ref.name
    plain = fold(_LEVEL_BEHIND.sub("", ref.name))
    canonical = fold(_LEVEL_BEHIND.sub("", kind.name))
    own = plain == canonical or (not plain.startswith("cac ") and len(_SCHOOL_LEVEL.findall(plain)) < 2)
    if own or _USUAL.match(plain) or (ref.code == "truong" and not is_any_school(ref.name)):
        return ref.name
    return normalise_spaces(_LEVEL_BEHIND.sub("", kind.name))
