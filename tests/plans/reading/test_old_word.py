"""Old Word files (.doc) go through LibreOffice where it is installed; what only bears the name does not."""

import shutil
from pathlib import Path

import pytest

from portal.plans.reading import UnreadablePlan
from portal.plans.reading.sandbox import read_plan_safely

DOCUMENTS = Path(__file__).parents[1] / "documents"
OLD = DOCUMENTS / "hoa-minh-2022.doc"
needs_office = pytest.mark.skipif(
    not (shutil.which("soffice") or shutil.which("libreoffice")), reason="LibreOffice is not installed here"
)


def code_of(data: bytes) -> str:
    with pytest.raises(UnreadablePlan) as refused:
        read_plan_safely(data, "a.doc")
    return refused.value.code


@needs_office
def test_an_old_word_file_gives_its_duties() -> None:
    assert len(read_plan_safely(OLD, OLD.name).duties) == 14


@needs_office
def test_an_old_word_file_cut_short_never_crashes_the_reader() -> None:
    half = OLD.read_bytes()
    try:
        assert read_plan_safely(half[: len(half) // 2 + len(half) // 3], "a.doc").paragraphs
    except UnreadablePlan as refused:
        assert refused.code in {"broken", "empty", "mismatched_type"}


@pytest.mark.parametrize("data", [b"nothing", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)])
def test_what_is_no_word_file_is_refused_before_libreoffice_opens_it(data: bytes) -> None:
    assert code_of(data) == "mismatched_type"


def test_a_new_word_file_called_doc_is_read_all_the_same() -> None:
    data = (DOCUMENTS / "song-van-2025.docx").read_bytes()
    assert len(read_plan_safely(data, "ke-hoach.doc").duties) == 14
