"""What publishing and the city's page cost beside the bare SQL, measured in one run, the order of both mixed.

The floor of publishing is one transaction of hand-written SQL in which the database counts and upserts by itself, with
the lock and the marks taken. The floor of the page is the bare query over the wide rows, nothing around it.
"""

import gzip
import random
import re
import statistics
import time
from collections.abc import Callable, Iterable

import psycopg
from flask import Flask
from flask.testing import FlaskClient

from benchmarks.seeding import seed_unit, throw_away_city
from portal.accounts.passwords import hash_password
from portal.db import new_id, utc_now
from portal.rollups.publishing import publish_all, publish_changed, publish_each
from portal.wording import local_day
from tests.city import City

_TURNS = 60

_FIGURES = """
  count(*) filter (where state = 'done' and not late) done_on_time,
  count(*) filter (where state = 'done' and late) done_late,
  count(*) filter (where state <> 'done' and not late) open_in_time,
  count(*) filter (where state <> 'done' and late) open_overdue,
  count(*) filter (where state = 'review') awaiting_approval,
  count(*) filter (where due_on is null) without_date,
  sum(extensions) extensions,
  count(*) filter (where evidence_count > 0) with_evidence,
  count(*) filter (where state = 'todo' and accepted_at is null) not_accepted"""

_COLUMNS = (
    "done_on_time, done_late, open_in_time, open_overdue, awaiting_approval, without_date, extensions, with_evidence, "
    "not_accepted"
)

_BARE_PUBLISH = f"""
insert into app.ward_rollup (ward_id, plan_id, agency_kind, as_of, {_COLUMNS})
select ward_id, coalesce(plan_id, '00000000-0000-0000-0000-000000000000'), kind, now(), {_FIGURES} from (
  select c.ward_id, c.plan_id, c.state, c.due_on, c.extensions, c.evidence_count, c.accepted_at, a.kind,
    coalesce(case when c.state in ('review', 'done') and c.submitted_at is not null
      then (c.submitted_at at time zone 'Asia/Ho_Chi_Minh')::date else %(today)s::date end
      > c.due_on - c.due_exclusive::int, false) late
  from app.card c left join app.agency a on a.ward_id = c.ward_id and a.id = c.agency_id
  where c.ward_id = any(%(wards)s) and c.assigned_at is not null and c.state <> 'cancelled') cards
group by 1, 2, 3
on conflict (ward_id, plan_id, agency_kind) do update set as_of = excluded.as_of,
  {", ".join(f"{name.strip()} = excluded.{name.strip()}" for name in _COLUMNS.split(","))}
"""

_BARE_PAGE = """
select ward_id, agency_kind, sum(done_on_time), sum(done_late), sum(open_in_time), sum(open_overdue)
from app.ward_rollup where ward_id = any(%s) group by 1, 2
"""


