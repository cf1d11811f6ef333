"""Who signed a document, with which title and on whose behalf."""

import re

from portal.text import CAPITALS

_AUTHORITY = re.compile(r"(?i)^(?:t\.?/?m|k\.?t|t\.?l|t\.?u\.?q|q)\s*[./]")
_TITLE_OF_PERSON = re.compile(
    r"(?i)^(?:phó |quyền |q\. ?)?(?:chủ tịch|bí thư|trưởng|chánh|giám đốc|chủ nhiệm|phó trưởng)"
)
_PERSON = re.compile(rf"^(?:(?:Ths|ThS|TS|BS|CN|Đ/c)\.?\s+)?[{CAPITALS}]\w*(?:\s+[{CAPITALS}]\w*){{1,5}}$")


def signature_in(lines: list[str]) -> tuple[str | None, str | None, str | None]:
    """Return (signer, own title, authority) from the lines of the signature block."""
    authority = [line for line in lines if _AUTHORITY.match(line)]
    titles = [line for line in lines if _TITLE_OF_PERSON.match(line) and line not in authority]
    people = [line for line in lines if _PERSON.match(line) and not line.isupper() and line not in titles]
    own_title = titles[-1] if titles else None
    if own_title is None and authority:
        own_title = re.sub(_AUTHORITY, "", authority[-1]).strip() or None
    return people[-1] if people else None, own_title, "; ".join(authority) or None
