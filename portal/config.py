"""Settings: read once from PORTAL_* variables, checked at start, refused with every fault named."""

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from portal.errors import ConfigError
from portal.sealing import MasterKeys, master_keys

#: The login roles of the database, each with its own engine (architecture.md section 5).
ROLES = ("app", "auth", "dispatch", "rollup", "city")

_EXAMPLES = ("change", "example", "secret", "password", "xxxx", "0000", "1234", "todo")
_SECRET_LENGTH = 32


@dataclass(frozen=True)
class Settings:
    """All a process needs to know. URLs are SQLAlchemy URLs; times are seconds.

    `webhook_inside`: hosts (`name` or `name:port`) inside our own network that units' webhooks may lead to; all others
    have to be public, at https on port 443.
    """

    env: str
    secret_key: str
    database_urls: dict[str, str]
    broker_url: str
    public_url: str
    files_dir: Path
    file_keys: MasterKeys
    smtp_host: str
    smtp_port: int
    smtp_user: str
    smtp_password: str
    smtp_starttls: bool
    mail_from: str
    mail_bounces: str
    relay_journal: Path | None
    sms_standin: str
    sms_account: dict[str, Any] | None
    webhook_inside: frozenset[str]
    smpp_servers: tuple[str, ...]
    trusted_proxies: int

    @property
    def https(self) -> bool:
        """Whether people reach us over TLS: decides the Secure flag and HSTS."""
        return self.public_url.startswith("https://")


class _Reader:
    """Takes values one by one and remembers what was wrong, so that one start names every fault."""

    def __init__(self, values: Mapping[str, str]) -> None:
        self._values = values
        self.faults: list[str] = []

    def text(self, name: str, default: str | None = None) -> str:
        value = self._values.get(name, "").strip()
        if value:
            return value
        if default is None:
            self.faults.append(f"{name} is missing")
        return default or ""

    def number(self, name: str, default: int) -> int:
        value = self.text(name, str(default))
        if value.isdigit():
            return int(value)
        self.faults.append(f"{name} must be a whole number, not {value!r}")
        return default

    def names(self, name: str) -> frozenset[str]:
        """Names divided by commas; none by default."""
        return frozenset(one.strip().lower() for one in self.text(name, "").split(",") if one.strip())

    def account(self, name: str) -> dict[str, Any] | None:
        """A JSON object with `shape`, `sender` and `settings`; None by default."""
        value = self.text(name, "")
        try:
            given = json.loads(value) if value else None
        except ValueError:
            given = value
        if given is None or (isinstance(given, dict) and {"shape", "sender", "settings"} <= given.keys()):
            return given
        self.faults.append(f'{name} must be JSON: {{"shape": …, "sender": …, "settings": {{…}}, "price": …}}')
        return None

    def secret(self, name: str) -> str:
        value = self.text(name)
        if value and len(value) < _SECRET_LENGTH:
            self.faults.append(f"{name} is too short: at least {_SECRET_LENGTH} characters")
        elif value and any(word in value.lower() for word in _EXAMPLES):
            self.faults.append(f"{name} looks like an example value: make a random one")
        return value

    def keys(self, name: str) -> MasterKeys:
        value = self.text(name)
        try:
            return master_keys(value)
        except ValueError as wrong:
            if value:
                self.faults.append(f"{name} cannot be used: {wrong}")
            return MasterKeys("", {})

    def url(self, name: str, *schemes: str) -> str:
        value = self.text(name)
        if value and urlsplit(value).scheme not in schemes:
            self.faults.append(f"{name} must start with {' or '.join(s + '://' for s in schemes)}")
        return value


def load(values: Mapping[str, str] | None = None) -> Settings:
    """The settings in `values` (by default the environment).

    Raises ConfigError naming every missing, short or example value.
    """
    read = _Reader(os.environ if values is None else values)
    journal = read.text("PORTAL_RELAY_JOURNAL", "")
    settings = Settings(
        env=read.text("PORTAL_ENV", "production"),
        secret_key=read.secret("PORTAL_SECRET_KEY"),
        database_urls={r: read.url(f"PORTAL_DB_{r.upper()}_URL", "postgresql+psycopg") for r in ROLES},
        broker_url=read.url("PORTAL_BROKER_URL", "redis", "rediss"),
        public_url=read.url("PORTAL_PUBLIC_URL", "http", "https").rstrip("/"),
        files_dir=Path(read.text("PORTAL_FILES_DIR")),
        file_keys=read.keys("PORTAL_FILE_KEYS"),
        smtp_host=read.text("PORTAL_SMTP_HOST"),
        smtp_port=read.number("PORTAL_SMTP_PORT", 25),
        smtp_user=read.text("PORTAL_SMTP_USER", ""),
        smtp_password=read.text("PORTAL_SMTP_PASSWORD", ""),
        smtp_starttls=read.text("PORTAL_SMTP_STARTTLS", "no") == "yes",
        mail_from=read.text("PORTAL_MAIL_FROM"),
        mail_bounces=read.text("PORTAL_MAIL_BOUNCES", ""),
        relay_journal=Path(journal) if journal else None,
        sms_account=read.account("PORTAL_SMS_ACCOUNT"),
        sms_standin=read.text("PORTAL_SMS_STANDIN", "").rstrip("/"),
        webhook_inside=read.names("PORTAL_WEBHOOK_INSIDE"),
        smpp_servers=tuple(read.text("PORTAL_SMPP_SERVERS", "").split()),
        trusted_proxies=read.number("PORTAL_TRUSTED_PROXIES", 0),
    )
    if settings.env == "production" and settings.public_url and not settings.https:
        read.faults.append("PORTAL_PUBLIC_URL must be https:// in production")
    if settings.env == "production" and settings.sms_standin:
        read.faults.append("PORTAL_SMS_STANDIN must be empty in production: it keeps every SMS from leaving")
    if read.faults:
        raise ConfigError("The settings cannot be used:\n  - " + "\n  - ".join(read.faults))
    return settings
