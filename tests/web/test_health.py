"""/healthz says that this process is up, /readyz which part is not."""

from flask import Flask

from portal.doorbell import Doorbell
from tests.cards import CardMaker
from tests.cast import Browser
from tests.city import City, Snapshot


def test_everything_is_there(nobody: Browser) -> None:
    assert nobody.get("/healthz").json == {"status": "up"}
    ready = nobody.get("/readyz")
    assert ready.status_code == 200
    assert ready.json == {"status": "ready", "database": "ok", "migrations": "ok", "broker": "ok"}


def test_without_a_database_the_process_is_up_and_not_ready(lost_app: Flask) -> None:
    who = Browser(lost_app)
    assert who.get("/healthz").status_code == 200
    ready = who.get("/readyz")
    assert ready.status_code == 503
    assert ready.json == {"status": "not ready", "database": "down", "migrations": "down", "broker": "ok"}


def test_a_database_of_another_version_is_named(nobody: Browser, behind_the_wall: Snapshot) -> None:
    head = behind_the_wall.query("select version_num from app.alembic_version")[0][0]
    behind_the_wall.execute("update app.alembic_version set version_num = '0000'")
    try:
        ready = nobody.get("/readyz")
    finally:
        behind_the_wall.execute(f"update app.alembic_version set version_num = '{head}'")
    assert ready.status_code == 503
    assert ready.json == {"status": "not ready", "database": "ok", "migrations": "down", "broker": "ok"}


def test_without_the_broker_pages_work_acts_are_kept_and_the_bell_sulks(
    app: Flask, bob: Browser, a_card: CardMaker, city: City
) -> None:
    bell: Doorbell = app.extensions["doorbell"]
    number = a_card()
    city.valkey.kill()
    try:
        ready = bob.get("/readyz")
        assert (ready.status_code, ready.json["broker"]) == (200, "down")
        assert bob.post(f"/w/north/cards/{number}/state", state="doing").status_code == 303
        assert "Đang thực hiện" in bob.get(f"/w/north/cards/{number}").text
        assert bell.ring("rollups.publish_changed") is False
        assert bell._quiet_until > 0
    finally:
        city.valkey.start(durable=False)
        bell._quiet_until = 0.0
    assert bell.ring("rollups.publish_changed") is True
    assert bob.get("/readyz").json["broker"] == "ok"


def test_health_is_never_limited(app: Flask, nobody: Browser) -> None:
    app.config["RATELIMIT_ENABLED"] = True
    try:
        assert {nobody.get("/healthz").status_code for _ in range(130)} == {200}
    finally:
        app.config["RATELIMIT_ENABLED"] = False
