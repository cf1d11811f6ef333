"""Evidence comes in: only what it says it is, photos without place and time, nothing left of what was refused."""

import hashlib
import io
import warnings
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from portal import files
from portal.errors import Refused
from portal.tasks.inspecting import inspect
from portal.tasks.picturing import drawn_anew
from tests.cards import CardMaker
from tests.cast import Browser, Cast
from tests.city import City, Snapshot
from tests.tasks.conftest import Kinds, Look, turned_away
from tests.tasks.pictures import DOCX, PDF, SECRET, XLSX, flood, office, pdf, photo, png

Stored = Callable[[], list[Path]]
Fetched = Callable[[Browser], bytes]


@pytest.fixture
def stored(city: City, cast: Cast) -> Stored:
    """The files on disk that this test brought there."""
    folder = city.folder / "files"
    before = set(folder.rglob("*"))
    return lambda: sorted(path for path in set(folder.rglob("*")) - before if path.is_file())


@pytest.fixture
def fetched(behind_the_wall: Snapshot) -> Fetched:
    """The latest file as somebody gets it."""

    def fetch(who: Browser) -> bytes:
        number, identity = behind_the_wall.query(
            "select c.number, e.id from app.evidence e join app.card c on c.id = e.card_id order by e.id desc"
        )[0]
        return who.get(f"/w/north/cards/{number}/evidence/{identity}").data

    return fetch


def _send(who: Browser, number: int, *uploads: tuple[bytes, str], htmx: bool = False) -> tuple[int, str]:
    answer = who.post(
        f"/w/north/cards/{number}/evidence",
        htmx=htmx,
        files=[(io.BytesIO(data), name) for data, name in uploads],
    )
    return answer.status_code, answer.text


def test_a_photo_is_drawn_anew_without_place_time_device_or_comment(
    bob: Browser, a_card: CardMaker, fetched: Fetched
) -> None:
    sent = photo()
    assert SECRET in sent
    assert _send(bob, a_card(), (sent, "IMG_0001.JPG"))[0] == 303
    kept = fetched(bob)
    assert SECRET not in kept
    with Image.open(io.BytesIO(kept)) as picture:
        assert dict(picture.getexif()) == {}
        assert set(picture.info) <= {
            "jfif",
            "jfif_version",
            "jfif_unit",
            "jfif_density",
            "progressive",
            "progression",
        }
        assert picture.size == (320, 200)


def test_a_photo_taken_sideways_stands_upright(bob: Browser, a_card: CardMaker, fetched: Fetched) -> None:
    _send(bob, a_card(), (photo(turned=True), "a.jpg"))
    with Image.open(io.BytesIO(fetched(bob))) as picture:
        assert picture.size == (200, 320)


def test_a_large_photo_is_made_smaller(bob: Browser, a_card: CardMaker, fetched: Fetched) -> None:
    _send(bob, a_card(), (photo(width=4000, height=1000), "a.jpg"))
    with Image.open(io.BytesIO(fetched(bob))) as picture:
        assert picture.size == (1600, 400)


def test_the_row_says_what_people_get_and_the_disk_holds_it_sealed(
    bob: Browser,
    a_card: CardMaker,
    stored: Stored,
    look: Look,
    kinds: Kinds,
    behind_the_wall: Snapshot,
) -> None:
    number = a_card()
    _send(bob, number, (png(), "Ảnh tổ 5.png"), (office(DOCX), "Báo cáo.docx"))
    rows = behind_the_wall.query(
        "select filename, id, size, sha256, stored_as, uploader_name from app.evidence order by id"
    )
    on_disk = {path.name: path.read_bytes() for path in stored()}
    assert [row[0] for row in rows] == ["Ảnh tổ 5.jpg", "Báo cáo.docx"]
    for _name, identity, size, sha256, stored_as, uploader in rows:
        data = bob.get(f"/w/north/cards/{number}/evidence/{identity}").data
        assert data not in on_disk[str(stored_as)]
        assert not on_disk[str(stored_as)].startswith((b"\xff\xd8", b"PK"))
        assert (size, sha256) == (len(data), hashlib.sha256(data).hexdigest())
        assert uploader == "Bob Công An"
    assert look(number)["evidence_count"] == 2
    assert kinds(number)[2:] == ["evidence_added"] * 2


def test_files_lie_under_random_names_that_only_the_server_may_read(
    bob: Browser, a_card: CardMaker, stored: Stored
) -> None:
    _send(bob, a_card(), (PDF, "../../etc/passwd.pdf"))
    (path,) = stored()
    assert len(path.name) == 48
    assert path.stat().st_mode & 0o077 == 0
    assert "static" not in str(path)


def _zip(*parts: tuple[str, bytes]) -> bytes:
    out = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(out, "w") as archive:
        warnings.simplefilter("ignore")
        for name, content in ((DOCX, b"<x/>"), *parts):
            archive.writestr(name, content)
    return out.getvalue()


