"""A file somebody adds: its name, and what a photo says beside the picture, read like any other words."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

from PIL import ExifTags, Image, ImageFile, IptcImagePlugin, UnidentifiedImageError

from portal import files
from portal.guarding.finding import Kind
from portal.guarding.known import known_people
from portal.guarding.reading import mask, read, read_file_name

#: Where cameras and programs keep what people write about a photo. The XP tags are Windows', in UTF-16.
_CAPTIONS = (ExifTags.Base.ImageDescription, ExifTags.Base.Copyright)
_WINDOWS = (
    ExifTags.Base.XPTitle,
    ExifTags.Base.XPComment,
    ExifTags.Base.XPKeywords,
    ExifTags.Base.XPSubject,
)
_COMMENT_PREFIX = 8  # UserComment begins with the name of its encoding
_LONGEST = 4000


@dataclass(frozen=True)
class CheckedUpload:
    """`name`: masked where it told who a child is; `told`: what its own name and the photo's captions told."""

    name: str
    told: tuple[Kind, ...]


def check_upload(stream: IO[bytes], filename: str) -> CheckedUpload:
    """Read a file's name and captions. The stream is left at its beginning; captions go when the photo is stored."""
    named = read_file_name(files.shown_name(filename))
    suspect = [named, *(read(caption) for caption in _captions(stream))]
    if not any(one.findings for one in suspect):
        return CheckedUpload(named.text, ())
    known = known_people()
    cleared = [known.unsaid(one) for one in suspect]
    kinds = dict.fromkeys(finding.kind for one in cleared for finding in one.findings)
    return CheckedUpload(mask(cleared[0]), tuple(kinds))


def _captions(stream: IO[bytes]) -> list[str]:
    try:
        with Image.open(stream) as picture:
            return [text[:_LONGEST] for text in _written_on(picture) if text.strip("\0 ")]
    except (
        UnidentifiedImageError,
        OSError,
        SyntaxError,
        ValueError,
        TypeError,
        Image.DecompressionBombError,
    ):
        return []  # no picture, or one that is refused when it is stored
    finally:
        stream.seek(0)


def _written_on(picture: ImageFile.ImageFile) -> Iterator[str]:
    exif = picture.getexif()
    yield from (_mended(str(exif[tag])) for tag in _CAPTIONS if tag in exif)
    yield from (bytes(exif[tag]).decode("utf-16-le", "ignore") for tag in _WINDOWS if tag in exif)
    comment = exif.get_ifd(ExifTags.IFD.Exif).get(ExifTags.Base.UserComment)
    if isinstance(comment, bytes):
        encoding = "utf-16" if comment.startswith(b"UNICODE") else "utf-8"
        yield comment[_COMMENT_PREFIX:].decode(encoding, "ignore")
    for press in (IptcImagePlugin.getiptcinfo(picture) or {}).values():
        yield from (one.decode("utf-8", "ignore") for one in (press if isinstance(press, list) else [press]))
    for beside in picture.info.values():
        if isinstance(beside, bytes | str):
            yield _mended(beside) if isinstance(beside, str) else beside.decode("utf-8", "ignore")


def _mended(text: str) -> str:
    """UTF-8 that was read byte by byte, as the tag's type says and no camera does."""
    try:
        return text.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return text
