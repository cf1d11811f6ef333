"""Files as telephones and offices send them, honest and otherwise, made on the spot."""

import io
import zipfile

from PIL import Image
from PIL.ExifTags import GPS, IFD, Base
from pypdf import PdfWriter

SECRET = b"Chau Na o to 5"


def photo(*, width: int = 320, height: int = 200, turned: bool = False) -> bytes:
    """A JPEG with everything a telephone writes into it: place, time, device, a comment, a name behind its end."""
    picture = Image.new("RGB", (width, height), (200, 30, 30))
    picture.paste((30, 30, 200), (0, 0, width // 2, height))
    exif = Image.Exif()
    exif[Base.Make.value] = "DienThoai"
    exif[Base.DateTime.value] = "2026:03:10 08:00:00"
    exif[Base.ImageDescription.value] = SECRET.decode()
    if turned:
        exif[Base.Orientation.value] = 6
    exif.get_ifd(IFD.GPSInfo)[GPS.GPSLatitude.value] = (22.0, 29.0, 8.0)
    out = io.BytesIO()
    picture.save(out, "JPEG", exif=exif, comment=SECRET, xmp=b"<x>" + SECRET + b"</x>")
    return out.getvalue() + SECRET


def png(width: int = 32, height: int = 32) -> bytes:
    """A PNG with transparency."""
    out = io.BytesIO()
    Image.new("RGBA", (width, height), (0, 0, 0, 0)).save(out, "PNG")
    return out.getvalue()


def flood() -> bytes:
    """A small PNG that says it has 49 million pixels."""
    out = io.BytesIO()
    Image.new("1", (7000, 7000)).save(out, "PNG")
    return out.getvalue()


def office(part: str, **more: bytes) -> bytes:
    """An office file with one part in it, and more parts by name (`word_x_xml` for word/x.xml)."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(part, "<x/>")
        for name, content in more.items():
            folder, stem, ending = name.split("_")
            archive.writestr(f"{folder}/{stem}.{ending}", content)
    return out.getvalue()


def pdf(pages: int = 1, password: str = "") -> bytes:
    """A PDF of empty pages."""
    writer, out = PdfWriter(), io.BytesIO()
    for _page in range(pages):
        writer.add_blank_page(72, 72)
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    writer.write(out)
    return out.getvalue()


DOCX, XLSX = "word/document.xml", "xl/workbook.xml"
PDF = pdf()
