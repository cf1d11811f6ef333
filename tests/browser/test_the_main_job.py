"""The main job on the real plan, in a browser, on real servers; then again with each of them killed on the way."""

from datetime import date
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser

from portal.app import create_app
from portal.db import utc_now
from portal.local.demo import open_demo_ward
from portal.local.settings import local_settings
from portal.wording import local_day
from tests.browser.living_city import PASSWORD, LivingCity
from tests.browser.walk import Walk

PLAN = Path(__file__).parents[3] / "shared" / "plans" / "lao-cai-2024.txt"

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        not PLAN.exists(), reason="the real plans are not beside this checkout (../shared/plans)"
    ),
]


@pytest.fixture(scope="session")
def photo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A photo as a phone makes it."""
    path = tmp_path_factory.mktemp("photo") / "tuan-tra.jpg"
    Image.effect_noise((1200, 900), 60).convert("RGB").save(path, "JPEG")
    return path


def _walk(city: LivingCity, chromium: Browser, ward: str, photo: Path, **faults: str) -> Walk:
    today: date = local_day(utc_now())
    breaking = {moment: (lambda victim=victim: city.kill(victim)) for moment, victim in faults.items()}
    return Walk(city, chromium, ward, PLAN, photo, today, breaking)


def _new_ward(city: LivingCity, slug: str, name: str) -> None:
    app = create_app(local_settings(city.var))
    with app.app_context():
        open_demo_ward(slug, name, "lao-cai", PASSWORD, utc_now())


def test_the_main_job_works_from_end_to_end(living_city: LivingCity, chromium: Browser, photo: Path) -> None:
    walk = _walk(living_city, chromium, "coc-leu", photo)
    walk.go()
    walk.nothing_lost_or_doubled()


@pytest.mark.faults
@pytest.mark.parametrize("victim", ["worker", "valkey", "postgres"])
def test_the_main_job_goes_on_after_a_kill(
    living_city: LivingCity, chromium: Browser, photo: Path, victim: str
) -> None:
    """The victim dies three times on the way: while the plan is read, after the assignment, after the submission."""
    _new_ward(living_city, f"walk-{victim}", f"Đường {victim}")
    walk = _walk(
        living_city, chromium, f"walk-{victim}", photo, uploaded=victim, assigned=victim, submitted=victim
    )
    walk.go()
    walk.nothing_lost_or_doubled()
