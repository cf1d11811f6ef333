"""The PORTAL_* settings of a local city, for every process of it and for whoever talks to it."""

import json
import os
from pathlib import Path

from migrations.roles import ROLES
from portal.local.journal import JOURNAL
from portal.local.ports import LOOPBACK, Ports, remembered
from portal.local.secrets import Secrets, local_secrets

ROOT = Path(__file__).resolve().parents[2]
SUPERUSER = "postgres"
DATABASE = "portal"


def var_folder() -> Path:
    """Where everything that changes lives; PORTAL_VAR moves it."""
    return Path(os.environ.get("PORTAL_VAR") or ROOT / "var").resolve()


#: The account that the operator of a local city offers its wards: the stand-in takes any secret.
_SMS_ACCOUNT = {
    "shape": "esms",
    "sender": "CHUNGTAY",
    "price": 350,
    "settings": {"api_key": "thu", "secret_key": "thu"},
}


def secrets_of(var: Path) -> Secrets:
    """The secrets of the city in `var`, with a password for each login role."""
    return local_secrets(var, list(ROLES))


def local_settings(var: Path) -> dict[str, str]:
    """The environment of the city in `var`: complete, with secrets made the first time."""
    secrets, ports = secrets_of(var), remembered(var)
    return {
        "PORTAL_ENV": "local",
        "PORTAL_VAR": str(var),
        "PORTAL_SECRET_KEY": secrets.secret_key,
        **_database_urls(secrets, ports),
        "PORTAL_BROKER_URL": f"redis://{LOOPBACK}:{ports.valkey}/0",
        "PORTAL_PUBLIC_URL": f"http://{LOOPBACK}:{ports.web}",
        "PORTAL_FILES_DIR": str(var / "files"),
        "PORTAL_FILE_KEYS": f"local:{secrets.file_key}",
        "PORTAL_SMTP_HOST": LOOPBACK,
        "PORTAL_SMTP_PORT": str(ports.smtp),
        "PORTAL_MAIL_FROM": "nhac-viec@portal.example",
        "PORTAL_MAIL_BOUNCES": "tra-lai@portal.example",
        "PORTAL_WEBHOOK_INSIDE": LOOPBACK,
        "PORTAL_SMS_ACCOUNT": json.dumps(_SMS_ACCOUNT),
        "PORTAL_SMS_STANDIN": f"http://{LOOPBACK}:{ports.sms}",
        "PORTAL_RELAY_JOURNAL": str(var / "mail" / JOURNAL),
    }


def _database_urls(secrets: Secrets, ports: Ports) -> dict[str, str]:
    """One for each role: portal_app is PORTAL_DB_APP_URL."""
    return {
        f"PORTAL_DB_{role.removeprefix('portal_').upper()}_URL": (
            f"postgresql+psycopg://{role}:{password}@{LOOPBACK}:{ports.postgres}/{DATABASE}"
        )
        for role, password in secrets.roles.items()
        if role != "portal_backup"
    }


def superuser_url(var: Path, database: str = "postgres") -> str:
    """For psycopg itself: the cluster's superuser, who only prepares the database."""
    secrets, ports = secrets_of(var), remembered(var)
    return f"postgresql://{SUPERUSER}:{secrets.superuser}@{LOOPBACK}:{ports.postgres}/{database}"
