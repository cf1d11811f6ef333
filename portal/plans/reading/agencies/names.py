"""The name of one agency in running words: from the catalogue, shortened, or outside it."""

import re
from dataclasses import replace

from portal.plans.reading.agencies.groups import (
    SEPARATORS,
    capitalised,
    is_any_school,
    is_any_village,
    own_name,
    school_levels,
    village_words,
)
from portal.plans.reading.agencies.levels import level_at, suffix_at
from portal.plans.reading.agencies.persons import addressed_at, holder_behind, person_at, post_behind
from portal.plans.reading.agencies.tokens import Token, known_name_at
from portal.plans.reading.agencies.wording import NAMED_BY_VERB, PERSONS, opens_with
from portal.plans.reading.duty import AgencyRef
from portal.tenants.catalogue import AGENCY_KINDS, exact_kind, match_kind
from portal.text import CAPITALS, normalise_spaces

_PERSON_WITH_POST = re.compile(r"(?i)^(?:ông|bà|đồng chí|đ/c)\s[^-–,]+(?:\s[-–]|,)\s*(.+)$")
_PERSON_IN_NOTE = re.compile(r"(?i)^(.+?)\s*\((?:ông|bà|đồng chí|đ/c)\s[^()]+\)$")
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
# "công lập" and "dân lập" end a name; "lập" alone is a verb.
_OPENS_GROUP = {"các", "ủy", "cán", "thành"}
_FOUNDED_BY = {"công", "dân"}
_FIELD_BEHIND = re.compile(rf"(\s*[-–]\s*[{CAPITALS}]\w*(?:\s\w+){{0,3}})(?=\s*[:;,.(]|\s*$)")
_LONGEST_SHORT_NAME = 8
_MOST_WORDS = 14
_LONGEST_NOTE = 24


def agency_ref(written: str, code: str | None = None) -> AgencyRef:
    """Return the reference for a name as written, its kind looked up when `code` is not given."""
    written = _ASKED_BEHIND.sub("", normalise_spaces(written).strip(" .:;,"))
    kind = AGENCY_KINDS[code] if code else match_kind(_SPEAKS_FOR.sub("", written))
    if kind is None and (is_any_school(written) or is_any_village(written)):
        kind = AGENCY_KINDS["truong" if is_any_school(written) else "tdp"]
    as_written = capitalised(written)
    if kind is None:
        if post := _PERSON_WITH_POST.search(written) or _PERSON_IN_NOTE.search(written):
            return replace(agency_ref(post[1]), written=written)
        note = _NOTE.search(written)
        kind = exact_kind(note[1]) if note else None
        return AgencyRef(written, kind.code if kind else None, as_written)
    name = own_name(written, kind) or kind.name
    # The catalogue speaks of wards; a special zone that names itself keeps its word.
    zone = "đặc khu" in written.lower()
    return AgencyRef(written, kind.code, name.replace(" phường", " đặc khu") if zone else name)


def agency_at(
    text: str, tokens: list[Token], position: int, guess: bool
) -> tuple[AgencyRef, bool, int] | None:
    """Return (agency, whether the catalogue knows it, position after it) for the name at `position`.

    A person's name before or behind a post is passed over: the post is the agency.
    """
    start = addressed_at(tokens, position)
    start = post_behind(tokens, start) if start == position else start
    found = _named_at(text, tokens, start, guess) if start > position else None
    if found is None:
        start, found = position, _named_at(text, tokens, position, guess)
    if found is None:
        return None
    ref, known, end = found
    end = holder_behind(tokens, end, opens_agency)
    if start > position and tokens[start - 1].word == "(" and end < len(tokens) and tokens[end].word == ")":
        end += 1
    return replace(ref, written=text[tokens[position].start : tokens[end - 1].end].strip(" .:;,")), known, end


def _named_at(
    text: str, tokens: list[Token], position: int, guess: bool
) -> tuple[AgencyRef, bool, int] | None:
    known = known_name_at(tokens, position) or _abbreviation_at(tokens, position)
    if known is None and (headed := _headed(text, tokens, position)):
        return headed
    if known is None and _shortened_school(tokens, position):
        known = "truong", position + 1
    if known is not None:
        return _known_at(text, tokens, position, known)
    guessed = _guessed_end(tokens, position) if guess else None
    if guessed is None:
        return None
    ref = agency_ref(text[tokens[position].start : tokens[guessed - 1].end])
    return ref, ref.code is not None, guessed


def _shortened_school(tokens: list[Token], position: int) -> bool:
    levels = [token.spelt for token in tokens[position : position + 2]]
    return len(levels) == 2 and levels[0] == "trường" and levels[1] in ("mn", "th", "thcs", "thpt")


