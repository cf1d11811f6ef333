"""Duties told as a heading with labelled lines below it: "Thời gian: …", "Đơn vị chủ trì: …"."""

import re
from dataclasses import dataclass

from portal.plans.reading.structure.outline import Entry
from portal.text import unmarked

_LABELS = (
    (
        "lead",
        r"(?:(?:don vi|co quan|bo phan|nguoi|can bo) )?(?:chu tri|thuc hien|phu trach|chiu trach nhiem)",
    ),
    ("lead", r"(?:phan cong|giao)(?: thuc hien| nhiem vu)?|trach nhiem thuc hien"),
    ("supporting", r"(?:(?:don vi|co quan) )?phoi hop(?: thuc hien)?"),
    (
        "due",
        r"thoi gian(?: thuc hien| hoan thanh| to chuc)?|thoi han(?: hoan thanh)?|han hoan thanh|tien do|thoi diem",
    ),
    ("product", r"san pham|ket qua(?: dau ra)?"),
    (
        "other",
        r"noi dung|dia diem|thanh phan|doi tuong|hinh thuc|kinh phi|so luong|yeu cau|muc tieu|muc dich|quy mo",
    ),
)
_COMPILED = tuple((name, re.compile(rf"(?:{pattern})\s*:\s*")) for name, pattern in _LABELS)


@dataclass(frozen=True)
class Described:
    """One duty told by its attributes: its heading, the labelled lines (by name), and all entries it takes up."""

    heading: Entry
    values: dict[str, str]
    entries: tuple[Entry, ...]


def described_at(entries: list[Entry], position: int) -> Described | None:
    """Return the described duty whose heading is entries[position], or None when nobody leads it."""
    heading = entries[position]
    if heading.grid or heading.marker is None or not heading.text.strip(" .:") or attribute_of(heading.text):
        return None
    values: dict[str, str] = {}
    end = position + 1
    while end < len(entries) and entries[end].depth > heading.depth and not entries[end].grid:
        found = attribute_of(entries[end].text)
        if found is None and not values:
            return None
        if found is not None:
            values.setdefault(*found)
        end += 1
    if "lead" not in values:
        return None
    return Described(heading, values, tuple(entries[position:end]))


def attribute_of(text: str) -> tuple[str, str] | None:
    """Return (name, value) of a labelled line such as "Đơn vị chủ trì: Công an phường"."""
    plain = unmarked(text)
    for name, pattern in _COMPILED:
        if match := pattern.match(plain):
            return name, text[match.end() :].strip(" .;")
    return None
