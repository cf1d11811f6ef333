"""What the browser gets from others is copied, drawn and named by its content."""

import hashlib
import json
import re
from pathlib import Path

import pytest

from portal.local.assets import COPIED, JOINED, MANIFEST, ROOT, build
from portal.local.icons import UnknownIcon, icons_named_in

NODE_MODULES = ROOT / "node_modules"
needs_packages = pytest.mark.skipif(
    not NODE_MODULES.is_dir(), reason="the npm packages are not installed: make assets"
)


@needs_packages
def test_each_file_is_listed_with_the_hash_of_its_content(tmp_path: Path) -> None:
    manifest = build(NODE_MODULES, tmp_path / "vendor", ROOT / "portal")
    assert set(manifest) == {*COPIED, *JOINED, "icons.svg", "LICENSES.txt"}
    assert manifest == json.loads((tmp_path / "vendor" / MANIFEST).read_text())
    for name, digest in manifest.items():
        content = (tmp_path / "vendor" / name).read_bytes()
        assert digest == hashlib.sha256(content).hexdigest()[:12]


@needs_packages
def test_what_every_page_needs_is_joined_and_points_to_what_stands_beside_it(tmp_path: Path) -> None:
    build(NODE_MODULES, tmp_path / "vendor", ROOT / "portal")
    styles, script = ((tmp_path / "vendor" / f"everyday.{kind}").read_text() for kind in ("css", "js"))
    assert set(re.findall(r"url\(([^)\"]+)\)", styles)) <= set(COPIED)
    for text, kind in ((styles, ".css"), (script, ".js")):
        own = [part for part in JOINED[f"everyday{kind}"] if not part.startswith("vendor/")]
        places = [text.index((ROOT / "portal" / "static" / part).read_text()[-200:]) for part in own[1:]]
        assert places == sorted(places)


@needs_packages
def test_the_sprite_has_the_icons_that_templates_and_modules_name_and_no_other(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text("""<p>{{ icon('bell') }} {{ icon("circle-plus", 'big') }}</p>""")
    (tmp_path / "card.py").write_text('_ICONS = {"done": "circle-check", "late": "alert-triangle"}')
    (tmp_path / "other.py").write_text('COLOURS = {"hourglass": "blue"}')
    build(NODE_MODULES, tmp_path / "vendor", tmp_path)
    drawn = set(re.findall(r'id="([^"]+)"', (tmp_path / "vendor" / "icons.svg").read_text()))
    assert drawn == {"i-bell", "i-circle-plus", "i-circle-check", "i-alert-triangle"}


def test_an_icon_that_does_not_exist_is_refused_with_the_file_that_names_it(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text("{{ icon('no-such-thing') }}")
    with pytest.raises(UnknownIcon, match=r"page\.html.*no-such-thing"):
        icons_named_in(tmp_path, {})


def test_the_lock_file_holds_hashes_and_names_no_host_to_fetch_from() -> None:
    lock = json.loads((ROOT / "package-lock.json").read_text())
    packages = [entry for name, entry in lock["packages"].items() if name]
    assert packages
    assert all("integrity" in entry and "resolved" not in entry for entry in packages)
