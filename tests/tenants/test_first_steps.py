"""The way of a new ward: four steps, the first that is not done marked, each done by what the ward did."""

import re

from flask import Flask

from tests.cast import Browser, Cast
from tests.plans.walking import plan_under_review


def _steps(page: str) -> list[str]:
    section = page[page.index('id="cac-buoc"') :]
    return re.findall(r'<span class="st is-(\w+)">', section[: section.index("</ol>")])


def test_the_way_advances_with_what_the_ward_does(alice: Browser, app: Flask, cast: Cast) -> None:
    page = alice.get("/w/north/plans/new").text
    assert _steps(page) == ["doing", "todo", "done", "todo"]
    address = plan_under_review(alice, app)
    assert _steps(alice.get("/w/north/plans/new").text) == ["done", "doing", "done", "todo"]
    alice.post(f"{address}/confirmation")
    # The plan names agencies that nobody answers for yet.
    page = alice.get("/w/north/people").text
    assert _steps(page) == ["done", "done", "doing", "todo"]
    assert "cơ quan chưa có ai nhận thư" in page
    assert page.count("chưa có ai nhận thư</span>") > 5


def test_a_lonely_agency_leads_to_the_form_with_it_chosen(charlie: Browser, cast: Cast) -> None:
    page = charlie.get("/w/south/people").text
    assert f'href="?agency={cast.south_police}#them-nguoi"' in page
    chosen = charlie.get(f"/w/south/people?agency={cast.south_police}").text
    assert f'value="{cast.south_police}" selected' in chosen
