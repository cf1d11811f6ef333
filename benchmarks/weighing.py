"""What a board weighs: statements, bytes, DOM nodes, and everything a first visit fetches. Counted, not timed."""

import gzip
import re
import uuid
from collections.abc import Iterator
from pathlib import Path

from lxml import html

from benchmarks.boards import Board
from benchmarks.figure import Figure
from benchmarks.stage import Stage
from tests.cast import Browser
from tests.statements import counted_statements

#: performance.md: statements of the board's page and of an act, kB of the page by its cards, DOM nodes of a card,
#: kB of JavaScript and of everything on a first visit.
STATEMENTS, ACT_STATEMENTS = 12, 12
PAGE_KILOBYTES = {60: 12.0, 500: 45.0}
NODES, SCRIPTS, FIRST_VISIT = 14, 60.0, 250.0

_STATIC = Path(__file__).resolve().parent.parent / "portal" / "static"
_COMPRESSED_ALREADY = {".woff2", ".png", ".jpg", ".webp"}


def measure(stage: Stage) -> Iterator[Figure]:
    """Of both boards; bytes are compressed here, the same way for the floor."""
    yield from _statements(stage)
    for size, board in stage.boards.items():
        ours, floor = stage.ours.get(board.address), stage.floor.get(board.address)
        yield Figure(f"board, {size} cards, gzip", _zipped(ours), "kB", PAGE_KILOBYTES[size])
        yield Figure(f"board, {size} cards, gzip, of the floor", _zipped(floor), "kB")
        yield Figure(f"board, {size} cards, DOM nodes a drawn card", _nodes_of_a_card(ours), "", NODES)
    yield from _first_visit(stage.ours.get(stage.boards[60].address))


def _statements(stage: Stage) -> Iterator[Figure]:
    browser = stage.browser()
    browser.token()
    for size, board in stage.boards.items():
        for view in ("first view", "seen again"):
            with counted_statements(stage.app) as seen:
                browser.get(board.address)
            yield Figure(f"statements: board, {size} cards, {view}", len(seen), "", STATEMENTS)
        yield Figure(
            f"statements: board, {size} cards, asks by itself", _asked_again(stage, browser, board), "", 0
        )
    board = stage.boards[60]
    for act, (address, fields) in _acts(board).items():
        with counted_statements(stage.app) as seen:
            answer = browser.post(address, htmx=True, **fields)
        assert answer.status_code == 200, answer.text
        yield Figure(f"statements: {act}", len(seen), "", ACT_STATEMENTS)


def _asked_again(stage: Stage, browser: Browser, board: Board) -> int:
    page = browser.get(board.address).text
    ticket = re.findall(r'data-live="([^"]+)"', page)[0]
    with counted_statements(stage.app) as seen:
        answer = browser.get(board.address, If_None_Match=f'"{ticket}"', HX_Request="true")
    assert answer.status_code == 304, answer.status
    return len(seen)


def _acts(board: Board) -> dict[str, tuple[str, dict[str, str]]]:
    number = board.waiting[0]
    return {
        "move a card": (board.card(number, "state"), {"state": "doing", "from": "board"}),
        "comment": (board.card(number, "comments"), {"text": "Đã liên hệ trường."}),
        "create a card": (f"/w/{board.slug}/cards", {"title": "Việc thêm tay", "key": str(uuid.uuid4())}),
    }


def _zipped(text: str | bytes) -> float:
    return len(gzip.compress(text.encode() if isinstance(text, str) else text, 6)) / 1000


def _nodes_of_a_card(page: str) -> float:
    cards = html.fromstring(page).xpath('//article[starts-with(@id, "card-")]')
    return sum(sum(1 for _ in card.iter()) for card in cards) / len(cards)


def _first_visit(page: str) -> Iterator[Figure]:
    """Everything the page and its style sheets name: an upper bound, a browser leaves out fonts it needs not."""
    named = set(re.findall(r'(?:href|src)="/static/([^"?#]+)', page))
    for sheet in [name for name in named if name.endswith(".css")]:
        inside = re.findall(r"url\([\"']?(?!data:)([^\"')?#]+)", (_STATIC / sheet).read_text())
        named |= {
            str((_STATIC / sheet).parent.joinpath(name).resolve().relative_to(_STATIC)) for name in inside
        }
    weights = {name: _weight(_STATIC / name) for name in named}
    scripts = sum(weight for name, weight in weights.items() if name.endswith(".js"))
    yield Figure("first visit: JavaScript, gzip", scripts, "kB", SCRIPTS)
    yield Figure("first visit: everything, gzip", sum(weights.values()) + _zipped(page), "kB", FIRST_VISIT)


def _weight(path: Path) -> float:
    data = path.read_bytes()
    return len(data) / 1000 if path.suffix in _COMPRESSED_ALREADY else _zipped(data)
