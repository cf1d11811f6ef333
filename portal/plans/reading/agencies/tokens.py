"""Words with their places, and the names of the agency kinds as word sequences."""

import re
from dataclasses import dataclass
from functools import cache

from portal.tenants.catalogue import AGENCY_KINDS
from portal.text import nfc, spelling, unmarked

_TOKEN = re.compile(r"[đĐ]/c\b|\w+|[^\w\s]")
_BRIDGES = {"-", "–", "—", "&", ",", ".", "va", "/"}
# "trường" (school) and "trưởng" (head), "ban" (board) and "bản" (village) differ by a mark only, and both open names.
_NEVER_CONFUSED = {"truong": ("ở", "trưởng"), "ban": ("ả", "bản")}


@dataclass(frozen=True)
class Token:
    """One word or sign: as written, in common spelling, without accents, and where it stands."""

    word: str
    spelt: str
    plain: str
    start: int
    end: int

    @property
    def capital(self) -> bool:
        """Whether it starts with a capital letter."""
        return self.word[:1].isupper()


def tokens_of(text: str, start: int = 0, end: int | None = None) -> list[Token]:
    """Return the words and signs of text[start:end], with their places in `text`."""
    return [
        Token(match[0], spelling(match[0]), unmarked(match[0]), *match.span())
        for match in _TOKEN.finditer(text, start, len(text) if end is None else end)
    ]


class _Node:
    def __init__(self) -> None:
        self.children: dict[str, _Node] = {}
        self.code: str | None = None


@cache
def _lexicon() -> _Node:
    root = _Node()
    for kind in AGENCY_KINDS.values():
        for name in kind.names:
            node = root
            for token in tokens_of(nfc(name)):
                if token.plain not in _BRIDGES:
                    node = node.children.setdefault(_key(token), _Node())
            node.code = node.code or kind.code
    return root


def known_name_at(tokens: list[Token], start: int) -> tuple[str, int] | None:
    """Return (kind code, position after it) of the longest known agency name that starts at `start`."""
    node, best, position = _lexicon(), None, start
    while position < len(tokens):
        token = tokens[position]
        if (child := node.children.get(_key(token))) is not None:
            node, position = child, position + 1
            best = (node.code, position) if node.code else best
        elif position > start and token.plain in _BRIDGES:
            position += 1
        else:
            break
    return best


def _key(token: Token) -> str:
    mark, other = _NEVER_CONFUSED.get(token.plain, ("", ""))
    return other if mark and mark in token.spelt else token.plain
