"""Short titles for cards, made from the duty's own words by rule."""

import re

from portal.plans.reading.agencies.phrases import after_support, agencies_at
from portal.plans.reading.agencies.wording import opens_with
from portal.plans.reading.compounds import cuts_compound
from portal.plans.reading.damage.accents import with_key_accents
from portal.text import CAPITALS, normalise_spaces, spelling

MOST_WORDS = 12
_OPENING = re.compile(
    r"(?i)^(?:(?:chủ trì,?\s*)?(?:tham mưu|giúp(?: việc)?"
    r"(?=(?: cho)? (?:Ủy ban|Uỷ ban|UBND|lãnh đạo|Chủ tịch|Đảng ủy)))"
    r"(?: cho)?(?: (?:với|Ủy ban nhân dân|Uỷ ban nhân dân|UBND|"
    r"lãnh đạo|Chủ tịch|Đảng ủy))*(?: (?:phường|xã|thị trấn))?(?: trong việc| về việc| về|,)?\s+"
    r"|(?:chủ động|tiếp tục|thường xuyên|tích cực|nghiêm túc|chủ trì|kịp thời|khẩn trương)[,;]?\s+"
    r"|(?:có|chịu) trách nhiệm\s+"
    r"|là (?:cơ quan |đơn vị )?đầu mối,?\s+(?=tham mưu)"
    r"|định kỳ,?\s+(?:trước |vào )?ngày \d{1,2}(?: của)?(?: (?:h[ằà]ng|mỗi))? tháng"
    r"(?: (?:đầu|giữa|cuối)(?: của)?(?: (?:h[ằà]ng|mỗi))? quý)?,?\s+"
    r"|là (?:cơ quan|đơn vị) (?:thường trực|đầu mối|chủ trì)[^,;]*[,;]\s+"
    r"|(?:định kỳ )?(?:h[ằà]ng|mỗi) (?:tuần|tháng|quý|năm)(?: (?:một|hai|\d{1,2}) (?:lần|buổi))?,?\s+"
    r"(?:\(?trước ngày \d+[^,;)]*[,;)]\s+)?"
    r"|định kỳ (?:\d{1,2}|ba|sáu) tháng(?: (?:một|1|01) lần)?,?\s+(?!năm\b)"
    r"|(?:trước|chậm nhất|trong)\s[^,;]{0,30}\d[^,;]{0,12},\s+)+"
)
# The date has its own field.
_TIME = re.compile(
    r"(?i)[,;]?\s*(?:hoàn thành |xong )?(?:trước|chậm nhất|muộn nhất|trong|vào|đến hết|từ)(?: \d+ giờ\S*)?(?: \d\d)?"
    r"\s+(?:là |vào |lúc |cuối |đầu |giữa |tuần \d )?(?:ngày|tháng|quý|\d)\s*[\dIVX].*$"
)
_ASKED = re.compile(r"(?i)^(?:(?:kính )?đề nghị|yêu cầu)\s+")
_BRACKETS = re.compile(r"\s*\([^()]*\)?")
# A title may end before a comma or before one of these words without cutting a compound word in two.
_PHRASE_END = re.compile(
    r"(?:,(?! chống\b)|[;:.])\s|(?<!\bđối)(?<!\bkể)(?<!\bhợp)"
    r"\s(?=(?:nhằm|để|theo|trước|chậm nhất|trên|của|về|cho|trong|ở|tại|đối với|vào|từ|với|gửi|"
    r"đến|và|bảo đảm|quanh|"
    r"đảm bảo|qua|thông qua|giai đoạn|năm|khi|nhân (?:dịp|ngày|tháng)|"
    r"nhất là|gắn với|phục vụ|thuộc|bị|được|các|những|ra)\s)"
)
_STRONG_END = re.compile(rf";\s|[.:]\s+(?=[{CAPITALS}])")
_FEWEST_WORDS = 5
_FEWEST_WITHOUT_DATE = 3
# What only says when or on what ground, before the duty's own verb: "Trong vòng 24 giờ kể từ …, xác minh …".
_CIRCUMSTANCE = re.compile(
    r"(?i)^(?:trong|chậm nhất|ngay|khi|sau|trước|căn cứ|"
    r"kết quả thực hiện|trên cơ sở|nhân dịp|nhân ngày|theo(?! dõi)|vào|từ|"
    r"đối với|tùy|để|nhằm|thông qua|dựa)(?:\s[^,;]{3,120})?,\s+(?P<rest>.+)$"
)
# A title that is cut may not end with one of these; one that is whole may.
_WEAK_ENDS = re.compile(
    r"(?i)\s+(?:và|của|cho|về|các|những|với|để|do|ở|tại|trong|từ|theo|là|được|có|một|bị|hoặc|đến|hết|gửi|vào|tới|"
    r"dưới|trên|\d+|hoạt|hoàn thành|xong|mỗi|h[ằà]ng|định kỳ|không|chưa|phải|đã|sẽ|nhất|nhất là|còn|nếu|mà|thì|"
    r"cùng|giữa|bằng|như|đang|nhằm|khi|sau|trước|gồm|bao gồm|hay|vì|thuộc|mọi|từng|bởi|đều|trong đó"
    r"|đối|kể(?: từ(?: ngày)?)?|quanh|phòng,? chống|"
    r"và (?:trao|tặng|gửi|cấp|giao|chuyển|phát|đưa|báo cáo|vận động|phát hiện))$"
)
_BARE_PERIOD = re.compile(
    r"(?i)\s*:\s*(?:6 tháng|năm|quý)(?: đầu năm)?$|,?\s*(?:đơn vị|cơ quan) (?:thực hiện|chủ trì)$"
)


