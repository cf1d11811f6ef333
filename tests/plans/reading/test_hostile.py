"""Broken and hostile files are refused with a code that says what is wrong."""

import io
import zipfile
from pathlib import Path

import pytest

from portal.plans.reading import UNREADABLE_MESSAGES, UnreadablePlan, read_plan
from portal.plans.reading.sandbox import read_plan_safely

BODY = b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>%s</w:body></w:document>'
WORDS = b"<w:p><w:r><w:t>Ch\xc3\xa0o</w:t></w:r></w:p>"


def archive(parts: dict[str, bytes], *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return file.getvalue()


def code_of(data: bytes, name: str) -> str:
    with pytest.raises(UnreadablePlan) as refused:
        read_plan(data, name)
    return refused.value.code


def test_an_ordinary_archive_is_read() -> None:
    assert read_plan(archive({"word/document.xml": BODY % WORDS}), "a.docx").paragraphs[0].text == "Chào"


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (b"", "a.txt", "empty"),
        (b"  \n ", "a.md", "empty"),
        (b"MZ", "a.exe", "unsupported_format"),
        (b"words", "a.docx", "mismatched_type"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"E\x00n\x00c\x00r\x00y\x00p\x00t", "a.docx", "encrypted"),
        (b"PK\x03\x04 but no more", "a.docx", "broken"),
        (b"%PDF-1.7 but no more", "a.pdf", "broken"),
        (b"\x00\x01\x02\x03", "a.txt", "unsupported_format"),
        (archive({"other.xml": b"<a/>"}), "a.docx", "mismatched_type"),
        (archive({"word/document.xml": b"<!DOCTYPE a><a/>"}), "a.docx", "unsafe"),
        (archive({"word/document.xml": BODY % WORDS, "../evil.xml": b"<a/>"}), "a.docx", "unsafe"),
        (archive({"word/document.xml": BODY % WORDS, "word/vbaProject.bin": b"x"}), "a.docx", "unsafe"),
        (archive({"word/document.xml": b"<w:document"}), "a.docx", "broken"),
        (archive({"word/document.xml": b" " * 8_000_000}), "a.docx", "bomb"),
        (archive({"word/document.xml": BODY % WORDS}, method=zipfile.ZIP_BZIP2), "a.docx", "bomb"),
        (
            archive({"word/document.xml": BODY % (WORDS * 20_001)}, method=zipfile.ZIP_STORED),
            "a.docx",
            "too_large",
        ),
        (b"x" * (20 * 1024 * 1024 + 1), "a.txt", "too_large"),
    ],
)
def test_a_bad_file_is_refused_with_its_reason(data: bytes, name: str, code: str) -> None:
    assert code_of(data, name) == code
    assert code in UNREADABLE_MESSAGES


def test_an_entity_in_the_relations_is_refused_too() -> None:
    parts = {
        "word/document.xml": BODY % WORDS,
        "word/_rels/document.xml.rels": b'<!DOCTYPE x [<!ENTITY e "e">]><x/>',
    }

    assert code_of(archive(parts), "a.docx") == "unsafe"


def test_a_very_wide_cell_does_not_fill_the_memory() -> None:
    row = (
        b'<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="2000000000"/></w:tcPr>%s</w:tc></w:tr></w:tbl>'
        % WORDS
    )

    assert read_plan(archive({"word/document.xml": BODY % row}), "a.docx").paragraphs


def test_the_child_process_gives_the_same_reading(tmp_path: Path) -> None:
    text = (
        "KẾ HOẠCH\nTrẻ em năm 2024\n\nI. TỔ CHỨC THỰC HIỆN\n1. Công an phường:\n- Tuần tra trong tháng 6.\n"
    )
    path = tmp_path / "ke-hoach.txt"
    path.write_text(text, encoding="utf-8")

    assert read_plan_safely(path, path.name) == read_plan(text.encode(), path.name)


def test_the_child_process_passes_the_reason_on() -> None:
    with pytest.raises(UnreadablePlan) as refused:
        read_plan_safely(archive({"word/document.xml": b"<!DOCTYPE a><a/>"}), "a.docx")

    assert refused.value.code == "unsafe"


def test_a_document_without_duties_is_read_all_the_same() -> None:
    reading = read_plan("Hôm nay trời đẹp.".encode(), "a.txt")

    assert (reading.duties, len(reading.paragraphs)) == ([], 1)
