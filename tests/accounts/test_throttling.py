"""Sign-in slows down after failures; the counts are rows, so a lost Valkey forgets nothing (security.md C9)."""

import pytest
from flask import Flask

from portal.accounts.throttling import account_key, address_key
from portal.security import network_of
from tests.cast import PASSWORD, Browser, Cast
from tests.city import City, Snapshot

WRONG = "khong-phai-mat-khau"


def _fail(app: Flask, times: int, email: str = "alice@north.example", sender: str = "127.0.0.1") -> list[int]:
    who = Browser(app)
    who.client.environ_base["REMOTE_ADDR"] = sender
    return [who.post("/login", email=email, password=WRONG).status_code for _ in range(times)]


def test_the_sixth_failure_from_one_place_is_refused_with_a_pause(app: Flask, cast: Cast) -> None:
    assert _fail(app, 5) == [422] * 5
    answer = Browser(app).post("/login", email="alice@north.example", password=PASSWORD)
    assert answer.status_code == 429
    assert answer.headers["Retry-After"] == "900"
    assert "Đợi 15 phút" in answer.text
    assert PASSWORD not in answer.text


def test_another_person_at_the_same_place_still_signs_in(app: Flask, cast: Cast) -> None:
    _fail(app, 5)
    Browser(app).sign_in("bob@north.example")


def test_an_alias_does_not_buy_more_tries(app: Flask, cast: Cast) -> None:
    for alias in ("", "+a", "+b", "+c", "+d"):
        assert _fail(app, 1, f"alice{alias}@north.example") == [422]
    assert _fail(app, 1, "Alice+e@north.example") == [429]


def test_ten_failures_from_many_places_stop_the_account_everywhere(app: Flask, cast: Cast) -> None:
    for place in range(10):
        assert _fail(app, 1, sender=f"10.0.0.{place}") == [422]
    assert _fail(app, 1, sender="10.0.1.1") == [429]


def test_a_good_sign_in_clears_the_count(app: Flask, cast: Cast) -> None:
    _fail(app, 4)
    Browser(app).sign_in("alice@north.example")
    assert _fail(app, 5) == [422] * 5


def test_the_pause_ends_after_a_quarter_of_an_hour(app: Flask, cast: Cast, behind_the_wall: Snapshot) -> None:
    _fail(app, 5)
    behind_the_wall.execute(
        "update app.sign_in_attempt set occurred_at = occurred_at - interval '16 minutes'"
    )
    Browser(app).sign_in("alice@north.example")


def test_the_rows_do_not_say_who_tried_from_where(app: Flask, cast: Cast, behind_the_wall: Snapshot) -> None:
    _fail(app, 1)
    row = behind_the_wall.query("select account_hash, address_hash from app.sign_in_attempt")[0]
    assert row == (account_key("alice@north.example"), address_key("127.0.0.1"))
    assert all(isinstance(digest, bytes) and len(digest) == 32 for digest in row)


def test_the_count_of_an_account_survives_a_killed_valkey(
    app: Flask, cast: Cast, city: City, limits: None
) -> None:
    assert _fail(app, 3) == [422] * 3
    city.valkey.kill()
    try:
        assert _fail(app, 3) == [422, 422, 429]
        pages = [Browser(app).get("/login").status_code for _ in range(80)]
    finally:
        city.valkey.start(durable=False)
    assert pages == [200] * 80


def test_one_place_gets_sixty_tries_a_minute_whoever_it_tries_with_valkey_or_without(
    app: Flask, cast: Cast, city: City, limits: None
) -> None:
    def storm(sender: str) -> list[int]:
        return [_fail(app, 1, f"nobody{n}@north.example", sender)[0] for n in range(61)]

    assert storm("10.1.0.1") == [422] * 60 + [429]
    city.valkey.kill()
    try:
        assert storm("10.1.0.2") == [422] * 60 + [429]
    finally:
        city.valkey.start(durable=False)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("10.0.0.1", "10.0.0.2", False),
        ("::ffff:10.0.0.1", "10.0.0.1", True),
        ("::ffff:10.0.0.1", "::ffff:10.0.0.2", False),
        ("nonsense", "", True),
    ],
)
def test_an_ipv6_household_is_counted_as_one_sender(one: str, other: str, same: bool) -> None:
    assert (network_of(one) == network_of(other)) is same
