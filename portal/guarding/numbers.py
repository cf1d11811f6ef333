"""Numbers that tell who somebody is: dates of birth, identity and insurance numbers, phones, birth certificates."""

import re
from collections.abc import Iterator

import phonenumbers

from portal.guarding.cleaning import Sentence
from portal.guarding.finding import Finding, Kind
from portal.guarding.words import COURTESY, DUTY, HOME, OFFICE

_DATE = r"(?:\d{1,2}\s?[./-]\s?\d{1,2}\s?[./-]\s?\d{4}|\d{4}-\d{2}-\d{2}|\d{1,2} thang \d{1,2} nam \d{4})"
_NOT_BORN = (
    r"(?<!ve )(?<!phat )(?<!khai )(?<!hoc )(?<!thi )(?<!tai )(?<!y )(?<!du )(?<!nay )(?<!duong )(?<!quan )"
)
_BORN = re.compile(
    rf"{_NOT_BORN}\b(?:sinh nhat[^.;\d]{{0,20}}|ngay,? (?:thang,? )?(?:nam )?sinh|sinh ngay|sinh|sn|ns|dob)\s?[:,-]?\s?"
    rf"({_DATE})(?!\s?(?:-|den)\s?\d)"
)
_BORN_IN = re.compile(
    rf"{_NOT_BORN}\b(?:sinh nam|nam sinh|sn|sinh)\s?:?\s?((?:19|20)\d\d)(?![\d./-])(?!\s?(?:-|den|–)\s?\d)"
)
_DIGITS = re.compile(r"(?<![\w./,-])\+?\d(?:[ .\-]{0,2}\d){7,15}(?![\w/])")
_INSURED = re.compile(r"\b[a-z]{2} ?-?[1-5] ?-?\d{2} ?-?\d{10}\b")
_CERTIFICATE = re.compile(
    r"\b(?:giay khai sinh|so khai sinh|trich luc khai sinh|khai sinh|gks)\s?(?:so|quyen so|quyen)?\s?:?\s?"
    r"(\d{1,6}(?:[/-](?:\d{4}|[a-z-]+))?(?:, so \d+)?)\b(?! (?:tre|chau|em|truong))"
)
_SPOKEN = re.compile(
    r"\b(?:(?:không|một|mốt|hai|ba|bốn|tư|năm|lăm|sáu|bảy|bẩy|tám|chín|linh)[ ,]+){8,}"
    r"(?:không|một|mốt|hai|ba|bốn|tư|năm|lăm|sáu|bảy|bẩy|tám|chín)\b"
)
_IDENTITY_WORDS = re.compile(r"cccd|cmnd|cmt|chung minh|can cuoc|dinh danh|ddcn")
_INSURANCE_WORDS = re.compile(r"bhyt|bhxh|bao hiem|ma the|so the")
_ACCOUNT_WORDS = re.compile(r"tai khoan|stk|chuyen khoan|ma so thue|mst\b|ma ho so|bien lai|hoa don")
_OLD_MOBILE = re.compile(r"01(?:2\d|6[2-9]|8[68]|99)\d{7}")
_FAMILY_PHONE = re.compile(
    r"\b(?:me|bo|chau|be|phu huynh|gia dinh|ba noi|ba ngoai|ong noi|ong ngoai|nha tre|chi gai|anh trai)\b"
)
#: The provinces of identity numbers: 001 to 096; the digit after says century and sex (Circular 59/2021/TT-BCA).
_LAST_PROVINCE = 96


def find_numbers(sentence: Sentence, *, about_one: bool) -> Iterator[Finding]:
    """Everything told by a number. `about_one`: the sentence names or initials a child, so a year is a birth year."""
    bare = sentence.bare
    for born in _BORN.finditer(bare):
        yield Finding(born.start(1), born.end(1), Kind.BIRTH)
    if about_one:
        for year in _BORN_IN.finditer(bare):
            yield Finding(year.start(1), year.end(1), Kind.BIRTH)
    for number in _INSURED.finditer(bare):
        yield Finding(number.start(), number.end(), Kind.INSURANCE)
    for number in _CERTIFICATE.finditer(bare):
        yield Finding(number.start(1), number.end(1), Kind.CERTIFICATE)
    for spoken in _SPOKEN.finditer(sentence.lower):
        yield Finding(spoken.start(), spoken.end(), Kind.PHONE)
    for run in _DIGITS.finditer(bare):
        kind = _kind_of(sentence, run)
        if kind is not None:
            yield Finding(run.start(), run.end(), kind)


def _kind_of(sentence: Sentence, run: re.Match[str]) -> Kind | None:
    digits = re.sub(r"\D", "", run[0])
    before = sentence.bare[max(run.start() - 45, 0) : run.start()]
    if _ACCOUNT_WORDS.search(before):
        return None
    if len(digits) in {9, 12} and _IDENTITY_WORDS.search(before):
        return Kind.IDENTITY
    if _is_identity(digits):
        return Kind.IDENTITY
    if len(digits) == 10 and _INSURANCE_WORDS.search(before):
        return Kind.INSURANCE
    return Kind.PHONE if _is_private_phone(sentence, digits) else None


def _is_identity(digits: str) -> bool:
    return len(digits) == 12 and 1 <= int(digits[:3]) <= _LAST_PROVINCE and digits[3] in "0123"


def _is_private_phone(sentence: Sentence, digits: str) -> bool:
    national = "0" + digits[2:] if digits.startswith("84") and len(digits) in {11, 12} else digits
    if not national.startswith("0") or not (_OLD_MOBILE.fullmatch(national) or _is_valid(national)):
        return False
    if _FAMILY_PHONE.search(sentence.bare) and HOME.pattern(plain=sentence.plain).search(sentence.lower):
        return True
    on_duty = any(words.pattern(plain=sentence.plain).search(sentence.lower) for words in (DUTY, OFFICE))
    adult = COURTESY.pattern(plain=sentence.plain).search(sentence.lower) is not None and on_duty
    return not (on_duty or adult or national.startswith("02"))


def _is_valid(national: str) -> bool:
    try:
        return phonenumbers.is_valid_number(phonenumbers.parse(national, "VN"))
    except phonenumbers.NumberParseException:
        return False
