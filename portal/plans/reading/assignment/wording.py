"""Sentences of an assignment section that give nobody anything to do."""

import re

from portal.text import fold

_CLOSING = re.compile(
    r"^(?:tren day la|"
    r"(?:uy ban nhan dan|ubnd) (?:phuong|xa|thi tran)[\w ]{0,30}(?:yeu cau|"
    r"de nghi) (?:cac|thu truong)|"
    r"trong qua trinh (?:to chuc|trien khai|thuc hien)|can cu (?:vao )?(?:noi dung )?ke hoach|"
    r"(?:ke hoach|cong van) nay|"
    r"(?:yeu cau|de nghi) (?:cac|thu truong|lanh dao cac|truong cac)|nhan duoc (?:ke hoach|cong van|van ban)|"
    r"neu co (?:kho khan|vuong mac))"
)
_GENERIC = re.compile(
    r"(?:trien khai )?thuc hien (?:nghiem tuc|tot|hieu qua|day du|dam bao)?.{0,60}ke hoach nay|"
    r"(?:kho khan|vuong mac).{0,80}(?:phan anh|bao cao|xem xet)|"
    r"can cu (?:chuc nang|ke hoach|noi dung).{0,120}(?:trien khai|thuc hien)$"
)
_NOTE = re.compile(r"^(?:ghi chu|luu y|\(?(?:kem|chi tiet|co phu luc|phu luc))")
_FUNDING = re.compile(r"^(?:kinh phi|nguon kinh phi|ngan sach|tu nguon)")


# What the plan is called may hold a date ("Trên đây là Kế hoạch … 6 tháng cuối năm 2025"): it asks nothing.
_NAMES_ITSELF = re.compile(
    r"(?i)^\s*trên đây là [^;.]*?(?=$|[;.]|,?\s*(?:đề nghị|yêu cầu|giao|báo cáo|gửi)|,\s*(?:các|thủ trưởng|ubnd))"
)


def without_own_name(text: str) -> str:
    """Return a farewell sentence without the words that only name the plan; other sentences as they are."""
    return _NAMES_ITSELF.sub("", text)


def is_closing(text: str) -> bool:
    """Say whether an unnumbered paragraph is the plan's farewell ("Trên đây là …", "Yêu cầu các …")."""
    return bool(_CLOSING.match(fold(text)))


def nothing_asked(text: str) -> str | None:
    """Return the reason why a sentence without an agency is no duty."""
    plain = fold(text).rstrip(" ./")
    if _NOTE.match(plain):
        return "note"
    if _FUNDING.match(plain):
        return "funding"
    if _CLOSING.match(plain):
        return "closing"
    return "generic" if _GENERIC.search(plain) else None
