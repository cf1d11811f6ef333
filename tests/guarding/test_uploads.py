"""A file's name and a photo's captions are words, too: masked, taken off, and the person is told."""

import io

import pytest
from PIL import ExifTags, Image, PngImagePlugin

from portal.guarding.uploads import check_upload
from tests.cards import CardMaker
from tests.cast import Browser
from tests.city import Snapshot
from tests.tasks.pictures import PDF

NAMED = "Cháu Nguyễn Văn An ở trạm y tế"


def _photo(format: str = "JPEG", **extra: object) -> io.BytesIO:
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "white").save(out, format, **extra)
    out.seek(0)
    return out


def _exif(tag: int, value: object) -> Image.Exif:
    exif = Image.Exif()
    exif[tag] = value
    return exif


def _in_exif(value: bytes) -> Image.Exif:
    exif = Image.Exif()
    exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.UserComment] = value
    return exif


def _png_text() -> PngImagePlugin.PngInfo:
    info = PngImagePlugin.PngInfo()
    info.add_itxt("Description", NAMED)
    return info


PHOTOS = {
    "description": lambda: _photo(exif=_exif(ExifTags.Base.ImageDescription, NAMED.encode())),
    "windows title": lambda: _photo(exif=_exif(ExifTags.Base.XPTitle, NAMED.encode("utf-16-le"))),
    "user comment": lambda: _photo(exif=_in_exif(b"UNICODE\0" + NAMED.encode("utf-16"))),
    "jpeg comment": lambda: _photo(comment=NAMED.encode()),
    "png text": lambda: _photo("PNG", pnginfo=_png_text()),
}


@pytest.mark.parametrize("where", PHOTOS)
def test_what_is_written_on_a_photo_is_read_wherever_it_stands(
    where: str, alice: Browser, a_card: CardMaker, behind_the_wall: Snapshot
) -> None:
    photo = PHOTOS[where]()
    ending = "png" if where.startswith("png") else "jpg"
    answer = alice.post(
        f"/w/north/cards/{a_card()}/evidence", htmx=True, files=(photo, f"anh-tram-y-te.{ending}")
    )
    assert "Đã thêm 1 minh chứng" in answer.text
    assert "họ tên trẻ: đã che" in answer.text


def test_a_name_that_tells_is_masked_and_the_file_is_kept(
    alice: Browser, a_card: CardMaker, behind_the_wall: Snapshot
) -> None:
    answer = alice.post(
        f"/w/north/cards/{a_card()}/evidence",
        htmx=True,
        files=(io.BytesIO(PDF), "ho-so-chau-nguyen-van-binh.pdf"),
    )
    assert "Đã thêm 1 minh chứng" in answer.text
    assert behind_the_wall.query("select filename from app.evidence") == [("ho-so-chau-N.V.B.pdf",)]


def test_everyday_names_and_files_that_are_no_photos_pass_as_they_are() -> None:
    for stream, name in ((_photo(), "IMG_20250612_081523.jpg"), (io.BytesIO(b"x"), "bao-cao.pdf")):
        checked = check_upload(stream, name)
        assert (checked.name, checked.told) == (name, ())
        assert stream.tell() == 0


def test_what_was_told_is_said_by_kind(alice: Browser, a_card: CardMaker, behind_the_wall: Snapshot) -> None:
    answer = alice.post(
        f"/w/north/cards/{a_card()}/evidence",
        htmx=True,
        files=(io.BytesIO(PDF), "em Le Van Minh 0912345678.pdf"),
    )
    assert "họ tên trẻ, số điện thoại" in answer.text
