"""Every process of a local city, ready to be started: servers, mailbox, worker, clock, web."""

import os
import sys
from dataclasses import dataclass
from pathlib import Path

from portal.local.child import Child
from portal.local.ports import LOOPBACK, Ports
from portal.local.servers import Postgres, Valkey
from portal.local.settings import ROOT, SUPERUSER, local_settings, secrets_of

WEB_WORKERS = "2"

#: The worker services by name: the queues each serves (portal/doorbell.py), and with how many processes. Letters and
#: SMS may each wait for a slow provider without the other.
JOBS = {"work": ("work", "2"), "sending": ("sending,texting,hooking", "2")}


@dataclass
class City:
    """The processes by name; `in_order` is how they need each other."""

    postgres: Postgres
    valkey: Valkey
    mailbox: Child
    worker: Child
    sender: Child
    gateway: Child
    clock: Child
    web: Child

    @property
    def in_order(self) -> tuple[Postgres | Valkey | Child, ...]:
        """The database first, the web last; they end the other way round."""
        return (
            self.postgres,
            self.valkey,
            self.mailbox,
            self.gateway,
            self.worker,
            self.sender,
            self.clock,
            self.web,
        )


def city(var: Path, ports: Ports) -> City:
    """The processes of the city in `var`, none started yet."""
    logs, schedule = var / "log", var / "clock" / "schedule"
    schedule.parent.mkdir(parents=True, exist_ok=True)
    return City(
        postgres=Postgres(
            host=LOOPBACK,
            port=ports.postgres,
            superuser=SUPERUSER,
            password=secrets_of(var).superuser,
            data_dir=var / "postgres",
            log=logs / "postgres.log",
        ),
        valkey=Valkey(host=LOOPBACK, port=ports.valkey, data_dir=var / "valkey", log=logs / "valkey.log"),
        mailbox=_python(var, "Hộp thư", "mailbox", _mailbox_command(var, ports)),
        worker=_python(var, "Tiến trình làm việc", "worker", _worker("work")),
        sender=_python(var, "Tiến trình gửi tin", "sender", _worker("sending")),
        gateway=_python(var, "Cổng SMS thử", "gateway", _gateway_command(var, ports)),
        clock=_python(var, "Đồng hồ", "clock", _celery("beat", "--schedule", str(schedule))),
        web=_python(var, "Trang web", "web", _web_command(ports.web)),
    )


def _python(var: Path, name: str, log: str, command: list[str]) -> Child:
    """A child that runs a Python module with the city's settings, whatever PORTAL_* the shell had."""
    shell = {key: value for key, value in os.environ.items() if not key.startswith("PORTAL_")}
    return Child(
        name=name,
        command=[sys.executable, "-m", *command],
        log=var / "log" / f"{log}.log",
        env={**shell, "PYTHONUNBUFFERED": "1", **local_settings(var)},
        cwd=ROOT,
    )


def demo_loading(var: Path, password: str, *options: str) -> Child:
    """The command that fills an empty database with the demo city; `options` are those of `portal demo`."""
    child = _python(var, "Dữ liệu thử", "demo", ["portal.cli", "demo", *options])
    child.env = {**(child.env or {}), "PORTAL_DEMO_PASSWORD": password}
    return child


def _mailbox_command(var: Path, ports: Ports) -> list[str]:
    return ["portal.local.mailbox", "--port", str(ports.smtp), "--dir", str(var / "mail"), "--returns"]


def _gateway_command(var: Path, ports: Ports) -> list[str]:
    return ["portal.local.gateway", "--port", str(ports.sms), "--dir", str(var / "sms")]


def _celery(command: str, *options: str) -> list[str]:
    module = "worker.beat" if command == "beat" else "worker.main"
    return ["celery", "-A", module, command, *options, "--loglevel", "INFO"]


def _worker(name: str) -> list[str]:
    """The processes of one worker service, which serve its queues and no others."""
    queues, processes = JOBS[name]
    return _celery(
        "worker",
        "--hostname",
        f"{name}@%h",
        "--queues",
        queues,
        "--pool",
        "prefork",
        "--concurrency",
        processes,
        "--without-gossip",
        "--without-mingle",
    )


def _web_command(port: int) -> list[str]:
    config = str(ROOT / "deploy" / "gunicorn.conf.py")
    return [
        "gunicorn",
        "wsgi:app",
        "--config",
        config,
        "--bind",
        f"{LOOPBACK}:{port}",
        "--workers",
        WEB_WORKERS,
    ]
