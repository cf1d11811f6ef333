"""Short titles for cards, made from the duty's own words by rule."""

import re

from portal.plans.reading.agencies.wording import opens_with
from portal.text import CAPITALS, normalise_spaces, spelling

MOST_WORDS = 12
_OPENING = re.compile(
    r"(?i)^(?:(?:chủ trì,?\s*)?(?:tham mưu|giúp|giúp việc)(?: cho)?(?: (?:với|Ủy ban nhân dân|Uỷ ban nhân dân|UBND|"
    r"lãnh đạo|Chủ tịch|Đảng ủy))*(?: (?:phường|xã|thị trấn))?(?: trong việc| về việc| về)?\s+"
    r"|(?:chủ động|tiếp tục|thường xuyên|tích cực|nghiêm túc|chủ trì)[,;]?\s+|(?:có|chịu) trách nhiệm\s+"
    r"|là (?:cơ quan|đơn vị) (?:thường trực|đầu mối|chủ trì)[^,;]*[,;]\s+"
    r"|(?:định kỳ )?(?:h[ằà]ng|mỗi) (?:tuần|tháng|quý|năm),?\s+(?:\(?trước ngày \d+[^,;)]*[,;)]\s+)?"
    r"|(?:trước|chậm nhất|trong)\s[^,;]{0,30}\d[^,;]{0,12},\s+)+"
)
# The date has its own field.
_TIME = re.compile(
    r"(?i)[,;]?\s*(?:hoàn thành |xong )?(?:trước|chậm nhất|muộn nhất|trong|vào|đến hết|từ)(?: \d+ giờ\S*)?(?: \d\d)?"
    r"\s+(?:là |vào )?(?:ngày|tháng|quý|\d)\s*[\dIVX].*$"
)
_BRACKETS = re.compile(r"\s*\([^()]*\)?")
# A title may end before a comma or before one of these words without cutting a compound word in two.
_PHRASE_END = re.compile(
    r"[,;:.]\s|\s(?=(?:nhằm|để|theo|trước|chậm nhất|trên|của|về|cho|trong|ở|tại|đối với|vào|từ|với|"
    r"đến|và|bảo đảm|"
    r"đảm bảo|qua|thông qua|giai đoạn|năm|khi|nhân|gắn với|phục vụ|thuộc|bị|được|các|những|ra)\s)"
)
_STRONG_END = re.compile(rf";\s|[.:]\s+(?=[{CAPITALS}])")
_FEWEST_WORDS = 5
_WEAK_ENDS = re.compile(
    r"(?i)\s+(?:và|của|cho|về|các|những|với|để|do|ở|tại|trong|từ|theo|là|được|có|một|bị|hoặc|đến|vào|tới|"
    r"dưới|trên|\d+|hoạt|hoàn thành|xong|mỗi|h[ằà]ng|định kỳ)$"
)


def short_title(words: str) -> str:
    """Return a title of at most 12 words for a duty's `words`, cut where a phrase ends if one does."""
    text = normalise_spaces(_BRACKETS.sub("", words)).rstrip(" .;,:/")
    text = _without_opening(text)
    timeless = _TIME.sub("", text).rstrip(" ,;:")
    text = timeless if len(timeless.split()) >= _FEWEST_WORDS else text
    title = _first_phrases(text)
    return title[:1].upper() + title[1:]


def _without_opening(text: str) -> str:
    """Drop "Tham mưu UBND phường …" where a verb follows; "Tham mưu Hội đồng …" needs it."""
    rest = _OPENING.sub("", text)
    dropped = text[: len(text) - len(rest)].lower()
    if "tham mưu" in dropped and opens_with(spelling(rest).split()[:4]) != "verb":
        return text
    return rest or text


def _first_phrases(text: str) -> str:
    strong = next(
        (m.start() for m in _STRONG_END.finditer(text) if len(text[: m.start()].split()) >= _FEWEST_WORDS),
        None,
    )
    text = text[:strong]
    if len(text.split()) <= MOST_WORDS:
        return text
    ends = [match.start() for match in _PHRASE_END.finditer(text)]
    fitting = [end for end in ends if _FEWEST_WORDS <= len(text[:end].split()) <= MOST_WORDS]
    title = text[: fitting[-1]] if fitting else " ".join(text.split()[:MOST_WORDS])
    while (shorter := _WEAK_ENDS.sub("", title.rstrip(" ,;:"))) != title:
        title = shorter
    return title.rstrip(" ,;:.")
