"""What a section is for, told from its heading: assignment, targets, activities, funding and the rest."""

import re

from portal.text import fold

ASSIGNMENT, TARGETS, ACTIVITIES, FUNDING, REPORTING, OTHER = (
    "assignment",
    "targets",
    "activities",
    "funding",
    "reporting",
    "other",
)

# The variants of domain.md (a); the first pattern that fits decides.
_ROLES = (
    (FUNDING, r"^(?:nguon )?(?:kinh phi|du toan|nguon luc tai chinh)"),
    (OTHER, r"^(?:thoi gian|dia diem|doi tuong|thanh phan|pham vi|can cu)"),
    (
        ASSIGNMENT,
        r"phan cong|to chuc (?:va )?trien khai|giao nhiem vu|phan giao|trach nhiem|"
        r"nhiem vu (?:cu the )?(?:cua|cho) (?:cac|tung)|to chuc thuc hien|to chuc thi hanh|chi dao thuc hien",
    ),
    (TARGETS, r"muc tieu|chi tieu|cac tieu chi"),
    (REPORTING, r"bao cao|thong tin|giam sat|kiem tra|danh gia|so ket|tong ket"),
    (ACTIVITIES, r"noi dung|nhiem vu|giai phap|hoat dong|bien phap|cong viec|chu de"),
    (OTHER, r"muc dich|yeu cau|tinh hinh|dac diem|thuc trang|quan diem|ket qua|su can thiet"),
)
_COMPILED = tuple((role, re.compile(pattern)) for role, pattern in _ROLES)
_TOPIC_FIRST = re.compile(r"^(?:muc dich|yeu cau|tinh hinh|dac diem|thuc trang|muc tieu|chi tieu)")


_NESTED = (
    (
        ASSIGNMENT,
        re.compile(
            r"^(?:phan cong|to chuc (?:thuc hien|trien khai)$|trach nhiem (?:thuc|cua|to|cac)|"
            r"giao nhiem vu)"
        ),
    ),
    (TARGETS, re.compile(r"^(?:cac )?(?:muc tieu|chi tieu)")),
)


def role_of_nested_heading(words: str, inherited: str) -> str:
    """Return what a heading within a section is for: its own purpose where it says so plainly, else the section's."""
    plain = fold(words).strip(" .:;-")
    if inherited == ASSIGNMENT:
        return inherited
    return next((role for role, pattern in _NESTED if pattern.search(plain)), inherited)


def role_of_heading(words: str) -> str | None:
    """Return what a section headed `words` is for, or None when the heading does not tell."""
    plain = fold(words).strip(" .:;-")
    if (first := _TOPIC_FIRST.match(plain)) and "phan cong" not in plain:
        return TARGETS if first[0] in ("muc tieu", "chi tieu") or "chi tieu" in plain else OTHER
    return next((role for role, pattern in _COMPILED if pattern.search(plain)), None)
