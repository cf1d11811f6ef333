"""Rich Text (.rtf) to plain text: words, paragraph ends, table cells; everything else is left out."""

import re

from portal.plans.reading.unreadable import UnreadablePlan
from portal.text import nfc

_TOKEN = re.compile(
    r"\\([a-zA-Z]+)(?:(-?\d{1,9})\d*)? ?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z])|([{}])|[\r\n]+|([^\\{}\r\n]+)"
)
_HIDDEN = {
    "fonttbl", "colortbl", "stylesheet", "info", "pict", "object", "header", "footer", "headerf", "footerf",
    "listtable", "listoverridetable", "generator", "themedata", "latentstyles", "datastore", "xmlnstbl",
    "rsidtbl", "fldinst", "footnote", "annotation", "pnseclvl", "shppict", "nonshppict", "mmathPr",
}  # fmt: skip
_SPOKEN = {
    "par": "\n", "line": "\n", "sect": "\n", "page": "\n", "row": "\n", "cell": "\t", "tab": " ", "emdash": "—",
    "endash": "–", "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”", "bullet": "•",
}  # fmt: skip
_DEEPEST = 200


def text_of_rtf(data: bytes) -> str:
    """Return the text of an .rtf; raises UnreadablePlan("broken") when groups nest too deep."""
    words: list[str] = []
    stack: list[tuple[bool, int]] = []
    hidden, skip, pending = False, 1, 0
    for match in _TOKEN.finditer(data.decode("latin-1")):
        word, number, code, sign, brace, text = match.groups()
        if brace == "{":
            stack.append((hidden, skip))
            if len(stack) > _DEEPEST:
                raise UnreadablePlan("broken")
        elif brace == "}":
            hidden, skip = stack.pop() if stack else (False, 1)
        elif word in _HIDDEN or sign == "*":
            hidden = True
        elif word == "uc" and number:
            skip = int(number)
        elif hidden:
            continue
        elif word == "u" and number:
            words.append(chr(int(number) % 65536))
            pending = skip
        elif code or text:
            said, pending = _said(code, text, pending)
            words.append(said)
        elif word in _SPOKEN or sign:
            words.append(
                _SPOKEN.get(
                    word or "", {"~": " ", "_": "-"}.get(sign or "", sign if sign in ("{", "}", "\\") else "")
                )
            )
    return nfc(_with_surrogates("".join(words)))


def _said(code: str | None, text: str | None, pending: int) -> tuple[str, int]:
    """Return the characters of a piece without the `pending` stand-ins that follow a Unicode character."""
    if code:
        return ("", pending - 1) if pending else (bytes.fromhex(code).decode("cp1258", errors="replace"), 0)
    return (text or "")[pending:], max(pending - len(text or ""), 0)


def _with_surrogates(text: str) -> str:
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
