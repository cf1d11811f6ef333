"""How an input is changed: bytes anywhere, or, within a container, elements and values of one of its XML parts."""

import io
import random
import re
import zipfile
import zlib
from collections.abc import Callable

from tests.fuzz.seeds import packed

Change = Callable[[bytes, int], bytes]

_ELEMENT = re.compile(rb"<(?!/|\?)[^<>]*>")
_VALUE = re.compile(rb'"[^"<>]*"|>[^<>]+<')
_NUMBER = re.compile(rb"\d+")
#: What breaks readers of numbers, dates, spans and letters.
_ODD = tuple(
    word.encode()
    for word in (
        *(
            "",
            "0",
            "-1",
            "²",
            "٣",
            "1e400",
            "nan",
            "99999",
            "2147483648",
            "9" * 5000,
            "None",
            "true",
            "%9%0",
            "A0",
        ),
        *(
            "31/02/2026",
            "00/00/0000",
            "ngày 32 tháng 13 năm 9999",
            "từ ngày 30/6 đến ngày 1/1",
            "Quý IX",
            "25 giờ 61",
        ),
        *(
            "\u00ad",
            "e\u0323\u0302",
            "\ufffe",
            "đ)",
            "nt",
            "1.1.1.1.",
            "Giao",
            "Đề nghị",
            "|---|",
            "\t",
            "((((",
            "x" * 3000,
        ),
    )
)


def change_bytes(mutate: Change, data: bytes, most: int, dice: random.Random) -> bytes:
    """Change a number, put in an odd word, or let the fuzzer change whatever bytes it likes."""
    if dice.random() < 0.5:
        return mutate(data, most)
    found = list(_NUMBER.finditer(data))
    if found and dice.random() < 0.5:
        start, end = dice.choice(found).span()
    else:
        start = end = dice.randrange(len(data) + 1)
    return (data[:start] + dice.choice(_ODD) + data[end:])[:most]


def change_container(mutate: Change, data: bytes, most: int, dice: random.Random) -> bytes:
    """Unpack, change one part, pack again; now and then, or where it cannot be unpacked, change the bytes instead."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as opened:
            parts = {name: opened.read(name) for name in opened.namelist()}
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError, ValueError, OSError):
        return mutate(data, most)
    if not parts or dice.random() < 0.1:
        return mutate(data, most)
    name = dice.choice(list(parts))
    parts[name] = dice.choice((_move_element, _repeat, _change_value, _change_value, _nest))(
        parts[name], dice
    )
    if dice.random() < 0.1:
        parts[name] = mutate(parts[name], most)
    made = packed(parts)
    return made if len(made) <= most else data


def _change_value(part: bytes, dice: random.Random) -> bytes:
    if not (found := list(_VALUE.finditer(part))):
        return part
    start, end = dice.choice(found).span()
    other = dice.choice(found)[0][1:-1] if dice.random() < 0.3 else dice.choice(_ODD)
    return part[: start + 1] + other + part[end - 1 :]


def _move_element(part: bytes, dice: random.Random) -> bytes:
    """Put one tag, without its end, in place of another."""
    if not (found := list(_ELEMENT.finditer(part))):
        return part
    one, other = dice.choice(found), dice.choice(found)
    return (
        part[: one.start()]
        + other[0].rstrip(b"/>")
        + b"/>"
        + part[one.end() * dice.randrange(2) or one.start() :]
    )


def _span(part: bytes, dice: random.Random) -> tuple[int, int]:
    """Where some element stands, from its tag to the next end of the same name."""
    if not (found := list(_ELEMENT.finditer(part))):
        return 0, 0
    tag = dice.choice(found)
    name = re.split(rb"[\s/>]", tag[0][1:])[0]
    end = part.find(b"</" + name + b">", tag.end())
    return (tag.start(), end + len(name) + 3) if end >= 0 else tag.span()


def _repeat(part: bytes, dice: random.Random) -> bytes:
    start, end = _span(part, dice)
    place = (
        start if dice.random() < 0.5 else dice.choice([0, *(tag.end() for tag in _ELEMENT.finditer(part))])
    )
    return part[:place] + part[start:end] * dice.choice((0, 1, 2, 8)) + part[place:]


def _nest(part: bytes, dice: random.Random) -> bytes:
    """Put an element within itself, many times over."""
    start, end = _span(part, dice)
    inner = part[start:end]
    if (place := inner.find(b">") + 1) == len(inner) or inner.endswith(b"/>"):
        return part
    for _ in range(dice.choice((1, 3, 20))):
        inner = inner[:place] + inner + inner[place:] if len(inner) < 20_000 else inner
    return part[:start] + inner + part[end:]
