"""Dates that are no deadlines: those of cited documents, and of days that carry the date in their name."""

import re

_CITED = re.compile(
    r"(?:(?:số|chỉ thị|kế hoạch|quyết định|nghị định|thông tư|nghị quyết|công văn|luật|hướng dẫn|"
    r"chương trình)\s+)?"
    r"\d{1,6}[a-z]?\s*/[\w\-–/]*[a-zđ][\w\-–/&]*\s*,?\s*(?:ngày\s+\d{1,2}\s*(?:[/.\-]|tháng)\s*\d{1,2}\s*(?:(?:[/.\-]|năm)\s*\d{4})?)?"
)
_NAMED_DAY = re.compile(
    r"(?:ngày\s+(?=[a-zđà-ỹ])|(?=quốc tế thiếu nhi|tết thiếu nhi))"
    r"(?:(?!vào|trước|sau|từ|đến|hết|nhất|trong|ngày)[^\d,.;()]){3,60}?\(?\s*"
    r"\d{1,2}\s*[/.\-]\s*\d{1,2}(?:\s*[/.\-]\s*\d{4})?(?!\d|\s*(?:-|–|đến)\s*\d)\)?"
)
_COMMEMORATED = re.compile(
    r"(?:kỷ niệm|chào mừng|hưởng ứng|mừng|nhân(?: dịp)?|"
    r"dịp)\s+(?:\w+\s+){0,4}?ngày\s+\d{1,2}/\d{1,2}(?:/\d{4})?"
)
_LAW_YEAR = re.compile(r"(?<!pháp )luật\s(?:(?!trong|trước|quý|tháng)[^.;,\d]){0,60}năm\s+\d{4}")
_ALWAYS = re.compile(
    r"\b24\s*/\s*(?:24|7)\b|\b\d{1,2}\s*/\s*\d{1,2}\s*(?=(?:tổ|thôn|khu|trường|hộ|trẻ|em|số)\b)"
)


def without_citations(text: str) -> str:
    """Return `text` with cited dates blanked out, every other character in its place."""
    for pattern in (_CITED, _NAMED_DAY, _COMMEMORATED, _LAW_YEAR, _ALWAYS):
        text = pattern.sub(lambda match: " " * len(match[0]), text)
    return text
