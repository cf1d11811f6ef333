"""A file is given out only after the check, as a download that runs nothing, and not once it was removed (C47)."""

import io
import re

import pytest
from PIL import Image

from tests.cards import CardMaker
from tests.cast import Browser, Cast
from tests.city import City, Snapshot
from tests.tasks.conftest import Kinds, Look
from tests.tasks.pictures import PDF, photo


@pytest.fixture
def number(bob: Browser, a_card: CardMaker) -> int:
    number = a_card()
    sent = [(io.BytesIO(PDF), "Đơn “của” tổ 5.pdf"), (io.BytesIO(photo()), "a.jpg")]
    assert bob.post(f"/w/north/cards/{number}/evidence", files=sent).status_code == 303
    return number


@pytest.fixture
def address(number: int, behind_the_wall: Snapshot) -> str:
    row = behind_the_wall.query("select id::text from app.evidence where media_type = 'application/pdf'")
    return f"/w/north/cards/{number}/evidence/{row[0][0]}"


def test_it_is_a_download_in_a_sandbox(bob: Browser, address: str) -> None:
    answer = bob.get(address)
    assert (answer.status_code, answer.data) == (200, PDF)
    assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer.headers["Content-Disposition"].startswith("attachment; ")
    assert "filename*=UTF-8''%C4%90%C6%A1n" in answer.headers["Content-Disposition"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.mimetype == "application/pdf"


def test_the_page_of_the_card_leads_to_it(bob: Browser, number: int, address: str) -> None:
    page = bob.get(f"/w/north/cards/{number}").text
    assert f'href="{address}"' in page
    assert "Đơn “của” tổ 5.pdf" in page
    assert "ảnh đã xóa vị trí" in page


def test_only_those_who_may_see_the_card_get_it(
    mai: Browser, charlie: Browser, dung: Browser, olga: Browser, nobody: Browser, lan: Browser, address: str
) -> None:
    answers = {who: who.get(address).status_code for who in (mai, charlie, dung, olga, nobody, lan)}
    assert list(answers.values()) == [403, 404, 404, 404, 303, 200]


def test_a_file_of_another_card_or_a_made_up_one_is_not_found(
    bob: Browser, a_card: CardMaker, address: str
) -> None:
    other = a_card()
    identity = address.rsplit("/", 1)[1]
    missing = "00000000-0000-7000-8000-000000000007"
    answers = [
        bob.get(f"/w/north/cards/{other}/evidence/{identity}"),
        bob.get(f"/w/north/cards/{other}/evidence/{missing}"),
    ]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert answers[0].data == answers[1].data


def test_where_it_lies_is_said_nowhere_and_served_nowhere(
    bob: Browser, number: int, address: str, behind_the_wall: Snapshot, cast: Cast
) -> None:
    stored_as = str(behind_the_wall.query("select stored_as from app.evidence limit 1")[0][0])
    assert stored_as not in bob.get(f"/w/north/cards/{number}").text
    assert stored_as not in str(bob.get(address).headers)
    for guess in (f"/static/{stored_as}", f"/files/{cast.north}/{stored_as}", f"/static/../{stored_as}"):
        assert bob.get(guess).status_code == 404


def test_a_removed_file_is_gone_for_people_and_its_row_stays(
    bob: Browser,
    alice: Browser,
    number: int,
    address: str,
    look: Look,
    kinds: Kinds,
    behind_the_wall: Snapshot,
) -> None:
    assert bob.post(f"{address}/removal").status_code == 303
    assert bob.get(address).status_code == alice.get(address).status_code == 404
    assert address not in bob.get(f"/w/north/cards/{number}").text
    assert look(number)["evidence_count"] == 1
    assert kinds(number)[-1] == "evidence_removed"
    assert behind_the_wall.query("select count(*) from app.evidence") == [(2,)]


def test_removing_twice_changes_nothing(bob: Browser, number: int, address: str, look: Look) -> None:
    bob.post(f"{address}/removal")
    before = look(number)
    assert bob.post(f"{address}/removal").status_code == 404
    assert look(number) == before


def test_strangers_and_supporters_remove_nothing(
    mai: Browser, charlie: Browser, alice: Browser, cast: Cast, number: int, address: str, look: Look
) -> None:
    assert mai.post(f"{address}/removal").status_code == 403
    assert charlie.post(f"{address}/removal").status_code == 404
    alice.post(f"/w/north/cards/{number}/assignment", agency=cast.police, supporting=cast.schools)
    assert mai.get(address).status_code == 200
    assert mai.post(f"{address}/removal").status_code == 403
    assert look(number)["evidence_count"] == 2


def test_the_files_of_approved_work_stay(
    bob: Browser, lan: Browser, number: int, address: str, look: Look
) -> None:
    bob.post(f"/w/north/cards/{number}/state", state="review")
    lan.post(f"/w/north/cards/{number}/state", state="done")
    assert bob.post(f"{address}/removal").status_code == 409
    assert bob.get(address).status_code == 200


def test_a_file_lost_from_the_disk_is_not_found_and_breaks_nothing(
    bob: Browser, number: int, address: str, city: City
) -> None:
    for path in (city.folder / "files").rglob("*"):
        if path.is_file():
            path.unlink()
    assert bob.get(address).status_code == 404
    assert bob.get(f"/w/north/cards/{number}").status_code == 200


def test_an_address_with_dots_leads_nowhere(bob: Browser, number: int) -> None:
    for name in ("..", "%2e%2e", "..%2f..%2fetc%2fpasswd", "x"):
        assert bob.get(f"/w/north/cards/{number}/evidence/{name}").status_code == 404
    assert not re.search(r"root:", bob.get(f"/w/north/cards/{number}/evidence/../../../etc/passwd").text)


def test_a_file_that_was_exchanged_on_the_disk_does_not_open(bob: Browser, address: str, city: City) -> None:
    sealed = sorted(path for path in (city.folder / "files").rglob("*/evidence/*") if path.is_file())
    for path in sealed:
        path.write_bytes(sealed[0].read_bytes()[:-1] + b"x")
    assert bob.get(address).status_code == 404


def test_pictures_have_a_preview_with_the_same_rights(
    bob: Browser, mai: Browser, charlie: Browser, nobody: Browser, number: int, behind_the_wall: Snapshot
) -> None:
    ids = dict(behind_the_wall.query("select media_type, id::text from app.evidence"))
    here = f"/w/north/cards/{number}/evidence"
    address = f"{here}/{ids['image/jpeg']}/preview"
    answer = bob.get(address)
    with Image.open(io.BytesIO(answer.data)) as picture:
        assert max(picture.size) <= 240
    assert answer.mimetype == "image/jpeg"
    assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "private, max-age=300"
    assert [who.get(address).status_code for who in (mai, charlie, nobody)] == [403, 404, 303]
    assert bob.get(f"{here}/{ids['application/pdf']}/preview").status_code == 404
    assert f'src="{address}"' in bob.get(f"/w/north/cards/{number}").text