def _known_at(
    text: str, tokens: list[Token], position: int, known: tuple[str, int]
) -> tuple[AgencyRef, bool, int]:
    code, end = known
    end = school_levels(tokens, end) if code == "truong" else end
    end = village_words(tokens, end) if code == "tdp" else end
    behind = _second_field(text, tokens, position, end)
    foreign, proper = False, True
    if behind == end and (code == "truong" or person_at(tokens, end) == end):
        behind, foreign, proper = suffix_at(tokens, end, opens_agency)
    elif behind == end:
        proper = False
    end = _note(tokens, behind)
    written = text[tokens[position].start : tokens[end - 1].end]
    ref = agency_ref(written) if foreign else agency_ref(written, code)
    return (AgencyRef(ref.written, ref.code, ref.written) if proper else ref), True, end


def _second_field(text: str, tokens: list[Token], position: int, end: int) -> int:
    """The end of an officer's post with another second field than the catalogue's: "Công chức Văn hóa - Thông tin"."""
    if [token.spelt for token in tokens[position : position + 2]] != ["công", "chức"]:
        return end
    behind = _FIELD_BEHIND.match(text, tokens[end - 1].end)
    if behind is None:
        return end
    return next((at for at in range(end, len(tokens) + 1) if tokens[at - 1].end == behind.end(1)), end)


def _headed(text: str, tokens: list[Token], position: int) -> tuple[AgencyRef, bool, int] | None:
    """Return the agency behind the post of its head: "Trạm trưởng Trạm Y tế", "Trưởng Ban công tác Mặt trận"."""
    for post in _HOLDERS:
        start = position + len(post)
        if [token.spelt for token in tokens[position:start]] == post:
            proper = start < len(tokens) and tokens[start].capital and tokens[start].spelt == "ban"
            headed = _named_at(text, tokens, start, guess=proper)
            if headed is not None:
                return _spoken_for(text, tokens, position, headed)
    return None


def _spoken_for(
    text: str, tokens: list[Token], position: int, headed: tuple[AgencyRef, bool, int]
) -> tuple[AgencyRef, bool, int]:
    """Heads of villages ("Trưởng các bản") are the villages."""
    ref, known, end = headed
    if ref.code == "tdp":
        ref = agency_ref(text[tokens[position].start : tokens[end - 1].end], "tdp")
    return ref, known, end


def _abbreviation_at(tokens: list[Token], position: int) -> tuple[str, int] | None:
    """Return (kind code, position after it) of a shortened name: "MTTQ", "Đoàn TN", "CA xã"."""
    for end in range(min(position + _LONGEST_SHORT_NAME, len(tokens)), position, -1):
        words = tokens[position:end]
        if not (any(token.word.isupper() for token in words) and _ends_name(words[-1])):
            continue
        if any(level_at(tokens, at)[0] for at in range(position + 1, end)):
            continue
        kind = exact_kind(" ".join(token.word for token in words))
        if kind is not None:
            return kind.code, end
    return None


def _ends_name(token: Token) -> bool:
    return token.word.isalnum() and token.plain not in ("va", "cac", "cung", "voi")


def _note(tokens: list[Token], position: int) -> int:
    """Step over a note in brackets right after a name."""
    if position < len(tokens) and tokens[position].word == "(":
        for end in range(position + 1, min(position + _LONGEST_NOTE, len(tokens))):
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
        if (
            token.word in ":;.)"
            or (token.word == "," and not _goes_on(tokens, position, end + 1))
            or (_opening(tokens, end) == "verb" and not named_by_verb)
        ):
            break
        person = tokens[position].spelt in PERSONS
        listed = token.plain in SEPARATORS and not person and opens_agency(tokens, end + 1)
        if listed and not _goes_on(tokens, position, end + 1):
            break
        end = _note(tokens, end) if token.word == "(" and _note(tokens, end) > end else end + 1
    return end if end - position <= _MOST_WORDS and end > position + 1 else None


def _goes_on(tokens: list[Token], position: int, following: int) -> bool:
    """Whether a list goes on within one group: "Các chi hội, chi đoàn", "Ủy viên UBND, cán bộ, công chức phụ trách"."""
    if tokens[position].spelt not in _OPENS_GROUP or _opening(tokens, following) != "agency":
        return False
    own = known_name_at(tokens, following) or _abbreviation_at(tokens, following)
    next_one = tokens[following]
    return own is None and not next_one.capital and next_one.spelt not in ("các", "trưởng", "tổ")


def opens_agency(tokens: list[Token], position: int) -> bool:
    """Say whether an agency's name starts at `position`."""
    if known_name_at(tokens, position) is not None or _opening(tokens, position) == "agency":
        return True
    return _abbreviation_at(tokens, position) is not None or post_behind(tokens, position) > position


def _opening(tokens: list[Token], position: int) -> str | None:
    return opens_with([token.spelt for token in tokens[position : position + 4]])
