"""Cards that wait for or belong to each other, and labels by which the board is filtered."""

from flask import Flask

from portal.db import keep
from portal.tasks.tie_queries import all_labels
from portal.tasks.tying import offer_labels
from portal.tenants.boundary import inside_ward
from tests.cards import CardMaker
from tests.cast import Browser, Cast
from tests.tasks.conftest import Kinds, Look, turned_away


def _words(page: str) -> str:
    return " ".join(page.split())


def test_a_card_waits_for_another_and_both_say_so(
    alice: Browser, a_card: CardMaker, look: Look, kinds: Kinds
) -> None:
    here, there = a_card("Họp phụ huynh"), a_card("Lập danh sách")
    assert alice.post(f"/w/north/cards/{here}/links", number=str(there), kind="waits_for").status_code == 303
    page = _words(alice.get(f"/w/north/cards/{here}").text)
    assert f'Chờ <a href="/w/north/cards/{there}" data-drawer>việc số {there}: Lập danh sách' in page
    assert "Đang được chờ bởi" in alice.get(f"/w/north/cards/{there}").text
    assert (look(here)["link_count"], look(there)["link_count"]) == (1, 1)
    assert kinds(here)[-1] == kinds(there)[-1] == "linked"
    assert f"ghi là chờ việc số {there}" in page


def test_two_that_belong_together_are_untied_from_either_side(
    alice: Browser, a_card: CardMaker, look: Look
) -> None:
    here, there = a_card(), a_card()
    alice.post(f"/w/north/cards/{here}/links", number=str(there), kind="related")
    alice.post(f"/w/north/cards/{there}/links", number=str(here), kind="related")
    assert look(here)["link_count"] == 1
    alice.post(f"/w/north/cards/{there}/links/{here}/removal")
    assert (look(here)["link_count"], look(there)["link_count"]) == (0, 0)
    assert "Nối với việc khác" not in alice.get(f"/w/north/cards/{here}").text


def test_a_wrong_number_itself_and_a_circle_are_refused(
    alice: Browser, a_card: CardMaker, look: Look
) -> None:
    here, there = a_card(), a_card()
    for typed in ("77", "x", str(here), str(2**40)):
        answer = alice.post(f"/w/north/cards/{here}/links", number=typed, kind="related", htmx=True)
        assert answer.status_code == 422, typed
    alice.post(f"/w/north/cards/{here}/links", number=str(there), kind="waits_for")
    answer = alice.post(f"/w/north/cards/{there}/links", number=str(here), kind="waits_for")
    assert answer.status_code == 409
    assert look(there)["link_count"] == 1


def test_of_another_agencys_work_only_the_number_is_told(
    alice: Browser, mai: Browser, bob: Browser, a_card: CardMaker, cast: Cast
) -> None:
    ours, theirs = a_card("Việc kín của Công an"), a_card("Việc của trường", agency_id=cast.schools)
    alice.post(f"/w/north/cards/{theirs}/links", number=str(ours), kind="waits_for")
    page = mai.get(f"/w/north/cards/{theirs}").text
    assert f"việc số {ours}" in page
    assert "Việc kín của Công an" not in page
    assert "Việc của trường" not in bob.get(f"/w/north/cards/{ours}").text


def test_of_confidential_work_only_the_number_is_told(
    alice: Browser, lan: Browser, a_card: CardMaker
) -> None:
    here, kept = a_card("Họp phụ huynh"), a_card("Vụ việc phải giữ kín")
    lan.post(f"/w/north/cards/{here}/links", number=str(kept), kind="related")
    lan.post(f"/w/north/cards/{kept}/confidentiality", confidential="1")
    assert "Vụ việc phải giữ kín" in lan.get(f"/w/north/cards/{here}").text
    page = alice.get(f"/w/north/cards/{here}").text
    assert f"việc số {kept}" in page
    assert "Vụ việc phải giữ kín" not in page


def test_a_label_filters_every_view_of_the_board(alice: Browser, bob: Browser, a_card: CardMaker) -> None:
    here, there = a_card(), a_card()
    for name in ("Truyền thông", "  Truyền   thông "):
        assert alice.post(f"/w/north/cards/{here}/labels", name=name).status_code == 303
    for view in ("columns", "lanes", "list"):
        page = alice.get(f"/w/north/board?label=Truyền thông&view={view}").text
        assert f'id="card-{here}"' in page
        assert f'id="card-{there}"' not in page
    assert f'id="card-{here}"' not in alice.get("/w/north/board?label=Khác").text
    assert "Truyền thông" in bob.get(f"/w/north/cards/{here}").text
    page = _words(alice.get("/w/north/labels").text)
    assert "Truyền thông" in page
    assert "1 việc" in page


def test_a_label_comes_off(alice: Browser, a_card: CardMaker, look: Look, kinds: Kinds) -> None:
    here = a_card()
    alice.post(f"/w/north/cards/{here}/labels", name="Đuối nước")
    page = alice.get(f"/w/north/cards/{here}").text
    address = page.split("/labels/")[1].split('"')[0]
    assert alice.post(f"/w/north/cards/{here}/labels/{address}").status_code == 303
    assert alice.post(f"/w/north/cards/{here}/labels/{address}").status_code == 303
    assert look(here)["label_count"] == 0
    assert kinds(here)[-2:] == ["labelled", "unlabelled"]


def test_an_empty_or_endless_label_is_refused(alice: Browser, a_card: CardMaker, look: Look) -> None:
    here = a_card()
    for name in ("  ", "x" * 61):
        assert alice.post(f"/w/north/cards/{here}/labels", name=name).status_code == 422
    assert look(here)["label_count"] == 0


def test_a_plans_activities_become_labels_once_and_short(app: Flask, cast: Cast) -> None:
    headings = [
        "Truyền thông",
        "Truyền thông",
        "Phát hiện sớm, can thiệp kịp thời, trợ giúp trẻ em có hoàn cảnh đặc biệt",
    ]
    with app.app_context(), inside_ward(cast.north):
        offer_labels(headings)
        offer_labels(headings)
        keep()
        names = [label.name for label, count in all_labels()]
    assert names == ["Phát hiện sớm, can thiệp kịp thời, trợ giúp trẻ em có hoàn", "Truyền thông"]


def test_only_who_steers_ties(
    app: Flask, bob: Browser, mai: Browser, charlie: Browser, nobody: Browser, a_card: CardMaker
) -> None:
    vy, here, there = Browser(app).sign_in("vy@north.example"), a_card(), a_card()
    strangers = {"mai": mai, "charlie": charlie, "nobody": nobody}
    for act, fields in (("links", {"kind": "related"}), ("labels", {"name": "Nhãn"})):
        assert bob.post(f"/w/north/cards/{here}/{act}", **fields).status_code == 403
        assert vy.post(f"/w/north/cards/{here}/{act}", **fields).status_code == 403
        turned_away(act, here, **strangers, **fields)
    turned_away(f"links/{there}/removal", here, **strangers)
    assert bob.get("/w/north/labels").status_code == 403
    assert charlie.get("/w/north/labels").status_code == 404
