"""The name of one agency in running words: from the catalogue, shortened, or outside it."""

import re

from portal.plans.reading.agencies.tokens import Token, known_name_at
from portal.plans.reading.agencies.wording import NAMED_BY_VERB, PERSONS, opens_with
from portal.plans.reading.duty import AgencyRef
from portal.tenants.catalogue import AGENCY_KINDS, AgencyKind, exact_kind, match_kind
from portal.text import CAPITALS, fold, normalise_spaces

_LEVELS = {"phuong", "xa", "thi tran", "dac khu"}
_CONFUSED = {"quan": "quận", "tinh": "tỉnh"}
_HIGHER_LEVELS = {"thanh pho", "thi xa", "huyen", "quan", "tinh", "tp", "trung uong"}
_AREA = ("tren dia ban", "thuoc", "cua", "o", "trong", "toan")
_RELATED = (["có", "liên", "quan"], ["liên", "quan"], ["trực", "thuộc"])
SEPARATORS = {",", ";", "+", "&", "/", "va", "cung", "-", "–"}
_GROUPS = {"community", "political_social_group", "collective"}
_SCHOOL_LEVEL = re.compile(r"\b(?:mam non|mau giao|tieu hoc|thcs|trung hoc)\b")
_SCHOOLS = frozenset(
    [
        "mn",
        "th",
        "thcs",
        "thpt",
        "tiểu",
        "học",
        "mầm",
        "non",
        "mẫu",
        "giáo",
        "trung",
        "cơ",
        "sở",
        "phổ",
        "thông",
    ]
)
_PERSON_WITH_POST = re.compile(r"(?i)^(?:ông|bà|đồng chí|đ/c)\s[^-–,]+(?:\s[-–]|,)\s*(.+)$")
# What speaks for an agency is the agency: its members, its board, "Ban công an xã".
_SPEAKS_FOR = re.compile(
    r"(?i)^(?:(?:các )?thành viên (?:của )?|ban chấp hành |bch |thường trực |ban (?=công an))"
)
_ASKED_BEHIND = re.compile(r"(?i)\s*\((?:kính )?(?:đề nghị|phối hợp)\)$")
_NOTE = re.compile(r"\(([^()]+)\)$")
# Whoever heads an agency, or a block of agencies, stands for it.
_HEADED_BY = """
hiệu trưởng|phó hiệu trưởng|ban giám hiệu|trạm trưởng|chỉ huy trưởng|đồn trưởng|thủ trưởng|lãnh đạo|
trưởng|phó trưởng|bí thư|phó bí thư|chủ tịch|phó chủ tịch|giám đốc|chánh|khối|ban nhân dân
"""
_HOLDERS = tuple(words.split() for words in _HEADED_BY.replace("\n", "").split("|"))
_COUNTRY = ["viet", "nam"]
# "công lập" and "dân lập" end a name; "lập" alone is a verb.
_FOUNDED_BY = {"công", "dân"}
_FIELD_BEHIND = re.compile(rf"(\s*[-–]\s*[{CAPITALS}]\w*(?:\s\w+){{0,3}})(?=\s*[:;,.(]|\s*$)")
_LONGEST_SHORT_NAME = 8
_MOST_WORDS = 14


def agency_ref(written: str, code: str | None = None) -> AgencyRef:
    """Return the reference for a name as written, its kind looked up when `code` is not given."""
    written = _ASKED_BEHIND.sub("", normalise_spaces(written).strip(" .:;,"))
    kind = AGENCY_KINDS[code] if code else match_kind(_SPEAKS_FOR.sub("", written))
    as_written = _capitalised(written)
    if kind is None:
        post = _PERSON_WITH_POST.search(written) or _NOTE.search(written)
        kind = exact_kind(post[1]) if post else None
        return AgencyRef(written, kind.code if kind else None, as_written)
    name = _own_name(written, kind) or kind.name
    # The catalogue speaks of wards; a special zone that names itself keeps its word.
    zone = "đặc khu" in written.lower()
    return AgencyRef(written, kind.code, name.replace(" phường", " đặc khu") if zone else name)


