"""What follows an agency's name: its country, its level, its area, the name of its place."""

from collections.abc import Callable

from portal.plans.reading.agencies.tokens import Token

_LEVELS = {"phuong", "xa", "thi tran", "dac khu"}
_CONFUSED = {"quan": "quận", "tinh": "tỉnh"}
_HIGHER_LEVELS = {"thanh pho", "thi xa", "huyen", "quan", "tinh", "tp", "trung uong"}
_AREA = ("tren dia ban", "thuoc", "cua", "o", "trong", "toan")
_RELATED = (["có", "liên", "quan"], ["liên", "quan"], ["trực", "thuộc"])
_COUNTRY = ["viet", "nam"]


def suffix_at(
    tokens: list[Token], position: int, opens_agency: Callable[[list[Token], int], bool]
) -> tuple[int, bool, bool]:
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
    level, position = level_at(tokens, position)
    if level is None and after_area > start and area != "tren dia ban":
        return start, False, False
    named = position
    while position < len(tokens) and tokens[position].capital and position - named < 4:
        if opens_agency(tokens, position):
            break
        position += 1
    proper = level is None and after_area == start and position > named
    return position, level in _HIGHER_LEVELS, proper


def level_at(tokens: list[Token], position: int) -> tuple[str | None, int]:
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
