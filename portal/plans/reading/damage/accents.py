"""Text typed or scanned without accents: the words that carry structure get theirs back, letter for letter."""

import re

from portal.text import unmarked

# Only words that dates, agencies and the frame of a document hang on; the length never changes.
_KEY_WORDS = """
trước ngày|trước|chậm nhất|hoàn thành|tháng|năm|hằng tháng|hằng quý|hằng tuần|hằng năm|hàng tháng|hàng quý|
hàng tuần|hàng năm|tuần|định kỳ|thường xuyên|kịp thời|từ ngày|đến ngày|đến hết|trong|vào ngày|mỗi quý|mỗi tháng|
báo cáo|một lần|quý|đột xuất|theo quy định|đề nghị|yêu cầu|giao|chủ trì|phối hợp với|phối hợp|có trách nhiệm|
thực hiện|tổ chức|tham mưu|xây dựng|kế hoạch|số|của|cả năm|đợt|dịp|
ngày cuối cùng|ngày cuối|cuối|đầu năm|vào|đến ngày|kể từ|giờ|mỗi|lần|buổi|thứ sáu|ngay khi|
chủ tịch|phó chủ tịch|tổng hợp|rà soát
"""
_BY_PLAIN = {
    unmarked(phrase): phrase
    for phrase in sorted(_KEY_WORDS.replace("\n", "").split("|"), key=len, reverse=True)
}
_KEYS = re.compile(rf"(?i)\b(?:{'|'.join(_BY_PLAIN)})\b")
_DAY = re.compile(r"(?i)\bngay(?=\s+(?:mung\s+)?\d|\s*[….]*\s*tháng)")
_SCANNED_DATE = re.compile(r"(?<![\w/])(?=[\dOolI/]*\d)[\dOolI]{1,2}/[\dOolI]{1,2}(?:/[\dOolI]{4})?(?![\w/])")
_DIGITS = str.maketrans("OolI", "0011")
_FEWEST_WORDS = 2


def with_key_accents(text: str) -> str:
    """Return `text` with accents on its key words when it has none at all; every position stays the same."""
    if not text.isascii() or len(text.split()) < _FEWEST_WORDS:
        return text
    accented = _KEYS.sub(lambda match: _cased(match[0], _BY_PLAIN[match[0].lower()]), text)
    return _DAY.sub(lambda match: _cased(match[0], "ngày"), accented)


def with_digits(text: str) -> str:
    """Return `text` with the letters O and l read as digits inside dates ("3O/6/2021"); positions stay the same."""
    return _SCANNED_DATE.sub(lambda match: match[0].translate(_DIGITS), text)


def _cased(written: str, accented: str) -> str:
    return "".join(new.upper() if old.isupper() else new for old, new in zip(written, accented, strict=True))