def _own_name(written: str, kind: AgencyKind) -> str | None:
    """Groups go by many names (khu phố, thôn, ấp): a name said as a group, or of one school, is kept."""
    plain = fold(written)
    if kind.kind in _GROUPS:
        return _capitalised(written) if plain.startswith(("cac ", "truong ")) else None
    levels = _SCHOOL_LEVEL.findall(plain) if kind.kind == "school_group" else []
    listed = any(fold(name) == plain for name in kind.names)
    every_school = len(levels) > 1 and plain.startswith("cac ") and not listed
    return _capitalised(written) if levels and not every_school else None


def _capitalised(written: str) -> str:
    return written[:1].upper() + written[1:]


def agency_at(
    text: str, tokens: list[Token], position: int, guess: bool
) -> tuple[AgencyRef, bool, int] | None:
    """Return (agency, whether the catalogue knows it, position after it) for the name at `position`."""
    known = known_name_at(tokens, position) or _abbreviation_at(tokens, position)
    if known is None and (headed := _headed(text, tokens, position)):
        return headed
    if known is not None:
        code, end = known
        end = _school_levels(tokens, end) if code == "truong" else end
        behind = _second_field(text, tokens, position, end)
        end, foreign, proper = _suffix(tokens, behind) if behind == end else (behind, False, True)
        end = _note(tokens, end)
        written = text[tokens[position].start : tokens[end - 1].end]
        ref = agency_ref(written) if foreign else agency_ref(written, code)
        if proper:
            ref = AgencyRef(ref.written, ref.code, ref.written)
        return ref, True, end
    guessed = _guessed_end(tokens, position) if guess else None
    if guessed is None:
        return None
    ref = agency_ref(text[tokens[position].start : tokens[guessed - 1].end])
    return ref, ref.code is not None, guessed


def _second_field(text: str, tokens: list[Token], position: int, end: int) -> int:
    """The end of an officer's post with another second field than the catalogue's: "Công chức Văn hóa - Thông tin"."""
    if [token.spelt for token in tokens[position : position + 2]] != ["công", "chức"]:
        return end
    behind = _FIELD_BEHIND.match(text, tokens[end - 1].end)
    if behind is None:
        return end
    return next((at for at in range(end, len(tokens) + 1) if tokens[at - 1].end == behind.end(1)), end)


def _headed(text: str, tokens: list[Token], position: int) -> tuple[AgencyRef, bool, int] | None:
    """Return the known agency behind the post of its head: "Trạm trưởng Trạm Y tế", "Trưởng Công an xã"."""
    for post in _HOLDERS:
        if [token.spelt for token in tokens[position : position + len(post)]] == post:
            headed = agency_at(text, tokens, position + len(post), guess=False)
            # Heads of villages ("Trưởng các ấp") are named as persons: there is no office behind them.
            villages = headed and headed[0].code == "tdp" and post == ["trưởng"]
            if headed is not None and not villages:
                return headed
    return None


def _abbreviation_at(tokens: list[Token], position: int) -> tuple[str, int] | None:
    """Return (kind code, position after it) of a shortened name: "MTTQ", "Đoàn TN", "CA xã"."""
    for end in range(min(position + _LONGEST_SHORT_NAME, len(tokens)), position, -1):
        words = tokens[position:end]
        if any(_level(tokens, at)[0] for at in range(position + 1, end)):
            continue
        if any(token.word.isupper() for token in words) and _ends_name(words[-1]):
            kind = exact_kind(" ".join(token.word for token in words))
            if kind is not None:
                return kind.code, end
    return None


def _ends_name(token: Token) -> bool:
    return token.word.isalnum() and token.plain not in ("va", "cac", "cung", "voi")


