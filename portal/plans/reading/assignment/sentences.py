"""Where one sentence ends and the next begins in official Vietnamese."""

import re

from portal.text import CAPITALS

_END = re.compile(rf"(?:\.{{1,3}}|…|[!?])[”\"’')]*\s+(?=[“\"(]?(?:[{CAPITALS}]|\d{{2,3}}\s?%))")
# A full stop after these is part of a short form: P. Lào Cai, TP. Vinh, v.v.
_SHORT = re.compile(
    r"(?:^|[\s(])(?:[A-ZĐ]|TP|Tp|TX|Tx|TT|BS|Bs|ThS|Ths|PGS|GS|TS|Ts|đ/c|Đ/c|v\.v|tr|Q|KH|STT|No)\.\s+$"
)


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """Return (start, end) of each sentence of `text`; never split at ";" or ","."""
    spans: list[tuple[int, int]] = []
    start = 0
    for match in _END.finditer(text):
        if _SHORT.search(text[start : match.end()]):
            continue
        spans.append((start, match.start() + len(match[0].rstrip())))
        start = match.end()
    if text[start:].strip():
        spans.append((start, len(text)))
    return spans
