"""What kind of document it is and what it is called: title lines, or the subject of an official letter."""

import re

from portal.text import fold, normalise_spaces

_DOC_TYPES = (
    "Kế hoạch",
    "Quyết định",
    "Chương trình",
    "Phương án",
    "Đề án",
    "Hướng dẫn",
    "Thông báo",
    "Nghị quyết",
    "Chỉ thị",
)
_SUBJECT = re.compile(r"(?i)(?:v/v|về việc)\s*:?\s*")


def title_words(titles: list[str]) -> list[str]:
    """The lines of the title; of a decision with a plan annexed, those of the plan."""
    known = {fold(doc_type) for doc_type in _DOC_TYPES}
    plan = max((n for n, line in enumerate(titles) if fold(line) == "ke hoach"), default=0)
    return [line for line in titles[plan:] if fold(line) not in known and not line.startswith("(")]


def subject_in(header: list[str]) -> str | None:
    """The subject of an official letter: "V/v …", which may run over several lines."""
    for position, line in enumerate(header):
        if match := _SUBJECT.match(line):
            following = [text for text in header[position + 1 : position + 3] if text[:1].islower()]
            return normalise_spaces(" ".join([line[match.end() :], *following])).rstrip(" .")
    return None


def doc_type_of(titles: list[str], number: re.Match[str] | None) -> str | None:
    """Return the kind of document its title names, else the one its symbol stands for."""
    for line in titles:
        for doc_type in _DOC_TYPES:
            if fold(line).startswith(fold(doc_type)):
                return doc_type
    symbols = {"KH": "Kế hoạch", "QĐ": "Quyết định", "CTr": "Chương trình", "UBND": "Công văn"}
    symbol = re.split(r"[-/]", number["symbol"])[0] if number else ""
    return symbols.get(symbol)
