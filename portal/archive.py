"""A ZIP container (docx, xlsx, odt) checked before any parser sees it: size, ratio, names, overlap, encryption."""

import io
import stat
import zipfile
import zlib
from collections.abc import Callable

MIB = 1024 * 1024
MOST_PARTS = 2_000
MOST_PART_BYTES = 32 * MIB
MOST_TOTAL_BYTES = 96 * MIB
MOST_RATIO = 200
RATIO_FROM = 1 * MIB
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_LOCAL_HEADER = b"PK\x03\x04"
_ENCRYPTED = 0x1


class Archive:
    """A container that passed the preflight; `read` counts the real bytes again while unpacking."""

    def __init__(self, data: bytes, unfit: Callable[[str], Exception]) -> None:
        """Check `data`; raises `unfit(code)` with mismatched_type, broken, bomb, unsafe or encrypted."""
        self._unfit = unfit
        if not data.startswith(_LOCAL_HEADER):
            raise self._unfit("mismatched_type")
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
            raise self._unfit("broken") from error
        self._parts = {info.filename: info for info in self._zip.infolist()}
        self._unpacked = 0
        self._check(self._zip.infolist())

    def __contains__(self, name: str) -> bool:
        return name in self._parts

    def names(self) -> list[str]:
        """Return the names of all parts."""
        return list(self._parts)

    def read(self, name: str) -> bytes:
        """Return one part unpacked; raises `unfit(code)` when it is absent, broken or larger than it said."""
        info = self._parts.get(name)
        if info is None:
            raise self._unfit("broken")
        try:
            with self._zip.open(info) as part:
                content = part.read(info.file_size + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, ValueError) as error:
            raise self._unfit("broken") from error
        self._unpacked += len(content)
        if len(content) > info.file_size or self._unpacked > MOST_TOTAL_BYTES:
            raise self._unfit("bomb")
        return content

    def _check(self, infos: list[zipfile.ZipInfo]) -> None:
        if len(infos) > MOST_PARTS or sum(info.file_size for info in infos) > MOST_TOTAL_BYTES:
            raise self._unfit("bomb")
        if len(self._parts) != len(infos):
            raise self._unfit("unsafe")
        for wrong in (*map(_wrong_with, infos), _overlapping(infos)):
            if wrong:
                raise self._unfit(wrong)


def _wrong_with(info: zipfile.ZipInfo) -> str:
    """Why a part is not to be unpacked, or nothing."""
    if info.flag_bits & _ENCRYPTED:
        return "encrypted"
    parts = info.filename.replace("\\", "/").split("/")
    if ".." in parts or info.filename.startswith(("/", "\\")) or stat.S_ISLNK(info.external_attr >> 16):
        return "unsafe"
    too_dense = info.file_size > RATIO_FROM and info.file_size > MOST_RATIO * max(info.compress_size, 1)
    if info.compress_type not in _METHODS or info.file_size > MOST_PART_BYTES or too_dense:
        return "bomb"
    return ""


def _overlapping(infos: list[zipfile.ZipInfo]) -> str:
    end = 0
    for info in sorted(infos, key=lambda part: part.header_offset):
        if info.header_offset < end:
            return "bomb"
        end = info.header_offset + 30 + len(info.filename.encode()) + info.compress_size
    return ""
