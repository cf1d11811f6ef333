"""A province and a country of wards: publishing one, counting all afresh, reading them for the city's page.

Floors of the same run: one hand-written statement over the same wards (bare SQL: it counts and upserts the figures of
the board, and nothing else: no search for what changed, no locks, no history, no closed periods, no targets), the bare
query over the wide rows, and DuckDB over the same rows in its own memory where it is installed. Ours reads as the web
does, whose edge ends each request with a commit: a rollback would make the driver forget what it prepared.
"""

import gc
import gzip
import resource
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from datetime import timedelta
from typing import Any

import psycopg
from flask import Flask

from benchmarks.figure import Figure
from benchmarks.rollups import BARE_PUBLISH, BARE_READ, PUBLISH, READ, sign_in_watcher
from benchmarks.seeding import seed_unit, throw_away_city
from benchmarks.timing import Work, alone
from portal.db import keep, session_as, utc_now
from portal.reports.webhooks.events import FIGURES
from portal.reports.webhooks.noticing import EVERY, notice
from portal.reports.webhooks.registering import register
from portal.rollups.publishing import publish_changed
from portal.rollups.queries import figures_by_kind, sums_on
from portal.rollups.rebuilding import publish_all
from portal.tenants.overseeing import enter_wards
from portal.wording import local_day
from tests.city import City

with suppress(ImportError):
    import duckdb

#: Wards of a province before the reform of 2025 merged districts away, and of the whole country before it.
FULL, QUICK = (3_321, 10_600), (300,)

_TABLES = ("ward_rollup", "ward_rollup_day", "ward_rollup_closed", "ward_reading", "ward_rollup_state")
_COLUMNS = ("done_on_time", "done_late", "open_in_time", "open_overdue", "total", "extensions", "blocked")


def measure(quick: bool) -> Iterator[Figure]:
    """Each size in a city of its own."""
    for count in QUICK if quick else FULL:
        with throw_away_city() as (city, app):
            yield from _Country(city, app, count, 3 if quick else 5).measure()


