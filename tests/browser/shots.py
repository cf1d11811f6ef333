"""`make shots`: a picture of every page and every letter on a desk and a phone, light and dark, on sheets of their own.

A city of its own is started for it; with SHOTS_OF the pictures are taken of one that runs already.
"""

import html
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, ViewportSize, sync_playwright

from portal.local.settings import ROOT
from tests.browser.conftest import FLAGS, chromium_path
from tests.browser.every_page import STOPS, sign_in
from tests.browser.living_city import found_living_city
from tests.browser.message_shots import picture_messages

FOLDER = ROOT / "var" / "shots"
SIZES = {"1440": ViewportSize(width=1440, height=900), "390": ViewportSize(width=390, height=844)}
THEMES = ("light", "dark")

#: The argument, and the folder, for messages alone.
_MESSAGES = "messages"

_SHEET = """<!doctype html><html lang="vi"><meta charset="utf-8"><title>Chung Tay</title>
<style>body{{font:15px/1.5 sans-serif;margin:24px;background:#eee}}
img{{width:100%;border:1px solid #999}} h2{{margin:32px 0 8px}}
.r{{display:grid;grid-template-columns:3fr 1fr 3fr 1fr;gap:8px;align-items:start}}
</style><h1>Chung Tay</h1>{rows}</html>"""
_ROW = '<h2 id="{name}">{name}</h2><div class="r">{pictures}</div>'
_PICTURE = '<a href="{file}"><img src="{file}" alt="{file}" loading="lazy"></a>'


@contextmanager
def _city() -> Iterator[str]:
    """The address of a city with the demo."""
    if address := os.environ.get("SHOTS_OF"):
        yield address.rstrip("/")
        return
    var = Path(tempfile.mkdtemp(prefix="chung-tay-shots-"))
    var.chmod(0o755)
    city = found_living_city(var)
    try:
        yield city.address
    finally:
        city.stop()
        shutil.rmtree(var, ignore_errors=True)


def picture_all(browser: Browser, city: str, only: str = "") -> list[str]:
    """Take every picture whose page's name holds `only`; the names of the pages, in order."""
    names: list[str] = []
    for who, stops in STOPS.items():
        wanted = [stop for stop in stops if only in stop.name]
        names += [stop.name for stop in wanted]
        for size, viewport in SIZES.items() if wanted else ():
            context = browser.new_context(viewport=viewport, locale="vi-VN", reduced_motion="reduce")
            page = context.new_page()
            sign_in(page, city, who)
            for theme in THEMES:
                context.add_cookies([{"name": "giao_dien", "value": theme, "url": city}])
                for stop in wanted:
                    stop.open(page, city)
                    page.screenshot(path=FOLDER / f"{stop.name}-{size}-{theme}.png", full_page=size == "390")
            context.close()
    return names


def main() -> None:
    """Take the pictures; an argument limits them to pages whose name holds it, `messages` to the messages."""
    path = chromium_path()
    if path is None:
        sys.exit("Không thấy Chromium. Trên Debian, Ubuntu: apt install chromium")
    FOLDER.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        if sys.argv[1:2] != [_MESSAGES]:
            _picture_pages(browser, *sys.argv[1:2])
        if sys.argv[1:2] in ([], [_MESSAGES]):
            count = picture_messages(browser, FOLDER / _MESSAGES)
            print(f"{count} tin: {FOLDER / _MESSAGES / 'index.html'}")
        browser.close()


def _picture_pages(browser: Browser, only: str = "") -> None:
    with _city() as city:
        names = picture_all(browser, city, only)
    (FOLDER / "index.html").write_text(_sheet(names), encoding="utf-8")
    print(f"{len(names) * len(SIZES) * len(THEMES)} ảnh: {FOLDER / 'index.html'}")


def _sheet(names: list[str]) -> str:
    rows = [
        _ROW.format(
            name=html.escape(name),
            pictures="".join(
                _PICTURE.format(file=f"{name}-{size}-{theme}.png") for theme in THEMES for size in SIZES
            ),
        )
        for name in names
    ]
    return _SHEET.format(rows="".join(rows))


if __name__ == "__main__":
    main()
