"""Text in the old Vietnamese font encodings TCVN3 (.VnTime) and VNI, decoded to Unicode.

Both wrote Vietnamese letters with the codes of other Latin letters, so "t¨ng c­êng" is "tăng cường" and
"treû em" is "trẻ em". TCVN3 wrote ư as the soft hyphen, which web pages lose; where a rhyme cannot exist
without it, it is put back.
"""

import re
import unicodedata

from portal.text import SMALL_LETTERS

_TCVN3 = dict(
    zip(
        "µ¶·¸¹¨»¼½¾Æ©ÇÈÉÊË®ÌÎÏÐÑªÒÓÔÕÖ×ØÜÝÞßáâãä«åæçèé¬êëìíîïñòóô\u00adõö÷øùúûüýþ¡¢£¤¥¦§",
        "àảãáạăằẳẵắặâầẩẫấậđèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵĂÂÊÔƠƯĐ",
        strict=True,
    )
)
# Letters that modern Vietnamese never uses, so they tell TCVN3 from Unicode.
_TCVN3_SIGNS = frozenset("µ¶·¸¹¨»¼½¾ÆÇËÎÏÐÑªÖ×ØÜÞßä«åæçë¬îïñö÷øûþ®\u00ad§¡¢£¤¥¦")
_UNICODE_SIGNS = re.compile(r"[ăđĩũơưĂĐĨŨƠƯ\u1ea0-\u1ef9]")

_VNI_TONES = {"ù": "\u0301", "ø": "\u0300", "û": "\u0309", "õ": "\u0303", "ï": "\u0323"}
_VNI_HATS = {
    "â": "\u0302",
    "á": "\u0302\u0301",
    "à": "\u0302\u0300",
    "å": "\u0302\u0309",
    "ã": "\u0302\u0303",
}
_VNI_HATS |= {"ä": "\u0302\u0323"}
_VNI_BREVES = {
    "ê": "\u0306",
    "é": "\u0306\u0301",
    "è": "\u0306\u0300",
    "ú": "\u0306\u0309",
    "ü": "\u0306\u0303",
}
_VNI_BREVES |= {"ë": "\u0306\u0323"}
_VNI_SINGLE = {"ñ": "đ", "ö": "ư", "ô": "ơ", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"}
_VNI = re.compile(
    r"a[ùøûõïâáàåãäêéèúüë]|[eo][ùøûõïâáàåãä]|[uyôö][ùøûõï]|(?P<single>[ñöôæóòî])", re.IGNORECASE
)
_VNI_SIGNS = re.compile(
    r"[aeo][ùøûïåäëü]|[aeo][âáà](?=n|m|t|c|p|i|u|y|\b)|[öô][ùøûõï]|[ñö](?=[aeiouyö])", re.IGNORECASE
)
_LOST_U = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (r"(?<![ưƯ])([ơờởỡớợ])(?=ng|c\b)", r"ư\1"),
        (r"\b([Nn]g)ời\b", r"\1ười"),
        (r"\b([Dd])ới\b", r"\1ưới"),
        (rf"\b([TtSs]|[Tt]h|[Nn]h|[Tt]r)\b(?=\s[{SMALL_LETTERS}])", r"\1ư"),
        (r"\b(tham m|[Ll])u\b", r"\1ưu"),
    )
)
# Signs that stand inside no word of any language written in Unicode.
_SIGN_IN_WORD = re.compile(r"[A-Za-z][µ¶¸¹¨¼½¾®¬]|[¨®¬][a-z]")
_FEWEST = 2


def encoding_of(text: str) -> str | None:
    """Return "tcvn3" or "vni" when `text` is plainly in it, else None."""
    modern = len(_UNICODE_SIGNS.findall(text))
    tcvn3 = sum(char in _TCVN3_SIGNS for char in text)
    vni = len(_VNI_SIGNS.findall(text))
    if vni >= _FEWEST and vni > modern and vni * 2 > tcvn3:
        return "vni"
    return "tcvn3" if tcvn3 >= _FEWEST and tcvn3 > modern else None


def decoded(text: str, encoding: str | None = None) -> str | None:
    """Return `text` decoded when it is in TCVN3 or VNI, else None.

    `encoding` is what the rest of the document is in: short lines cannot tell by themselves.
    """
    own = encoding if encoding and not _UNICODE_SIGNS.search(text) else encoding_of(text)
    if own is None:
        readable = "".join(_word(word) for word in re.split(r"(\s+)", text))
    else:
        readable = _from_vni(text) if own == "vni" else _from_tcvn3(text)
    return readable if readable != text else None


def _word(word: str) -> str:
    """In a Unicode paragraph only a word that cannot be Unicode is decoded."""
    foreign = _SIGN_IN_WORD.search(word) and not _UNICODE_SIGNS.search(word)
    return _from_tcvn3(word) if foreign else word


def _from_tcvn3(text: str) -> str:
    plain = "".join(_TCVN3.get(char, char) for char in text)
    if "\u00ad" not in text:
        for pattern, replacement in _LOST_U:
            plain = pattern.sub(replacement, plain)
    return plain.upper() if _in_capital_font(text) else plain


def _in_capital_font(text: str) -> bool:
    """The capital fonts (.VnTimeH) showed small codes as capitals; the plain letters beside them tell."""
    letters = [char for char in text if char.isascii() and char.isalpha()]
    return len(letters) > 3 and all(char.isupper() for char in letters)


def _from_vni(text: str) -> str:
    return _VNI.sub(_vni_letter, text)


def _vni_letter(match: re.Match[str]) -> str:
    if match["single"]:
        lower = _VNI_SINGLE[match["single"].lower()]
        return lower.upper() if match["single"].isupper() else lower
    letter, sign = match[0][0], match[0][1]
    marks = _VNI_TONES | _VNI_HATS | (_VNI_BREVES if letter in "aA" else {})
    base = {"ô": "ơ", "Ô": "Ơ", "ö": "ư", "Ö": "Ư"}.get(letter, letter)
    return unicodedata.normalize("NFC", base + marks[sign.lower()])
