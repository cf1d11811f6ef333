"""Which indicators are sensitive: where one case in a ward would tell everybody who it is.

Abuse and violence, HIV, offenders and drugs, child labour, trafficking, child marriage, abandonment
(domain.md f: counts under 5 of abuse, HIV, offenders are suppressed above the ward).
"""

import re

from portal.text import fold

_MARKS = re.compile(
    r"\b(?:xam hai|bao luc|bao hanh|nguoc dai|bo mac|bo roi|mua ban|bat coc|boc lot|hiv|aids|ma tuy|nghien hut|"
    r"vi pham phap luat|lam trai phap luat|pham toi|toi pham|giao duong|lao dong tre em|tre em lao dong|"
    r"tre em phai lao dong|lao dong som|lao dong trai|lao dong nang|kiem song|tao hon|hon nhan can huyet|"
    r"mang thai|mo coi)\b"
)


def is_sensitive(text: str) -> bool:
    """Whether the words of a target speak of something that a small number would give away."""
    return bool(_MARKS.search(fold(text)))
