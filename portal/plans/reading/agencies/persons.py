"""Persons named with their posts: the post is the agency, whoever holds it ("Đ/c … - Trưởng Công an xã")."""

import re
from collections.abc import Callable

from portal.plans.reading.agencies.tokens import Token

_TITLES = tuple(
    title.split()
    for title in ("đồng chí", "đ/c", "ông", "bà", "anh", "chị", "cô", "thầy", "bác sĩ", "bác sỹ")
)
# Those that more than nine in ten Vietnamese bear; without a title before it a name must open with one.
_SURNAMES = frozenset(
    re.findall(
        r"\w+",
        "nguyễn trần lê phạm hoàng huỳnh phan vũ võ đặng bùi đỗ hồ ngô dương lý đào đoàn vương trịnh "
        "trương đinh lâm phùng mai tô hà tạ lương chu châu thái tăng quách lò vàng giàng sùng thào quàng "
        "cầm triệu nông lục hứa bế ma đàm kiều cao lưu tống văn rơ y a h siu ksor kpă",
    )
)
_BETWEEN = {"-", "–", "—", ",", "("}
_ADDRESSED = tuple(
    words.split()
    for words in (
        "các đồng chí",
        "các đ/c",
        "các ông , bà",
        "các ông ( bà )",
        "các ông / bà",
        "các ông bà",
        "ông ( bà )",
        "ông / bà",
        "ông , bà",
        "đồng chí",
        "đ/c",
    )
)
_OPENS_ADDRESS = {words[0] for words in _ADDRESSED}
_LONGEST_NAME = 6


def addressed_at(tokens: list[Token], position: int) -> int:
    """Step over "Các đồng chí", "Các ông, bà" before a post."""
    if _spelt(tokens, position) not in _OPENS_ADDRESS:
        return position
    for words in _ADDRESSED:
        end = position + len(words)
        if [token.spelt for token in tokens[position:end]] == words and end < len(tokens):
            return end + 1 if tokens[end].word == ":" else end
    return position


def person_at(tokens: list[Token], position: int, *, titled: bool = False) -> int:
    """Return the position after the person's name at `position`, or `position`; `titled`: a title must precede it."""
    start = _after_title(tokens, position)
    if start == position and (titled or _spelt(tokens, start) not in _SURNAMES):
        return position
    end = start
    while end < len(tokens) and end - start < _LONGEST_NAME and _is_name(tokens[end]):
        end += 1
    fewest = 1 if start > position and _spelt(tokens, start) not in _SURNAMES else 2
    return end if end - start >= max(fewest, 2 if start > position else 3) else position


def post_behind(tokens: list[Token], position: int) -> int:
    """Return where the post starts behind the person's name at `position`, or `position` when there is none."""
    end = person_at(tokens, position)
    if end == position or end + 1 >= len(tokens) or tokens[end].word not in _BETWEEN:
        return position
    return end + 1


def holder_behind(
    tokens: list[Token], position: int, opens_agency: Callable[[list[Token], int], bool]
) -> int:
    """Step over the person named behind a post: "Trạm trưởng Trạm Y tế, đồng chí …", "Phó Chủ tịch …"."""
    start = position
    if _word(tokens, start) in _BETWEEN:
        start += 1
    end = person_at(tokens, start, titled=start > position and tokens[position].word == ",")
    if end == start:
        return position
    # Behind a comma the person may be the next in the list: "…, bà … - Phó Chủ tịch".
    own_post = post_behind(tokens, start)
    if own_post > start and opens_agency(tokens, own_post):
        return position
    return end + 1 if tokens[start - 1].word == "(" and _word(tokens, end) == ")" else end


def _after_title(tokens: list[Token], position: int) -> int:
    for title in _TITLES:
        if [token.spelt for token in tokens[position : position + len(title)]] == title:
            return position + len(title)
    return position


def _is_name(token: Token) -> bool:
    return token.capital and token.word.isalpha() and (len(token.word) == 1 or not token.word.isupper())


def _word(tokens: list[Token], position: int) -> str:
    return tokens[position].word if position < len(tokens) else ""


def _spelt(tokens: list[Token], position: int) -> str:
    return tokens[position].spelt if position < len(tokens) else ""