class _Country:
    """So many wards of forty cards, all below one unit."""

    def __init__(self, city: City, app: Flask, count: int, rounds: int) -> None:
        self.city, self.app, self.rounds = city, app, rounds
        # Rubbish is looked for as seldom as in a worker of the web (wsgi.py), for the floors and for ours alike.
        gc.freeze()
        gc.set_threshold(50_000, 20, 20)
        self.wards = seed_unit(city, "nuoc", count)
        self.said = f"{count:,} wards"
        self.eye = psycopg.connect(city.superuser(), autocommit=True)
        self.rollup, self.watcher = (
            psycopg.connect(city.url(role).replace("+psycopg", ""))
            for role in ("portal_rollup", "portal_city")
        )

    def measure(self) -> Iterator[Figure]:
        yield from self._rebuilding()
        yield from self._publishing_one()
        yield from self._noticing()
        yield from self._reading()
        yield from self._pages()
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        yield Figure(f"memory at most, this process, {self.said}", peak, "MiB")

    def _rebuilding(self) -> Iterator[Figure]:
        first = _seconds(lambda: self._publish_all(2))
        yield Figure(f"publish {self.said} for the first time, 2 workers", first, "s")
        self.eye.execute("vacuum analyze")
        floor = _seconds(lambda: self._bare(self.wards))
        for workers in (1, 2):
            spent = _seconds(lambda workers=workers: self._publish_all(workers))
            limit = PUBLISH if workers == 2 else None
            yield Figure(f"rebuild {self.said}, {workers} workers", spent, "s", limit, floor)
        written = self._written_by(lambda: self._publish_all(2)) - len(self.wards)
        yield Figure(f"rows written by a rebuild of {self.said}, but the moments", written, "rows", 0)
        self.eye.execute("vacuum analyze")

    def _publishing_one(self) -> Iterator[Figure]:
        some = self.wards[:1]
        dirty = lambda: self._dirty(some)  # noqa: E731 - said twice below
        works = {"floor": Work(lambda: self._bare(some), dirty), "ours": Work(self._publish_changed, dirty)}
        times = alone(works, self.rounds)
        yield Figure(f"publish 1 of {self.said}", times["ours"], "ms", PUBLISH, times["floor"])
        dirty()
        yield Figure(
            f"rows written by a change, {self.said}", self._written_by(self._publish_changed), "rows", 6
        )

    def _noticing(self) -> Iterator[Figure]:
        """What a webhook of them all costs once a minute; the floor reads the same wards' moments and forgets them."""
        unit_id, minutes = self._unit(), iter(range(1, 10_000))
        with self.app.app_context():
            hook, _secret = register(
                session_as("auth"), unit_id, "https://he-thong.example/tin", [FIGURES], "", utc_now()
            )
            hook_id = hook.id
            keep()

        def look() -> None:
            with self.app.app_context():
                now = utc_now() + next(minutes) * EVERY
                notice(session_as("auth"), session_as("city"), hook_id, now)
                keep()

        first = _seconds(look)
        yield Figure(f"notice that {self.said} are new", first * 1000, "ms")
        self.eye.execute("delete from app.webhook_delivery")  # while one is on its way, nothing is compared
        works = {"floor": Work(self._bare_moments), "ours": Work(look)}
        times = alone(works, self.rounds)
        yield Figure(f"notice nothing new of {self.said}", times["ours"], "ms", None, times["floor"])
        written = self._written_by(look, ("webhook_told",), locked=True)
        yield Figure(f"rows written by noticing nothing, {self.said}", written, "rows", 0)
        self.eye.execute("delete from app.webhook where id = %s", [hook_id])

    def _unit(self) -> int:
        found = self.eye.execute("select oversight_unit_id from app.ward where id = %s", [self.wards[0]])
        return int((found.fetchone() or [0])[0])

    def _bare_moments(self) -> None:
        self.watcher.execute("select app.enter_wards(%s::int[])", (self.wards,))
        for table in ("ward_rollup", "ward_reading"):
            asked = f"select ward_id, count(*), max(as_of) from app.{table} group by ward_id"
            self.watcher.execute(asked).fetchall()
        self.watcher.commit()

    def _reading(self) -> Iterator[Figure]:
        for count in (17, 300, 3_321):
            some = self.wards[:count]
            if len(some) < count:
                continue
            works = {
                "floor": Work(lambda some=some: self._bare_read(some)),
                "ours": Work(lambda some=some: self._read(some)),
            }
            times = alone(works, self.rounds)
            yield Figure(f"read {count:,} of {self.said} by kind", times["ours"], "ms", READ, times["floor"])
            trend = alone({"trend": Work(lambda some=some: self._trend(some))}, self.rounds)["trend"]
            yield Figure(f"eight weeks of {count:,} of {self.said}", trend, "ms")
        yield from self._whole_country()

    def _whole_country(self) -> Iterator[Figure]:
        """One sum by kind over every row, beside DuckDB on the same rows."""
        sums = ", ".join(f"sum({name})" for name in _COLUMNS)
        asked = f"select agency_kind, {sums} from app.ward_rollup group by 1"
        works = {"postgres": Work(lambda: self.rollup.execute(asked).fetchall())}
        if "duckdb" in globals():
            store = self._same_rows()
            works["duckdb"] = Work(lambda: store.execute(asked).fetchall())
        times = alone(works, self.rounds)
        yield Figure(f"sum {self.said} by kind", times["postgres"], "ms", None, times.get("duckdb"))

    def _same_rows(self) -> Any:
        """The published rows in DuckDB's memory."""
        with tempfile.NamedTemporaryFile(suffix=".csv") as file:
            wanted = f"select agency_kind, {', '.join(_COLUMNS)} from app.ward_rollup"
            copied = f"copy ({wanted}) to stdout (format csv, header)"
            with self.eye.cursor().copy(copied) as blocks:
                file.writelines(bytes(block) for block in blocks)
            file.flush()
            store = duckdb.connect()
            store.execute("create schema app")
            store.execute(f"create table app.ward_rollup as select * from read_csv('{file.name}')")
        return store

    def _pages(self) -> Iterator[Figure]:
        units = {f"vung-{count}": count for count in (17, 300, 3_321) if count <= len(self.wards)}
        above = None
        for slug, count in reversed(units.items()):
            self._found(slug, count, above)
            above = slug
        browser = self.app.test_client()
        browser.set_cookie("phien", sign_in_watcher(self.app, list(units)))
        for slug, count in units.items():
            spent = alone({"page": Work(lambda slug=slug: browser.get(f"/o/{slug}/"))}, self.rounds, each=2)
            yield Figure(f"city page of {count:,} of {self.said}", spent["page"], "ms")
            size = len(gzip.compress(browser.get(f"/o/{slug}/").data)) / 1000
            yield Figure(f"city page of {count:,} of {self.said}, gzip", size, "kB", 150.0)

    def _found(self, slug: str, count: int, below: str | None) -> None:
        """An office that oversees the first wards; a smaller one stands below a larger one."""
        self.eye.execute(
            "insert into app.oversight_unit (slug, name, short_name, parent_id) "
            "values (%s, %s, %s, (select id from app.oversight_unit where slug = %s))",
            [slug, slug, slug, below],
        )
        self.eye.execute(
            "update app.ward set oversight_unit_id = (select id from app.oversight_unit where slug = %s) "
            "where id = any(%s)",
            [slug, self.wards[:count]],
        )

    def _publish_all(self, workers: int) -> None:
        with self.app.app_context():
            if failed := publish_all(utc_now(), workers):
                raise RuntimeError(f"wards {failed} were not published")

    def _publish_changed(self) -> None:
        with self.app.app_context():
            publish_changed(utc_now())

    def _bare(self, ward_ids: list[int]) -> None:
        self.rollup.execute("delete from app.board_change where ward_id = any(%s)", (ward_ids,))
        self.rollup.execute(BARE_PUBLISH, {"wards": ward_ids, "today": local_day(utc_now())})
        self.rollup.commit()

    def _bare_read(self, ward_ids: list[int]) -> None:
        self.watcher.execute("select app.enter_wards(%s::int[])", (ward_ids,))
        self.watcher.execute(BARE_READ, (ward_ids,)).fetchall()
        self.watcher.commit()

    def _read(self, ward_ids: list[int]) -> None:
        with self.app.app_context():
            enter_wards(session_as("city"), ward_ids)
            figures_by_kind(session_as("city"), ward_ids)
            keep()

    def _trend(self, ward_ids: list[int]) -> None:
        today = local_day(utc_now())
        with self.app.app_context():
            enter_wards(session_as("city"), ward_ids)
            sums_on(session_as("city"), ward_ids, [today - timedelta(days=7 * back) for back in range(8)])
            keep()

    def _dirty(self, ward_ids: list[int]) -> None:
        self.eye.execute(
            "update app.card set state = case state when 'done' then 'doing' else 'done' end "
            "where ward_id = any(%s) and number = 7",
            (ward_ids,),
        )
        self.eye.execute(
            "insert into app.board_change select w, gen_random_uuid() from unnest(%s::int[]) w", (ward_ids,)
        )

    def _written_by(
        self, work: Callable[[], object], tables: Sequence[str] = _TABLES, *, locked: bool = False
    ) -> int:
        """Rows of these tables that a later transaction than now wrote, or only `locked`, which writes to disk too."""
        marker = self.eye.execute("select txid_current()").fetchone()
        work()
        touched = "greatest(xmin::text::bigint, xmax::text::bigint)" if locked else "xmin::text::bigint"
        union = " union all ".join(
            f"select count(*) n from app.{table} where {touched} > %(marker)s" for table in tables
        )
        found = self.eye.execute(
            f"select sum(n)::int from ({union}) t", {"marker": marker[0] if marker else 0}
        )
        return int((found.fetchone() or [0])[0])


def _seconds(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun
