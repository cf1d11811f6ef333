"""Lists of agencies in running words: "Đoàn Thanh niên phường, Hội Phụ nữ và các trường học"."""

import re
from dataclasses import dataclass

from portal.plans.reading.agencies.groups import SEPARATORS, gathered
from portal.plans.reading.agencies.names import agency_at, opens_agency
from portal.plans.reading.agencies.tokens import Token, tokens_of
from portal.plans.reading.agencies.wording import opens_with
from portal.plans.reading.damage.accents import with_key_accents
from portal.plans.reading.duty import AgencyRef

_LONGEST_LIST = 800
_TOGETHER = re.compile(
    r"(?i)(?:chủ trì,?\s*)?phối (?:kết )?hợp(?: chặt chẽ)?(?: với| cùng)?(?: các (?=phòng))?\s+"
)


@dataclass(frozen=True)
class AgencyList:
    """Agencies read from `start` to `end` of a text; `known` says that every name is in the catalogue."""

    agencies: tuple[AgencyRef, ...]
    start: int
    end: int
    known: bool


def agencies_at(text: str, start: int = 0, *, guess: bool = True) -> AgencyList | None:
    """Return the agencies named from `start` on, or None; `guess` accepts names outside the catalogue."""
    tokens = tokens_of(text, start, start + _LONGEST_LIST)
    position = 0
    found: list[tuple[AgencyRef, bool]] = []
    end = start
    while (step := agency_at(text, tokens, position, guess)) is not None:
        ref, known, after = step
        found.append((ref, known))
        end = tokens[after - 1].end
        position = _after_separator(tokens, after)
        if position == after:
            break
    if not found:
        return None
    refs = tuple({(ref.code, ref.name): ref for ref, _ in found}.values())
    return AgencyList(gathered(refs), start, end, all(known for _, known in found))


def _after_separator(tokens: list[Token], start: int) -> int:
    """Return where the next agency of the list starts, or `start` when the list is over."""
    position = start
    while position < len(tokens) and tokens[position].plain in SEPARATORS:
        position += 1
    return position if position > start and opens_agency(tokens, position) else start


def after_support(text: str) -> str:
    """Return a duty's words without "Chủ trì, phối hợp với X, Y" where a verb follows the names."""
    together = _TOGETHER.match(text)
    agencies = agencies_at(text, together.end()) if together else None
    if agencies is None:
        return text
    rest = text[agencies.end :].strip(" ,;")
    return rest if opens_with([token.spelt for token in tokens_of(rest[:60])][:4]) == "verb" else text


def supporting_in(text: str) -> tuple[AgencyRef, ...]:
    """Return the agencies that "phối hợp với …" names anywhere in `text`."""
    found: list[AgencyRef] = []
    text = with_key_accents(text)
    for match in re.finditer(
        r"(?i)ph[ốo]i (?:k[ếe]t )?h[ợo]p(?: ch[ặa]t ch[ẽe])?(?: v[ớo]i| c[ùu]ng)?\s+", text
    ):
        if agencies := agencies_at(text, match.end()):
            found += agencies.agencies
    return tuple({(ref.code, ref.name): ref for ref in found}.values())
