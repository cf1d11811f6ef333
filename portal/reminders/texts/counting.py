"""How many segments an SMS takes: GSM 03.38 when every letter is in its alphabet, otherwise UCS-2 for all of it."""

import unicodedata
from dataclasses import dataclass

from portal.text import nfc

#: The default alphabet and its extension table (3GPP TS 23.038, 6.2.1); letters of the extension count twice.
_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà"
)
_EXTENDED = frozenset("^{}\\[~]|€\f")

#: Letters in one message, and in each part of a longer one (the rest is the header that joins them).
_GSM, _GSM_PART = 160, 153
_UCS2, _UCS2_PART = 70, 67

#: What has no accent to lose: plain forms, so that a single dash does not double the price.
_PLAIN = str.maketrans(
    {"đ": "d", "Đ": "D", "“": '"', "”": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "…": "..."}
)


@dataclass(frozen=True)
class Size:
    """Letters as they are counted, whether they are all in the GSM alphabet, and how many segments are paid for."""

    letters: int
    is_gsm: bool
    segments: int


def size_of(text: str) -> Size:
    """What a text costs in segments."""
    composed = nfc(text)
    if set(composed) <= _BASIC | _EXTENDED:
        letters = sum(2 if letter in _EXTENDED else 1 for letter in composed)
        return Size(letters, True, _segments(letters, _GSM, _GSM_PART))
    letters = len(composed.encode("utf-16-be")) // 2
    return Size(letters, False, _segments(letters, _UCS2, _UCS2_PART))


def _segments(letters: int, whole: int, part: int) -> int:
    return 1 if letters <= whole else -(-letters // part)


def without_accents(text: str) -> str:
    """`Lao Cai` of `Lào Cai`: letters keep their case, quotes and dashes become plain."""
    split = unicodedata.normalize("NFD", text.translate(_PLAIN))
    return nfc("".join(letter for letter in split if not unicodedata.combining(letter)))