class Bench:
    """A seeded city and the two ways of doing each work."""

    def __init__(self, city: City, app: Flask, wards: int) -> None:
        self.app = app
        self.city = city
        self.wards = {17: seed_unit(city, "thanh-pho", 17), wards: seed_unit(city, "tinh", wards)}
        self.rollup = psycopg.connect(city.url("portal_rollup").replace("+psycopg", ""))
        self.watcher = psycopg.connect(city.url("portal_city").replace("+psycopg", ""))
        self.superuser = psycopg.connect(city.superuser(), autocommit=True)
        with app.app_context():
            assert publish_all(utc_now()) == []
        self.superuser.execute("vacuum analyze")

    def dirty(self, ward_ids: list[int]) -> None:
        """One card of each ward changes state, and leaves its mark."""
        self.superuser.execute(
            "update app.card set state = case state when 'doing' then 'todo' else 'doing' end "
            "where ward_id = any(%s) and number = 7",
            (ward_ids,),
        )
        self.superuser.execute(
            "insert into app.board_change select w, gen_random_uuid() from unnest(%s::int[]) w", (ward_ids,)
        )

    def publish_bare(self, ward_ids: list[int]) -> None:
        """The floor."""
        locks = "select pg_advisory_xact_lock(7204, w) from unnest(%s::int[]) w"
        self.rollup.execute(locks, (ward_ids,))
        self.rollup.execute("delete from app.board_change where ward_id = any(%s)", (ward_ids,))
        self.rollup.execute(_BARE_PUBLISH, {"wards": ward_ids, "today": local_day(utc_now())})
        self.rollup.commit()

    def publish_ours(self, ward_ids: list[int]) -> None:
        """The publisher, asked for these wards."""
        with self.app.app_context():
            assert publish_each(ward_ids, utc_now(), always=False) == []

    def publish_found(self, _ward_ids: list[int]) -> None:
        """The job, which finds the changed wards by itself."""
        with self.app.app_context():
            assert publish_changed(utc_now()) == []

    def page_bare(self, ward_ids: list[int]) -> None:
        """The floor."""
        self.watcher.execute("select app.enter_wards(%s::int[])", (ward_ids,))
        self.watcher.execute(_BARE_PAGE, (ward_ids,)).fetchall()
        self.watcher.commit()

    def browser(self, slug: str) -> FlaskClient:
        """Somebody of the unit, signed in."""
        email, person = f"{slug}@city.example", new_id()
        self.superuser.execute(
            "insert into app.person (id, email, name, password_hash, is_operator, locale, created_at) "
            "values (%s, %s, 'Người Đo', %s, false, 'vi', now())",
            (person, email, hash_password("bon-con-voi-qua-song-17")),
        )
        self.superuser.execute(
            "insert into app.unit_membership select %s, id, 'city_viewer' from app.oversight_unit where slug = %s",
            (person, slug),
        )
        client = self.app.test_client()
        token = re.search(r'name="csrf_token" value="([^"]+)"', client.get("/login").text)
        assert token
        fields = {"csrf_token": token[1], "email": email, "password": "bon-con-voi-qua-song-17"}
        assert client.post("/login", data=fields).status_code == 303
        return client


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def beside(
    ours: Callable[[], object], floor: Callable[[], object], before: Callable[[], object], turns: int
) -> tuple[float, float]:
    """Median milliseconds of both, taken in turns of changing order; `before` runs untimed before each."""
    taken: dict[Callable[[], object], list[float]] = {ours: [], floor: []}
    for _turn in range(turns):
        for work in random.sample([ours, floor], 2):
            before()
            taken[work].append(_seconds(work) * 1000)
    return statistics.median(taken[ours][1:]), statistics.median(taken[floor][1:])


def lines(bench: Bench) -> Iterable[str]:
    """Every figure, ready to print."""
    for count, ward_ids in bench.wards.items():
        for dirty, turns in ((1, _TURNS), (100, _TURNS // 6)):
            if dirty > len(ward_ids) or (dirty == 1 and count == 17):
                continue
            some = ward_ids[:dirty]
            ours, floor = beside(
                lambda some=some: bench.publish_ours(some),
                lambda some=some: bench.publish_bare(some),
                lambda some=some: bench.dirty(some),
                turns,
            )
            yield _line(f"publish {dirty} changed of {count}", ours, floor)
    every = [ward_id for ward_ids in bench.wards.values() for ward_id in ward_ids]
    ours, floor = beside(
        lambda: bench.publish_found(every), lambda: bench.publish_bare(every), lambda: bench.dirty(every), 3
    )
    yield _line(f"publish all {len(every)}, each changed", ours, floor)
    for slug, ward_ids in zip(("thanh-pho", "tinh"), bench.wards.values(), strict=True):
        client = bench.browser(slug)
        page = client.get(f"/o/{slug}/").data
        ours, floor = beside(
            lambda slug=slug, client=client: client.get(f"/o/{slug}/"),
            lambda ward_ids=ward_ids: bench.page_bare(ward_ids),
            lambda: None,
            _TURNS // 3,
        )
        size = f"{len(gzip.compress(page)) / 1000:.1f} kB gzip"
        yield _line(f"page of {len(ward_ids)} wards ({size})", ours, floor)


def _line(what: str, ours: float, floor: float) -> str:
    return f"{what:<45}{ours:9.2f} ms   floor {floor:8.2f} ms   ratio {ours / floor:5.2f}"


def run(wards: int = 300) -> None:
    """Print every figure."""
    with throw_away_city() as (city, app):
        for line in lines(Bench(city, app, wards)):
            print(line, flush=True)


if __name__ == "__main__":
    run()