def short_title(words: str) -> str:
    """Return a title of at most 12 words for a duty's `words`, cut where a phrase ends if one does."""
    text = normalise_spaces(_BRACKETS.sub("", words)).rstrip(" .;,:/")
    text = _without_doer(after_support(_without_opening(_without_circumstance(text))))
    time = _TIME.search(with_key_accents(text))
    timeless = text[: time.start()].rstrip(" ,;:") if time else text
    text = timeless if len(timeless.split()) >= _FEWEST_WITHOUT_DATE else text
    title = _BARE_PERIOD.sub("", _first_phrases(text)).rstrip(" ,;:.")
    return title[:1].upper() + title[1:]


def _without_circumstance(text: str) -> str:
    """Drop what stands before the duty's verb, where a verb follows."""
    match = _CIRCUMSTANCE.match(text)
    if match is None or len(match["rest"].split()) < 2:
        return text
    doing = _without_doer(match["rest"])
    return doing if opens_with(spelling(doing).split()[:4]) == "verb" else text


def _without_doer(text: str) -> str:
    """Drop who is to act ("các cơ quan, đơn vị báo cáo …", "đề nghị …"), where a verb follows: the card names them."""
    asked = _ASKED.match(text)
    start = asked.end() if asked else 0
    if asked is None and opens_with(re.findall(r"\w+", spelling(text[:40]))[:4]) != "agency":
        return text
    doers = agencies_at(text, start, guess=False)
    rest = text[doers.end if doers else start :].lstrip(" ,")
    return rest if rest != text and opens_with(spelling(rest).split()[:4]) == "verb" else text


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
    return _trimmed(_without_stump(_cut(text), text))


def _cut(text: str) -> str:
    """Return the longest opening of `text` that ends with a phrase, else with a word, outside any quotation."""
    ends = [match.start() for match in _PHRASE_END.finditer(text)]
    fitting = [end for end in ends if _FEWEST_WORDS <= len(text[:end].split()) <= MOST_WORDS]
    whole = [end for end in fitting if not _opens_quotation(text[:end])]
    if whole and len(text[: whole[-1]].split()) > _FEWEST_WORDS:
        return text[: whole[-1]]
    words = text.split()[:MOST_WORDS]
    while len(words) > _FEWEST_WORDS and cuts_compound(words[-1], text.split()[len(words)]):
        words.pop()
    title = " ".join(words)
    if (
        _opens_quotation(title)
        and len((before := title[: _quotation(title)]).split()) >= _FEWEST_WITHOUT_DATE
    ):
        return before.rstrip()
    return title


def _without_stump(title: str, text: str) -> str:
    """Drop a last list item of one or two words that goes on behind the cut: "…, phòng cháy" / ", chữa cháy"."""
    head, comma, tail = title.rpartition(",")
    goes_on = re.match(r"\s*(?:,|được\b|bị\b|không\b)", text[len(title) :])
    if comma and goes_on and len(tail.split()) <= 2 and len(head.split()) >= _FEWEST_WORDS:
        return head
    return title


def _quotation(text: str) -> int:
    return max(text.rfind("“"), text.rfind('"'))


def _opens_quotation(text: str) -> bool:
    return text.count("“") > text.count("”") or text.count('"') % 2 == 1


def _trimmed(title: str) -> str:
    while (shorter := _WEAK_ENDS.sub("", title.rstrip(" ,;:-–"))) != title and len(shorter.split()) > 1:
        title = shorter
    return title.rstrip(" ,;:.-–")