def _school_levels(tokens: list[Token], position: int) -> int:
    """Step over more levels of schools: "Trường Tiểu học, THCS"."""
    end = position
    while position < len(tokens) and (
        tokens[position].spelt in _SCHOOLS or tokens[position].plain in SEPARATORS
    ):
        position += 1
        end = position if tokens[position - 1].spelt in _SCHOOLS else end
    return end


def _suffix(tokens: list[Token], position: int) -> tuple[int, bool, bool]:
    """Step over "phường", "trên địa bàn xã", a name; say if the level is higher, if a name was given."""
    if [token.plain for token in tokens[position : position + 2]] == _COUNTRY:
        position += 2
    start = position
    for related in _RELATED:
        if [token.spelt for token in tokens[position : position + len(related)]] == related:
            return position + len(related), False, False
    for area in _AREA:
        words = area.split()
        if [token.plain for token in tokens[position : position + len(words)]] == words:
            position += len(words)
            break
    after_area = position
    level, position = _level(tokens, position)
    if level is None and after_area > start and area != "tren dia ban":
        return start, False, False
    named = position
    while position < len(tokens) and tokens[position].capital and position - named < 4:
        if opens_agency(tokens, position):
            break
        position += 1
    proper = level is None and after_area == start and position > named
    return position, level in _HIGHER_LEVELS, proper


def _level(tokens: list[Token], position: int) -> tuple[str | None, int]:
    for count in (2, 1):
        words = [token.plain for token in tokens[position : position + count]]
        following = tokens[position + count].plain if position + count < len(tokens) else ""
        known = len(words) == count and " ".join(words) in _LEVELS | _HIGHER_LEVELS
        if known and (words, following) != (["xa"], "hoi") and not _is_other_word(tokens, position):
            return " ".join(words), position + count
    return None, position


def _is_other_word(tokens: list[Token], position: int) -> bool:
    """Whether what reads "quan" or "tinh" without accents is no quận or tỉnh: "quản lý", "quan tâm", "tính"."""
    marked = _CONFUSED.get(tokens[position].plain)
    if marked is None or tokens[position].spelt == marked:
        return False
    after = tokens[position + 1] if position + 1 < len(tokens) else None
    return not tokens[position].word.isascii() or (
        after is not None and after.word.isalpha() and not after.capital
    )


def _note(tokens: list[Token], position: int) -> int:
    """Step over a note in brackets right after a name."""
    if position < len(tokens) and tokens[position].word == "(":
        for end in range(position + 1, min(position + 14, len(tokens))):
            if tokens[end].word == ")":
                return end + 1
    return position


def _guessed_end(tokens: list[Token], position: int) -> int | None:
    if _opening(tokens, position) != "agency":
        return None
    end = position + 1
    while end < len(tokens) and end - position < _MOST_WORDS:
        token = tokens[end]
        near = end - position <= 2 or tokens[end - 1].capital
        named_by_verb = near and tokens[end - 1].spelt in NAMED_BY_VERB
        named_by_verb = named_by_verb or (token.spelt == "lập" and tokens[end - 1].spelt in _FOUNDED_BY)
        if token.word in ":;.,)" or (_opening(tokens, end) == "verb" and not named_by_verb):
            break
        person = tokens[position].spelt in PERSONS
        if token.plain in SEPARATORS and not person and opens_agency(tokens, end + 1):
            break
        end = _note(tokens, end) if token.word == "(" and _note(tokens, end) > end else end + 1
    return end if end - position <= _MOST_WORDS and end > position + 1 else None


def opens_agency(tokens: list[Token], position: int) -> bool:
    """Say whether an agency's name starts at `position`."""
    if known_name_at(tokens, position) is not None or _opening(tokens, position) == "agency":
        return True
    return _abbreviation_at(tokens, position) is not None


def _opening(tokens: list[Token], position: int) -> str | None:
    return opens_with([token.spelt for token in tokens[position : position + 4]])
