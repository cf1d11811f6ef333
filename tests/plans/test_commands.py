"""`portal plan read` and `portal plan import`."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask import Flask
from flask.cli import ScriptInfo

from portal.plans.commands import plan
from portal.plans.sample import sample_plan
from tests.cast import Cast
from tests.city import Snapshot


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    """The sample as a file somebody has."""
    path = tmp_path / "ke-hoach.md"
    path.write_bytes(sample_plan(2026))
    return path


def test_a_file_is_read_without_database_or_settings(sample: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PORTAL_SECRET_KEY", raising=False)
    result = CliRunner().invoke(plan, ["read", str(sample), "--json"])
    assert result.exit_code == 0, result.output
    reading = json.loads(result.stdout)
    assert len(reading["tasks"]) == 23
    assert reading["metadata"]["year"] == 2026


def test_what_cannot_be_read_is_said_in_plain_words(tmp_path: Path) -> None:
    broken = tmp_path / "a.docx"
    broken.write_bytes(b"PK\x03\x04 broken")
    result = CliRunner().invoke(plan, ["read", str(broken)])
    assert result.exit_code == 1
    assert "bị hỏng" in result.stderr
    assert "Traceback" not in result.output


@pytest.mark.parametrize(("more", "cards"), [([], 0), (["--confirm"], 23)])
def test_a_file_is_brought_into_a_ward(
    sample: Path, app: Flask, cast: Cast, behind_the_wall: Snapshot, more: list[str], cards: int
) -> None:
    command = ["import", str(sample), "--ward", "south", *more]
    result = CliRunner().invoke(plan, command, obj=ScriptInfo(create_app=lambda: app))
    assert result.exit_code == 0, result.output
    assert "23 việc" in result.stdout
    assert behind_the_wall.query("select count(*) from app.card") == [(cards,)]
    assert behind_the_wall.query("select distinct ward_id from app.proposed_card") == [(cast.south,)]


def test_an_unknown_ward_is_refused(sample: Path, app: Flask, cast: Cast) -> None:
    command = ["import", str(sample), "--ward", "khong-co"]
    result = CliRunner().invoke(plan, command, obj=ScriptInfo(create_app=lambda: app))
    assert result.exit_code == 1
    assert "Không có phường" in result.stderr
