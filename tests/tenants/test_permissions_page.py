"""The page about permissions is drawn from the very table the checks use."""

import re

from portal.tenants.access import PERMISSION_TEXTS, ROLE_TEXTS, TABLE, Permission, Role
from tests.cast import Browser


def test_every_cell_of_the_page_is_that_of_the_table(bob: Browser) -> None:
    page = bob.get("/permissions").text
    rows = re.findall(r'<tr><th scope="row">([^<]+)</th>(.*?)</tr>', page, re.S)
    assert [words for words, _ in rows] == [
        str(PERMISSION_TEXTS[permission]) for permission in PERMISSION_TEXTS
    ]
    for (_, cells), permission in zip(rows, PERMISSION_TEXTS, strict=True):
        shown = [word == "được" for word in re.findall(r'<span class="vh">(được|không)</span>', cells)]
        assert shown == [permission in TABLE[role] for role in ROLE_TEXTS], permission


def test_everybody_signed_in_sees_the_same_table(alice: Browser, dung: Browser, olga: Browser) -> None:
    pages = [who.get("/permissions").text for who in (alice, dung, olga)]
    assert len({page[page.index("<table") : page.index("</table>")] for page in pages}) == 1


def test_nobody_is_asked_to_sign_in_first(nobody: Browser) -> None:
    assert nobody.get("/permissions").headers["Location"] == "/login?next=/permissions"


def test_the_operator_and_the_city_see_no_card() -> None:
    cards = {
        Permission.SEE_OWN_CARDS,
        Permission.SEE_ALL_CARDS,
        Permission.WORK_CARDS,
        Permission.DECIDE_CARDS,
        Permission.SEE_PLANS,
        Permission.SEE_OUTBOX,
    }
    for role in (Role.OPERATOR, Role.CITY_VIEWER):
        assert not TABLE[role] & cards


def test_a_viewer_changes_nothing_and_an_agency_decides_nothing() -> None:
    changing = set(Permission) - {
        Permission.SEE_OWN_CARDS,
        Permission.SEE_ALL_CARDS,
        Permission.SEE_PLANS,
        Permission.SEE_OUTBOX,
        Permission.SEE_ROLLUP,
    }
    assert not TABLE[Role.VIEWER] & changing
    for role in (Role.AGENCY_LEAD, Role.AGENCY_MEMBER):
        assert not TABLE[role] & {Permission.DECIDE_CARDS, Permission.ASSIGN_CARDS, Permission.MANAGE_PEOPLE}
