"""Evidence at rest: unreadable without the master key, which can be exchanged; what nobody names is swept away."""

import io
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask

from portal.db import keep, utc_now
from portal.local.secrets import made_up_key
from portal.sealing import Damaged, MasterKeys, master_keys, seal, unseal
from portal.tasks.commands import evidence
from portal.tasks.sweeping import sweep_evidence
from portal.tasks.vault import wrap_again
from portal.tenants.boundary import inside_ward
from tests.cards import CardMaker
from tests.cast import Browser, Cast
from tests.city import FILE_KEY, City, Snapshot
from tests.tasks.pictures import PDF

KEY = bytes(range(32))


@pytest.fixture
def address(bob: Browser, a_card: CardMaker, behind_the_wall: Snapshot) -> str:
    number = a_card()
    assert bob.post(f"/w/north/cards/{number}/evidence", files=(io.BytesIO(PDF), "a.pdf")).status_code == 303
    return f"/w/north/cards/{number}/evidence/{behind_the_wall.query('select id from app.evidence')[0][0]}"


def _with_keys(app: Flask, monkeypatch: pytest.MonkeyPatch, keys: MasterKeys) -> None:
    monkeypatch.setitem(app.config, "PORTAL", replace(app.config["PORTAL"], file_keys=keys))


def test_what_is_sealed_opens_only_with_its_key_and_for_what_it_is_about() -> None:
    sealed = seal(KEY, b"noi dung", "a")
    assert unseal(KEY, sealed, "a") == b"noi dung"
    assert b"noi dung" not in sealed
    assert seal(KEY, b"noi dung", "a") != sealed
    for key, data, about in (
        (KEY[::-1], sealed, "a"),
        (KEY, sealed, "b"),
        (KEY, sealed[:-1], "a"),
        (KEY, sealed[:-1] + b"x", "a"),
        (KEY, b"", "a"),
    ):
        with pytest.raises(Damaged):
            unseal(key, data, about)


def test_without_the_master_key_no_evidence_opens(
    app: Flask, bob: Browser, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    _with_keys(app, monkeypatch, master_keys(f"first:{made_up_key()}"))
    assert bob.get(address).status_code == 404


def test_a_new_master_key_is_put_to_use_and_the_old_one_taken_out(
    app: Flask,
    bob: Browser,
    address: str,
    cast: Cast,
    monkeypatch: pytest.MonkeyPatch,
    behind_the_wall: Snapshot,
) -> None:
    new = made_up_key()
    _with_keys(app, monkeypatch, master_keys(f"second:{new},first:{FILE_KEY}"))
    assert bob.get(address).data == PDF
    with app.app_context(), inside_ward(cast.north):
        assert wrap_again()
        assert not wrap_again()
        keep()
    assert behind_the_wall.query("select master from app.ward_key") == [("second",)]
    _with_keys(app, monkeypatch, master_keys(f"second:{new}"))
    assert bob.get(address).data == PDF


def test_a_ward_whose_key_row_is_gone_has_no_evidence_any_more(
    bob: Browser, address: str, behind_the_wall: Snapshot
) -> None:
    behind_the_wall.execute("delete from app.ward_key")
    assert bob.get(address).status_code == 404


def _on_disk(city: City, cast: Cast) -> set[Path]:
    return {
        path for path in (city.folder / "files" / str(cast.north) / "evidence").glob("*") if path.is_file()
    }


def _sweep(app: Flask, cast: Cast, now: datetime) -> int:
    with app.app_context(), inside_ward(cast.north):
        return sweep_evidence(now)


def test_a_file_whose_row_was_never_kept_is_gone(
    app: Flask, bob: Browser, a_card: CardMaker, cast: Cast, city: City, behind_the_wall: Snapshot
) -> None:
    number, before = a_card(), _on_disk(city, cast)
    behind_the_wall.execute(
        "create function app.fail_at_commit() returns trigger language plpgsql as "
        "$$ begin raise exception 'no'; end $$; "
        "create constraint trigger fails after insert on app.evidence deferrable initially deferred "
        "for each row execute function app.fail_at_commit()"
    )
    try:
        answer = bob.post(f"/w/north/cards/{number}/evidence", files=(io.BytesIO(PDF), "a.pdf"))
    finally:
        behind_the_wall.execute("drop trigger fails on app.evidence; drop function app.fail_at_commit()")
    assert answer.status_code == 500
    assert _on_disk(city, cast) == before


def test_what_a_killed_process_left_behind_is_swept_and_nothing_else(
    app: Flask, bob: Browser, address: str, cast: Cast, city: City
) -> None:
    folder = city.folder / "files" / str(cast.north) / "evidence"
    (folder / "ab12").write_bytes(b"x")
    (folder / ".cd34").write_bytes(b"x")
    assert _sweep(app, cast, datetime.now(UTC)) == 0
    assert _sweep(app, cast, utc_now() + timedelta(days=1)) >= 2
    assert not (folder / "ab12").exists()
    assert not (folder / ".cd34").exists()
    assert bob.get(address).data == PDF
    assert _sweep(app, cast, utc_now() + timedelta(days=1)) == 0


def test_the_command_wraps_every_wards_key_again_and_says_which_it_cannot_open(
    app: Flask, bob: Browser, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = app.test_cli_runner().invoke
    _with_keys(app, monkeypatch, master_keys(f"second:{made_up_key()}"))
    lost = run(evidence, ["rewrap"])
    assert (lost.exit_code, "Không mở được khóa cũ" in lost.output) == (1, True)
    _with_keys(app, monkeypatch, master_keys(f"second:{made_up_key()},first:{FILE_KEY}"))
    assert "Đã bọc lại khóa của 1 phường." in run(evidence, ["rewrap"]).output
    assert "Đã bọc lại khóa của 0 phường." in run(evidence, ["rewrap"]).output
    assert run(evidence, ["sweep"]).exit_code == 0
    assert bob.get(address).data == PDF
