"""Files on disk: whole or absent, under names nobody can guess or steer."""

import hashlib
import io
import os
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from portal import files
from portal.db import db
from portal.errors import NotFound, Refused


def _folder(app: Flask, ward_id: int) -> Path:
    return Path(app.config["PORTAL"].files_dir) / str(ward_id)


def test_what_is_stored_comes_back_byte_for_byte(app: Flask) -> None:
    data = os.urandom(700_000)
    with app.app_context():
        stored = files.store(900, io.BytesIO(data))
        with files.open_stored(900, stored.name) as kept:
            assert kept.read() == data
    assert (stored.size, stored.sha256) == (len(data), hashlib.sha256(data).hexdigest())


def test_another_ward_does_not_reach_it(app: Flask) -> None:
    with app.app_context():
        stored = files.store(900, b"noi dung")
        with pytest.raises(NotFound):
            files.open_stored(901, stored.name)


@pytest.mark.parametrize("name", ["../900/x", "..", "", ".hidden", "/etc/passwd", "a/b"])
def test_a_name_that_travels_leads_nowhere(app: Flask, name: str) -> None:
    with app.app_context(), pytest.raises(NotFound):
        files.open_stored(900, name)


def test_a_file_that_is_too_large_is_refused_and_leaves_nothing(app: Flask) -> None:
    with app.app_context(), pytest.raises(Refused) as refusal:
        files.store(902, io.BytesIO(b"x" * 300_000), limit=200_000)
    assert refusal.value.status == 413
    assert list(_folder(app, 902).iterdir()) == []


def test_a_deleted_file_is_gone_and_deleting_again_is_no_fault(app: Flask) -> None:
    with app.app_context():
        stored = files.store(900, b"noi dung")
        files.delete(900, stored.name)
        files.delete(900, stored.name)
        with pytest.raises(NotFound):
            files.open_stored(900, stored.name)


def test_only_its_owner_reads_it_on_disk(app: Flask) -> None:
    with app.app_context():
        stored = files.store(903, b"noi dung")
    assert (_folder(app, 903) / stored.name).stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ("Kế hoạch trẻ em.docx", "Kế hoạch trẻ em.docx"),
        ("Ke\u0302\u0301 hoa\u0323ch.docx", "Kế hoạch.docx"),
        ("ke\u202excod.hoach.exe", "kexcod.hoach.exe"),
        ("C:\\Users\\ha\\kế hoạch.docx", "kế hoạch.docx"),
        ("../../etc/passwd", "passwd"),
        ("a\r\nSet-Cookie: x.docx", "aSet-Cookie: x.docx"),
        (None, ""),
    ],
)
def test_a_file_name_is_shown_clean(sent: str | None, shown: str) -> None:
    assert files.shown_name(sent) == shown


def test_a_long_file_name_keeps_its_ending() -> None:
    shown = files.shown_name("kế hoạch " * 40 + ".docx")
    assert len(shown) == 120
    assert shown.endswith(".docx")


def test_a_file_goes_when_the_row_that_names_it_is_not_kept(app: Flask) -> None:
    """Rolled back, refused by the database at the commit, or just let go: however the transaction ends."""
    with app.app_context():
        for end in (Session.rollback, Session.close, _fail_to_commit):
            with Session(db.engines["auth"]) as session:
                session.execute(text("select 1"))
                stored = files.store(900, b"noi dung", kept_with=session)
                end(session)
            assert not (_folder(app, 900) / stored.name).exists(), end


def test_a_file_stays_with_the_row_that_names_it(app: Flask) -> None:
    with app.app_context():
        with Session(db.engines["auth"]) as session:
            session.execute(text("select 1"))
            stored = files.store(900, b"noi dung", kept_with=session)
            session.commit()
            session.execute(text("select 1"))
            session.rollback()
        assert (_folder(app, 900) / stored.name).exists()


def _fail_to_commit(session: Session) -> None:
    """The server ends the connection before the commit reaches it."""
    own = session.scalar(text("select pg_backend_pid()"))
    with Session(db.engines["auth"]) as other:
        other.execute(text("select pg_terminate_backend(:pid)"), {"pid": own})
        other.commit()
    with pytest.raises(DBAPIError):
        session.commit()
