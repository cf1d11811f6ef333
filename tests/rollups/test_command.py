"""`portal rollup publish` as an operator types it."""

from collections.abc import Sequence

from click.testing import Result
from flask import Flask

from portal.rollups.commands import rollup
from tests.cast import Cast
from tests.city import Snapshot
from tests.rollups.boards import TODAY, four, give


def _type(app: Flask, words: Sequence[str]) -> Result:
    return app.test_cli_runner().invoke(rollup, words)


def test_changed_wards_are_published(app: Flask, cast: Cast, behind_the_wall: Snapshot) -> None:
    give(app, cast.north, cast.police, None)
    said = _type(app, ["publish"])
    assert (said.exit_code, said.stdout) == (0, "Đã công bố số liệu.\n")
    assert four(behind_the_wall, cast.north) == (0, 0, 1, 0)
    assert behind_the_wall.query("select count(*) from app.ward_rollup_state") == [(1,)]


def test_one_ward_or_all_of_them_can_be_counted_afresh(
    app: Flask, cast: Cast, behind_the_wall: Snapshot
) -> None:
    give(app, cast.south, cast.south_police, TODAY)
    assert _type(app, ["publish", "--ward", "north"]).exit_code == 0
    assert behind_the_wall.query("select ward_id from app.ward_rollup_state") == [(cast.north,)]
    assert _type(app, ["publish", "--all"]).exit_code == 0
    assert behind_the_wall.query("select count(*) from app.ward_rollup_state") == [(2,)]


def test_a_wrong_call_is_explained_on_stderr(app: Flask, cast: Cast) -> None:
    unknown = _type(app, ["publish", "--ward", "khong-co"])
    assert (unknown.exit_code, unknown.stdout) == (2, "")
    assert "Không có phường nào mang mã khong-co." in unknown.stderr
    assert _type(app, ["publish", "--ward", "north", "--all"]).exit_code == 2
