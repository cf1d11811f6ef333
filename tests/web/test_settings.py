"""Settings are checked at start and refused with every fault named at once."""

import pytest

from portal.config import load
from portal.errors import ConfigError
from tests.city import City


@pytest.fixture
def good(city: City) -> dict[str, str]:
    return city.settings()


def _faults(values: dict[str, str]) -> list[str]:
    with pytest.raises(ConfigError) as refused:
        load(values)
    return [line.removeprefix("  - ") for line in str(refused.value).splitlines()[1:]]


def test_good_settings_are_taken(good: dict[str, str]) -> None:
    settings = load(good | {"PORTAL_PUBLIC_URL": "http://localhost/"})
    assert settings.public_url == "http://localhost"
    assert not settings.https
    assert set(settings.database_urls) == {"app", "auth", "dispatch", "rollup", "city"}
    assert (settings.smtp_port, settings.trusted_proxies) == (1, 0)


def test_nothing_at_all_names_everything_at_once() -> None:
    faults = _faults({})
    for name in (
        "SECRET_KEY",
        "BROKER_URL",
        "PUBLIC_URL",
        "FILES_DIR",
        "FILE_KEYS",
        "SMTP_HOST",
        "MAIL_FROM",
    ):
        assert f"PORTAL_{name} is missing" in faults
    for role in ("APP", "AUTH", "DISPATCH", "ROLLUP", "CITY"):
        assert f"PORTAL_DB_{role}_URL is missing" in faults
    assert len(faults) == 12


@pytest.mark.parametrize(
    ("name", "value", "fault"),
    [
        ("PORTAL_SECRET_KEY", "", "PORTAL_SECRET_KEY is missing"),
        ("PORTAL_SECRET_KEY", "   ", "PORTAL_SECRET_KEY is missing"),
        ("PORTAL_SECRET_KEY", "f3a9" * 4, "PORTAL_SECRET_KEY is too short: at least 32 characters"),
        (
            "PORTAL_SECRET_KEY",
            "change-me-change-me-change-me-change-me",
            "PORTAL_SECRET_KEY looks like an example value: make a random one",
        ),
        (
            "PORTAL_DB_APP_URL",
            "sqlite:///portal.db",
            "PORTAL_DB_APP_URL must start with postgresql+psycopg://",
        ),
        ("PORTAL_BROKER_URL", "amqp://x", "PORTAL_BROKER_URL must start with redis:// or rediss://"),
        ("PORTAL_PUBLIC_URL", "localhost", "PORTAL_PUBLIC_URL must start with http:// or https://"),
        ("PORTAL_FILE_KEYS", "k1:c2hvcnQ=", "PORTAL_FILE_KEYS cannot be used: the key k1 must have 32 bytes"),
        ("PORTAL_FILE_KEYS", "k1:???", "PORTAL_FILE_KEYS cannot be used: the key k1 is not base64"),
        (
            "PORTAL_FILE_KEYS",
            "k1:" + "A" * 43 + "=",
            "PORTAL_FILE_KEYS cannot be used: the key k1 looks like an example value: make a random one",
        ),
        (
            "PORTAL_FILE_KEYS",
            "K 1:",
            "PORTAL_FILE_KEYS cannot be used: each key needs a name of its own: small letters, digits, hyphens",
        ),
        ("PORTAL_SMTP_PORT", "mail", "PORTAL_SMTP_PORT must be a whole number, not 'mail'"),
        ("PORTAL_TRUSTED_PROXIES", "-1", "PORTAL_TRUSTED_PROXIES must be a whole number, not '-1'"),
        ("PORTAL_ENV", "production", "PORTAL_PUBLIC_URL must be https:// in production"),
    ],
)
def test_one_wrong_value_is_named(good: dict[str, str], name: str, value: str, fault: str) -> None:
    assert _faults(good | {name: value}) == [fault]


def test_several_wrong_values_are_named_together(good: dict[str, str]) -> None:
    faults = _faults(good | {"PORTAL_SECRET_KEY": "short", "PORTAL_SMTP_PORT": "x", "PORTAL_FILES_DIR": ""})
    assert [fault.split()[0] for fault in faults] == [
        "PORTAL_SECRET_KEY",
        "PORTAL_FILES_DIR",
        "PORTAL_SMTP_PORT",
    ]


def test_a_secret_is_never_repeated_in_the_message(good: dict[str, str]) -> None:
    assert not any("hunter2" in fault for fault in _faults(good | {"PORTAL_SECRET_KEY": "hunter2"}))


def test_production_is_what_is_meant_when_nothing_is_said(good: dict[str, str]) -> None:
    del good["PORTAL_ENV"]
    assert _faults(good) == ["PORTAL_PUBLIC_URL must be https:// in production"]
