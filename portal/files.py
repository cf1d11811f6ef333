"""Files people send: kept outside the web root under a random name, written whole or not at all."""

import hashlib
import os
import secrets
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePath
from typing import IO, BinaryIO

from flask import Response, current_app, send_file
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from portal.db import unless_kept
from portal.errors import NotFound, Refused

#: The largest file anybody may send, in bytes (security.md C40).
MAX_BYTES = 20 * 1024 * 1024

_BLOCK = 256 * 1024
_NAME_LENGTH = 120


@dataclass(frozen=True)
class StoredFile:
    """A file on disk: its random name, its size in bytes, the hex digest of its bytes."""

    name: str
    size: int
    sha256: str


def store(
    owner: int | str, source: IO[bytes] | bytes, limit: int = MAX_BYTES, *, kept_with: Session | None = None
) -> StoredFile:
    """Keep the bytes of `source` for a ward (its id) or an office (its shelf); all on disk when this returns.

    `kept_with`: the session in which a row will name the file; when that is not committed, the file goes again.
    Raises Refused (413) when there are more than `limit`, and then leaves nothing behind.
    """
    folder = _folder(owner)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    name = secrets.token_hex(24)
    unfinished = folder / f".{name}"
    try:
        size, digest = _write(unfinished, source, limit)
        unfinished.rename(folder / name)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise
    _sync_folder(folder)
    if kept_with is not None:
        unless_kept(kept_with, lambda: (folder / name).unlink(missing_ok=True))
    return StoredFile(name, size, digest)


def open_stored(owner: int | str, name: str) -> BinaryIO:
    """The bytes of a stored file. Raises NotFound when its owner has no file of that name."""
    try:
        return _path(owner, name).open("rb")
    except FileNotFoundError:
        raise NotFound from None


def delete(owner: int | str, name: str) -> None:
    """Remove a stored file; one that is gone already is no fault."""
    _path(owner, name).unlink(missing_ok=True)


def stored_before(owner: int | str, moment: datetime) -> set[str]:
    """The names of everything its owner keeps that was last written before a moment, unfinished files too."""
    folder = _folder(owner)
    if not folder.is_dir():
        return set()
    return {path.name for path in folder.iterdir() if path.is_file() and _written(path) < moment}


def delete_leftover(owner: int | str, name: str) -> None:
    """Remove a file that `stored_before` named; one that is gone already is no fault."""
    (_folder(owner) / PurePath(name).name).unlink(missing_ok=True)


def _written(path: Path) -> datetime:
    return datetime.fromtimestamp(path.stat().st_mtime, UTC)


def as_attachment(owner: int | str, name: str, filename: str, media_type: str) -> Response:
    """A download of a stored file that no browser runs or shows in the page (security.md C47).

    The caller has checked the permission. Raises NotFound.
    """
    return as_download(open_stored(owner, name), filename, media_type)


def as_download(content: BinaryIO, filename: str, media_type: str) -> Response:
    """These bytes as a download that no browser runs or shows in the page (security.md C47)."""
    response = send_file(content, mimetype=media_type, as_attachment=True, download_name=filename, max_age=0)
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response.headers["Cache-Control"] = "no-store"
    return response


def shown_name(filename: str | None) -> str:
    """A file's own name as people may see it: NFC, one line, no control or direction characters, 120 characters."""
    last = unicodedata.normalize("NFC", filename or "").replace("\\", "/").rsplit("/", 1)[-1]
    visible = "".join(
        char for char in last if unicodedata.category(char) not in {"Cc", "Cf", "Cs", "Co", "Cn"}
    )
    visible = " ".join(visible.split())
    if len(visible) <= _NAME_LENGTH:
        return visible
    stem, dot, ending = visible.rpartition(".")
    ending = f"{dot}{ending}" if stem and len(ending) <= 8 else ""
    return visible[: _NAME_LENGTH - len(ending)] + ending


def _write(path: Path, source: IO[bytes] | bytes, limit: int) -> tuple[int, str]:
    digest, size = hashlib.sha256(), 0
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as target:
        for block in _blocks(source):
            size += len(block)
            if size > limit:
                raise Refused(
                    _("Tệp quá lớn. Chọn tệp nhỏ hơn %(size)s MB.", size=limit // 2**20), status=413
                )
            digest.update(block)
            target.write(block)
        target.flush()
        os.fsync(target.fileno())
    return size, digest.hexdigest()


def _blocks(source: IO[bytes] | bytes) -> Iterator[bytes]:
    if isinstance(source, bytes):
        yield source
        return
    while block := source.read(_BLOCK):
        yield block


def _sync_folder(folder: Path) -> None:
    """A rename survives a power cut only once its folder is on disk too."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _folder(owner: int | str) -> Path:
    root: Path = current_app.config["PORTAL"].files_dir
    return root / str(owner)


def _path(owner: int | str, name: str) -> Path:
    """Only names that `store` gave out lead anywhere: a hidden, empty or travelling one is not there."""
    if not name.isalnum():
        raise NotFound
    return _folder(owner) / name
