"""Suggested readings of damaged words, shown beside the official text and never put over it."""

import re

# Each damage seen on real plans: bad font maps of PDF files (ô read as ơ, oà as ồ), scans, slips of the hand.
_REPAIRS = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (r"(?<![ưƯ])\b([BbCcĐđGgHhKkLlMmNnPpRrSsTtVv]h?)ơng\b", r"\1ông"),
        (r"\b([Aa]n|[Hh]oàn|[Tt]hân) tồn\b", r"\1 toàn"),
        (r"\bHỊA\b", "HÒA"),
        (r"\b([Tt])rẽ em\b", r"\1rẻ em"),
        (r"\b([Pp])hân đầu\b", r"\1hấn đấu"),
        (r"\bTô chức\b", "Tổ chức"),
        (r"\btô chức\b", "tổ chức"),
        (r"\b([Cc])ác các\b", r"\1ác"),
        (r"/CTTTg\b", "/CT-TTg"),
        (r"\bphương phù hợp\b", "phường phù hợp"),
        (r"\bhướng thi hành\b", "hướng dẫn thi hành"),
        (r"\.\.(?=$|\s)(?<!\.\.\.)", "."),
        (r"(?<=\d)[Oo](?=\d|/)|(?<=/)[Oo](?=\d)", "0"),
        (r"(?<=[\s/])[lI](?=\d/)|(?<=\d)[lI](?=/\d)", "1"),
    )
)


def repaired(text: str) -> str | None:
    """Return `text` as it was probably meant, or None when nothing looks damaged."""
    mended = text
    for pattern, replacement in _REPAIRS:
        mended = pattern.sub(replacement, mended)
    return mended if mended != text else None