def _many_parts() -> bytes:
    return _zip(*((f"word/{n}.xml", b"") for n in range(2_000)))


def _travelling() -> bytes:
    return _zip(("../../etc/cron.d/x", b"x"))


def _doubled() -> bytes:
    return _zip((DOCX, b"<y/>"))


def _overlapping() -> bytes:
    """Two entries of the directory that point at the same bytes."""
    with zipfile.ZipFile(io.BytesIO(_zip(("word/a.xml", b"<a/>"), ("word/b.xml", b"<b/>")))) as archive:
        first, second = archive.getinfo("word/a.xml"), archive.getinfo("word/b.xml")
        data = bytearray(archive.fp.getbuffer())  # type: ignore[union-attr]
    at = data.rindex(b"word/b.xml") - 4
    assert int.from_bytes(data[at : at + 4], "little") == second.header_offset
    data[at : at + 4] = first.header_offset.to_bytes(4, "little")
    return bytes(data)


REFUSED = {
    "empty": (b"", "a.jpg", "rỗng", 422),
    "another type": (b"MZ\x90", "virus.exe", "Chỉ nhận ảnh", 422),
    "no extension": (PDF, "bao-cao", "Chỉ nhận ảnh", 422),
    "html": (b"<script>alert(1)</script>", "a.html", "Chỉ nhận ảnh", 422),
    "svg": (b"<svg onload='alert(1)'/>", "a.svg", "Chỉ nhận ảnh", 422),
    "html called a photo": (b"<html>", "a.jpg", "không đúng với đuôi tệp", 422),
    "photo called a document": (photo(), "a.pdf", "không đúng với đuôi tệp", 422),
    "png called a jpeg": (png(), "a.jpg", "không đúng với đuôi tệp", 422),
    "text before the pdf": (b"x" + PDF, "a.pdf", "không đúng với đuôi tệp", 422),
    "any zip called word": (office("evil.sh"), "a.docx", "không đúng với đuôi tệp", 422),
    "excel called word": (office(XLSX), "a.docx", "không đúng với đuôi tệp", 422),
    "half a zip": (office(DOCX)[:40], "a.docx", "bị hỏng", 422),
    "bytes before the zip": (b"x" + office(DOCX), "a.docx", "không đúng với đuôi tệp", 422),
    "a zip behind the pdf": (PDF + office(DOCX), "a.pdf", "không đúng với đuôi tệp", 422),
    "office behind a password": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 99, "a.docx", "mật khẩu", 422),
    "a bomb": (office(DOCX, word_big_xml=b"0" * 8_000_000), "a.docx", "nén bất thường", 422),
    "too many parts": (_many_parts(), "a.docx", "nén bất thường", 422),
    "a part that travels": (_travelling(), "a.docx", "macro hoặc thành phần", 422),
    "the same part twice": (_doubled(), "a.docx", "macro hoặc thành phần", 422),
    "parts that overlap": (_overlapping(), "a.docx", "nén bất thường", 422),
    "a doctype": (
        office(DOCX, word_x_xml=b"<!DOCTYPE x [<!ENTITY a 'b'>]><x/>"),
        "a.docx",
        "macro hoặc",
        422,
    ),
    "a doctype in two bytes": (
        office(DOCX, word_x_xml="<! DOCTYPE x><x/>".encode("utf-16")),
        "a.docx",
        "macro hoặc",
        422,
    ),
    "macros": (office(XLSX, xl_vbaProject_bin=b"x"), "a.xlsx", "macro hoặc", 422),
    "half a pdf": (PDF[:60], "a.pdf", "bị hỏng", 422),
    "a pdf of 301 pages": (pdf(301), "a.pdf", "dài hơn 300 trang", 422),
    "a pdf behind a password": (pdf(password="bi-mat"), "a.pdf", "mật khẩu", 422),
    "half a photo": (photo()[:300], "a.jpg", "Không đọc được ảnh", 422),
    "only the start of a photo": (b"\xff\xd8\xff\xe0 and nothing", "a.jpg", "Không đọc được ảnh", 422),
    "too many pixels": (flood(), "a.png", "Ảnh quá lớn", 422),
    "too large": (b"%PDF-" + b"x" * files.MAX_BYTES, "a.pdf", "lớn hơn 20 MB", 413),
}


@pytest.mark.parametrize("kind", REFUSED)
@pytest.mark.parametrize("htmx", [False, True], ids=["plain", "htmx"])
def test_what_is_not_what_it_says_is_refused_with_a_sentence_and_leaves_nothing(
    bob: Browser, a_card: CardMaker, stored: Stored, look: Look, kinds: Kinds, kind: str, htmx: bool
) -> None:
    data, name, why, status = REFUSED[kind]
    number = a_card()
    got, page = _send(bob, number, (data, name), htmx=htmx)
    assert (got, why in page) == (status, True), page
    assert stored() == []
    assert look(number)["evidence_count"] == 0
    assert kinds(number) == ["created", "assigned"]


