"""How much may be sent: 1 MiB anywhere, more only where files are taken; too much is answered, not broken (C37)."""

import io

import pytest
from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, NameObject

from tests.cards import CardMaker
from tests.cast import Browser
from tests.city import Snapshot


@pytest.mark.parametrize("size", [600_000, 1_200_000, 5_000_000])
@pytest.mark.parametrize("htmx", [False, True])
def test_a_form_that_is_too_large_is_refused_with_a_page(
    alice: Browser, a_card: CardMaker, behind_the_wall: Snapshot, size: int, htmx: bool
) -> None:
    answer = alice.post(f"/w/north/cards/{a_card()}/comments", htmx=htmx, text="a" * size)
    assert answer.status_code == 413
    assert "Rút ngắn nội dung" in answer.text
    assert len(answer.data) < 10_000
    assert behind_the_wall.query("select count(*) from app.comment") == [(0,)]


def test_a_plain_form_is_limited_too(alice: Browser, a_card: CardMaker) -> None:
    body = "csrf_token=x&text=" + "a" * 1_200_000
    answer = alice.client.post(
        f"/w/north/cards/{a_card()}/comments", data=body, content_type="application/x-www-form-urlencoded"
    )
    assert answer.status_code == 413


def test_a_body_that_hides_its_length_is_limited_all_the_same(alice: Browser, a_card: CardMaker) -> None:
    answer = alice.client.post(
        f"/w/north/cards/{a_card()}/comments",
        input_stream=io.BytesIO(b"text=" + b"a" * 3_000_000),
        content_type="application/x-www-form-urlencoded",
        environ_overrides={"HTTP_TRANSFER_ENCODING": "chunked", "wsgi.input_terminated": True},
    )
    assert answer.status_code in {400, 413}


def test_a_form_of_very_many_parts_is_refused(alice: Browser, a_card: CardMaker) -> None:
    fields = {f"f{n}": "x" for n in range(600)}
    assert alice.post(f"/w/north/cards/{a_card()}/comments", text="xin chào", **fields).status_code == 413


def long_pdf(size: int) -> bytes:
    """A genuine PDF of one empty page whose content is that many spaces."""
    writer, out, content = PdfWriter(), io.BytesIO(), DecodedStreamObject()
    content.set_data(b" " * size)
    writer.add_blank_page(72, 72)[NameObject("/Contents")] = content
    writer.write(out)
    return out.getvalue()


def test_where_files_are_taken_more_is_allowed(bob: Browser, a_card: CardMaker) -> None:
    pdf = (io.BytesIO(long_pdf(3_000_000)), "bao-cao.pdf")
    assert bob.post(f"/w/north/cards/{a_card()}/evidence", files=pdf).status_code == 303


def test_the_larger_limit_does_not_stay_for_the_next_request(bob: Browser, a_card: CardMaker) -> None:
    number = a_card()
    bob.post(f"/w/north/cards/{number}/evidence", files=(io.BytesIO(b"%PDF-1.7 x"), "a.pdf"))
    assert bob.post(f"/w/north/cards/{number}/comments", text="a" * 1_200_000).status_code == 413
