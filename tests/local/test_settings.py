"""A local city makes its secrets and ports once and gives every process the same complete settings."""

import socket
import stat
from pathlib import Path

import pytest

from portal import config
from portal.local import locking, ports
from portal.local.secrets import FILE
from portal.local.settings import local_settings


def test_the_settings_pass_the_check_that_every_process_makes_at_its_start(tmp_path: Path) -> None:
    settings = config.load(local_settings(tmp_path))
    assert settings.env == "local"
    assert set(settings.database_urls) == set(config.ROLES)


def test_secrets_are_made_once_and_only_their_owner_can_read_them(tmp_path: Path) -> None:
    assert local_settings(tmp_path) == local_settings(tmp_path)
    assert stat.S_IMODE((tmp_path / FILE).stat().st_mode) == 0o600


def test_two_cities_share_no_secret(tmp_path: Path) -> None:
    one, other = local_settings(tmp_path / "one"), local_settings(tmp_path / "other")
    assert one["PORTAL_SECRET_KEY"] != other["PORTAL_SECRET_KEY"]
    assert one["PORTAL_DB_APP_URL"] != other["PORTAL_DB_APP_URL"]


def test_ports_stay_where_they_were_until_somebody_else_has_taken_one(tmp_path: Path) -> None:
    web = ports.free_port()
    first = ports.settle(tmp_path, web)
    assert ports.settle(tmp_path, web) == first
    with socket.create_server((ports.LOOPBACK, first.valkey)):
        second = ports.settle(tmp_path, web)
    assert second.valkey > first.valkey
    assert second.postgres == first.postgres
    assert len({second.web, second.postgres, second.valkey, second.smtp}) == 4


def test_a_second_run_in_the_same_folder_is_told_who_holds_it(tmp_path: Path) -> None:
    with locking.hold(tmp_path):
        with pytest.raises(locking.AlreadyRunning) as held:
            locking.hold(tmp_path)
        assert held.value.pid.isdigit()
    locking.hold(tmp_path).close()
