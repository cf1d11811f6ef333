"""Numbers as people type them here: a comma before decimals, a dot or a blank between thousands."""

import re
import unicodedata

_WHOLE = re.compile(r"\d{1,3}(?:[. ]\d{3})+|\d{1,12}")
_DECIMAL = re.compile(rf"(?P<whole>{_WHOLE.pattern}),(?P<part>\d{{1,4}})")


def parse_number(text: str) -> float:
    """The number `text` says: 1204, 1.204, 1 204, 12,5. Raises ValueError otherwise, also for 12.5 and below zero.

    A dot parts thousands (domain.md h), so 12.5 is neither 12 nor 125 and is asked back.
    """
    typed = unicodedata.normalize("NFKC", text).strip()
    if _WHOLE.fullmatch(typed):
        return float(re.sub(r"[. ]", "", typed))
    found = _DECIMAL.fullmatch(typed)
    if found is None:
        raise ValueError(f"not a number: {text!r}")
    return float(f"{re.sub(r'[. ]', '', found['whole'])}.{found['part']}")
