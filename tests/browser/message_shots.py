"""`make shots`: every kind of message as files, in both languages: text, page, pictures, cost of a text, documents."""

import html
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import Flask
from playwright.sync_api import Browser, ViewportSize

from portal.app import create_app
from tests.cast import Cast, gather
from tests.city import found_city
from tests.messages.every_message import LANGUAGES, every_message
from tests.messages.message import Message
from tests.messages.people import publish_late_work

_SIZES = {"desk": ViewportSize(width=760, height=500), "390": ViewportSize(width=390, height=500)}

_SHEET = """<!doctype html><html lang="vi"><meta charset="utf-8"><title>Chung Tay</title>
<style>body{{font:15px/1.5 sans-serif;margin:24px;background:#eee}}img{{max-width:100%;border:1px solid #999}}
pre{{white-space:pre-wrap;background:#fff;padding:12px;margin:0}}h2{{margin:32px 0 8px}}td{{padding:4px 12px 4px 0}}
.r{{display:grid;grid-template-columns:2fr 2fr 1fr 2fr 1fr;gap:8px;align-items:start}}
</style><h1>Chung Tay</h1>{letters}<h2>SMS</h2><table>{texts}</table></html>"""
_LETTER = '<h2>{name}</h2><p><b>{subject}</b> · {size} B</p><div class="r"><pre>{text}</pre>{pictures}</div>'
_TEXT = "<tr><td>{name}</td><td>{text}</td><td>{letters}</td><td>{segments}</td></tr>"


def picture_messages(browser: Browser, folder: Path) -> int:
    """Write all messages and take the letters' pictures. Returns how many messages there are."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    with _a_ward() as (app, cast):
        for language in LANGUAGES:
            written += [(f"{one.name}-{language}", one) for one in every_message(app, cast, language)]
    for name, message in written:
        _write(folder, name, message)
    _take_pictures(browser, folder, [name for name, message in written if message.html])
    (folder / "index.html").write_text(_sheet(written), encoding="utf-8")
    return len(written)


@contextmanager
def _a_ward() -> Iterator[tuple[Flask, Cast]]:
    city = found_city()
    try:
        app = create_app(city.settings())
        cast = gather(app)
        publish_late_work(app, cast)
        yield app, cast
    finally:
        city.end()


def _write(folder: Path, name: str, message: Message) -> None:
    (folder / f"{name}.txt").write_text(message.text, encoding="utf-8")
    if message.html:
        (folder / f"{name}.html").write_text(message.html, encoding="utf-8")
    if message.file:
        (folder / f"{name}.docx").write_bytes(message.file)


def _take_pictures(browser: Browser, folder: Path, names: Iterable[str]) -> None:
    for size, viewport in _SIZES.items():
        context = browser.new_context(viewport=viewport)
        page = context.new_page()
        for name in names:
            page.goto((folder / f"{name}.html").as_uri())
            page.emulate_media(color_scheme="light")
            page.screenshot(path=folder / f"{name}-{size}-light.png", full_page=True)
            page.emulate_media(color_scheme="dark")
            page.screenshot(path=folder / f"{name}-{size}-dark.png", full_page=True)
        context.close()


def _sheet(written: list[tuple[str, Message]]) -> str:
    return _SHEET.format(
        letters="".join(_letter(name, one) for name, one in written if one.size is None),
        texts="".join(
            _TEXT.format(
                name=name,
                text=html.escape(one.text),
                letters=one.size.letters,
                segments=one.size.segments,
            )
            for name, one in written
            if one.size
        ),
    )


def _letter(name: str, message: Message) -> str:
    files = [f"{name}-{size}-{theme}.png" for theme in ("light", "dark") for size in _SIZES]
    return _LETTER.format(
        name=name,
        subject=html.escape(message.subject),
        size=len(message.html.encode()),
        text=html.escape(message.text),
        pictures="".join(f'<a href="{file}"><img src="{file}" alt="{file}"></a>' for file in files)
        if message.html
        else "",
    )