def test_of_several_files_all_are_taken_or_none(
    bob: Browser, a_card: CardMaker, stored: Stored, look: Look
) -> None:
    number = a_card()
    status, page = _send(bob, number, (PDF, "tot.pdf"), (b"", "rong.pdf"), htmx=True)
    assert status == 422
    assert "tot.pdf" not in page
    assert stored() == []
    assert look(number)["evidence_count"] == 0


def test_no_file_at_all_is_said(bob: Browser, a_card: CardMaker) -> None:
    number = a_card()
    answer = bob.post(f"/w/north/cards/{number}/evidence")
    assert answer.status_code == 422
    assert "Chọn ảnh hoặc tệp rồi gửi." in answer.text


def test_a_second_tap_adds_nothing(
    bob: Browser, a_card: CardMaker, stored: Stored, look: Look, kinds: Kinds
) -> None:
    number, sent = a_card(), photo()
    _send(bob, number, (sent, "a.jpg"))
    status, page = _send(bob, number, (sent, "a.jpg"), htmx=True)
    assert status == 200
    assert "Đã ghi trước đó" in page
    assert (len(stored()), look(number)["evidence_count"]) == (1, 1)
    assert kinds(number).count("evidence_added") == 1


def test_a_card_holds_twenty_files(
    bob: Browser, a_card: CardMaker, stored: Stored, behind_the_wall: Snapshot
) -> None:
    number = a_card()
    behind_the_wall.execute("update app.card set evidence_count = 19")
    assert _send(bob, number, (PDF + b"1", "a.pdf"), (PDF + b"2", "b.pdf"))[0] == 422
    assert stored() == []
    assert _send(bob, number, (PDF, "a.pdf"))[0] == 303
    assert "đã có 20 tệp" in _send(bob, number, (PDF + b"3", "c.pdf"))[1]


def test_a_person_sends_two_hundred_files_a_day(
    bob: Browser, a_card: CardMaker, behind_the_wall: Snapshot
) -> None:
    first, second = a_card(), a_card()
    _send(bob, first, (PDF, "a.pdf"))
    behind_the_wall.execute(
        "insert into app.evidence select ward_id, gen_random_uuid(), card_id, filename, media_type, size, sha256, "
        "stored_as, names_children, contact_id, uploader_name, added_at, now(), sealed "
        "from app.evidence, generate_series(1, 199)"
    )
    status, page = _send(bob, second, (PDF, "b.pdf"))
    assert (status, "đã gửi 200 tệp" in page) == (429, True)
    behind_the_wall.execute("update app.evidence set added_at = now() - interval '25 hours'")
    assert _send(bob, second, (PDF, "b.pdf"))[0] == 303


def test_a_ward_keeps_two_gigabytes(bob: Browser, a_card: CardMaker, behind_the_wall: Snapshot) -> None:
    first, second = a_card(), a_card()
    _send(bob, first, (PDF, "a.pdf"))
    behind_the_wall.execute("update app.evidence set size = 2147483647")
    status, page = _send(bob, second, (PDF, "b.pdf"))
    assert (status, "hết 2 GB" in page) == (422, True)


def test_finished_work_takes_no_more_files(
    bob: Browser, lan: Browser, a_card: CardMaker, stored: Stored
) -> None:
    number = a_card()
    bob.post(f"/w/north/cards/{number}/state", state="review")
    lan.post(f"/w/north/cards/{number}/state", state="done")
    assert _send(bob, number, (PDF, "a.pdf"))[0] == 409
    assert stored() == []


def test_a_supporting_agency_may_attach(mai: Browser, a_card: CardMaker, cast: Cast) -> None:
    assert _send(mai, a_card(supporting=(cast.schools,)), (PDF, "a.pdf"))[0] == 303


def test_strangers_are_turned_away(
    mai: Browser, charlie: Browser, nobody: Browser, a_card: CardMaker, stored: Stored
) -> None:
    turned_away("evidence", a_card(), mai=mai, charlie=charlie, nobody=nobody)
    assert stored() == []


SEEDS = {"a.jpg": photo(), "a.png": png(), "a.docx": office(DOCX), "a.xlsx": office(XLSX)}


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    name=st.sampled_from(sorted(SEEDS)),
    cut=st.integers(0, 4000),
    holes=st.lists(st.tuples(st.integers(0, 4000), st.binary(min_size=1, max_size=8)), max_size=6),
)
def test_damaged_files_are_taken_or_refused_and_never_break(
    app: object, name: str, cut: int, holes: list[tuple[int, bytes]]
) -> None:
    data = bytearray(SEEDS[name])
    for place, hole in holes:
        if place + len(hole) <= len(data):
            data[place : place + len(hole)] = hole
    sent = bytes(data[: max(len(data) - cut, 0)] if cut % 3 == 0 else data)
    with app.test_request_context():  # type: ignore[attr-defined]
        try:
            if inspect(sent, name).startswith("image/"):
                drawn_anew(sent)
        except Refused as refusal:
            assert refusal.why
