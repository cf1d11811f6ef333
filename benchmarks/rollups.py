"""What publishing and the city's page cost beside the bare SQL of the same run.

The floor of publishing is one transaction of hand-written SQL: locks and marks taken, the database counts and upserts.
It keeps no daily history and takes no dead rows away. The floor of the page is the board's (performance.md).
"""

import gzip
from collections.abc import Iterator
from contextlib import ExitStack
from functools import partial

import psycopg
from flask import Flask
from sqlalchemy import select

from benchmarks.figure import Figure
from benchmarks.seeding import seed_unit
from benchmarks.stage import Stage, stage
from benchmarks.timing import Work, alone
from benchmarks.visiting import Visitor
from portal.accounts.person import Person
from portal.accounts.web_session import WebSession
from portal.db import keep, keep_first, session_as, utc_now
from portal.rollups.publishing import publish_changed
from portal.rollups.queries import figures_by_kind
from portal.rollups.rebuilding import publish_all
from portal.tenants.overseeing import enter_wards
from portal.tenants.oversight_unit import OversightUnit, UnitMembership
from portal.wording import local_day

#: Wards of each unit: a city, and a province.
UNITS = {"thanh-pho": 17, "tinh": 300}

#: performance.md, "Rollups": publishing, reading, the city page over the board's floor, and kB of 3,321 wards.
PUBLISH, READ, PAGE, KILOBYTES = 2.0, 1.5, 3.0, 150.0

_FIGURES = {
    "done_on_time": "count(*) filter (where state = 'done' and not late)",
    "done_late": "count(*) filter (where state = 'done' and late)",
    "open_in_time": "count(*) filter (where state <> 'done' and not late)",
    "open_overdue": "count(*) filter (where state <> 'done' and late)",
    "awaiting_approval": "count(*) filter (where state = 'review')",
    "without_date": "count(*) filter (where due_on is null)",
    "extensions": "sum(extensions)",
    "with_evidence": "count(*) filter (where evidence_count > 0)",
    "not_accepted": "count(*) filter (where state = 'todo' and accepted_at is null)",
    "blocked": "count(*) filter (where is_blocked and state <> 'done')",
    "answered": "count(accepted_at)",
    "answer_minutes": "coalesce(sum(greatest(floor(extract(epoch from accepted_at - assigned_at) / 60), 0)), 0)",
}

BARE_PUBLISH = f"""
insert into app.ward_rollup (ward_id, year, plan_id, agency_kind, as_of, {", ".join(_FIGURES)})
select ward_id, year, coalesce(plan_id, '00000000-0000-0000-0000-000000000000'), kind, now(),
  {", ".join(_FIGURES.values())}
from (
  select c.ward_id, c.plan_id, c.state, c.due_on, c.extensions, c.evidence_count, c.accepted_at, c.assigned_at,
    c.is_blocked, a.kind,
    coalesce(p.year, extract(year from c.assigned_at at time zone 'Asia/Ho_Chi_Minh'))::int as year,
    coalesce(case when c.state in ('review', 'done') and c.submitted_at is not null
      then (c.submitted_at at time zone 'Asia/Ho_Chi_Minh')::date else %(today)s::date end
      > c.due_on - c.due_exclusive::int, false) late
  from app.card c
  left join app.agency a on a.ward_id = any(%(wards)s) and a.ward_id = c.ward_id and a.id = c.agency_id
  left join app.plan p on p.ward_id = any(%(wards)s) and p.ward_id = c.ward_id and p.id = c.plan_id
  where c.ward_id = any(%(wards)s) and c.assigned_at is not null and c.state <> 'cancelled') cards
group by 1, 2, 3, 4
on conflict (ward_id, year, plan_id, agency_kind) do update set as_of = excluded.as_of,
  {", ".join(f"{name} = excluded.{name}" for name in _FIGURES)}
"""

BARE_READ = f"""
select ward_id, agency_kind, {", ".join(f"sum({name})" for name in _FIGURES)}
from app.ward_rollup where ward_id = any(%s) group by 1, 2
"""


def measure(stage: Stage, rounds: int) -> Iterator[Figure]:
    """Publishing, reading and showing."""
    wards = {slug: seed_unit(stage.city, slug, count) for slug, count in UNITS.items()}
    with stage.app.app_context():
        if failed := publish_all(utc_now()):
            raise RuntimeError(f"wards {failed} were not published")
    with ExitStack() as until_end:
        rollup, city, behind_the_wall = (
            until_end.enter_context(psycopg.connect(url.replace("+psycopg", ""), autocommit=autocommit))
            for url, autocommit in (
                (stage.city.url("portal_rollup"), False),
                (stage.city.url("portal_city"), False),
                (stage.city.superuser(), True),
            )
        )
        behind_the_wall.execute("vacuum analyze")
        yield from _publishing(stage, wards["tinh"], rollup, behind_the_wall, rounds)
        yield from _reading(stage, wards["tinh"], city, rounds)
    yield from _pages(stage, rounds)


def _publishing(
    stage: Stage,
    wards: list[int],
    rollup: "psycopg.Connection[object]",
    behind_the_wall: "psycopg.Connection[object]",
    rounds: int,
) -> Iterator[Figure]:
    def dirty(ward_ids: list[int]) -> None:
        behind_the_wall.execute(
            "update app.card set state = case state when 'doing' then 'todo' else 'doing' end "
            "where ward_id = any(%s) and number = 7",
            (ward_ids,),
        )
        behind_the_wall.execute(
            "insert into app.board_change select w, gen_random_uuid() from unnest(%s::int[]) w", (ward_ids,)
        )

    def bare(ward_ids: list[int]) -> None:
        rollup.execute("select pg_advisory_xact_lock(7204, w) from unnest(%s::int[]) w", (ward_ids,))
        rollup.execute("delete from app.board_change where ward_id = any(%s)", (ward_ids,))
        rollup.execute(BARE_PUBLISH, {"wards": ward_ids, "today": local_day(utc_now())})
        rollup.commit()

    def ours() -> None:
        with stage.app.app_context():
            publish_changed(utc_now())

    for count in (1, 100, len(wards)):
        some = wards[:count]
        works = {
            "floor": Work(partial(bare, some), before=partial(dirty, some)),
            "ours": Work(ours, before=partial(dirty, some)),
        }
        times = alone(works, rounds)
        yield Figure(f"publish {count} of {len(wards)} wards", times["ours"], "ms", PUBLISH, times["floor"])


def _reading(
    stage: Stage, wards: list[int], city: "psycopg.Connection[object]", rounds: int
) -> Iterator[Figure]:
    def bare() -> None:
        city.execute("select app.enter_wards(%s::int[])", (wards,))
        city.execute(BARE_READ, (wards,)).fetchall()
        city.commit()

    def ours() -> None:
        with stage.app.app_context():
            session = session_as("city")
            enter_wards(session, wards)
            figures_by_kind(session, wards)
            keep()

    times = alone({"floor": Work(bare), "ours": Work(ours)}, rounds)
    yield Figure(f"read {len(wards)} wards by kind", times["ours"], "ms", READ, times["floor"])


def _pages(stage: Stage, rounds: int) -> Iterator[Figure]:
    visitor = Visitor(stage.ours.port, {"phien": sign_in_watcher(stage.app, list(UNITS))})
    board = stage.boards[60].address
    works = {"floor": Work(lambda: stage.floor.get(board))}
    works |= {slug: Work(partial(visitor.get, f"/o/{slug}/")) for slug in UNITS}
    times = alone(works, rounds)
    for slug, count in UNITS.items():
        limit = PAGE if count == 17 else None
        yield Figure(f"city page, {count} wards", times[slug], "ms", limit, times["floor"])
    size = len(gzip.compress(visitor.get("/o/tinh/").encode())) / 1000
    yield Figure(f"city page, {UNITS['tinh']} wards, gzip", size, "kB", KILOBYTES)


def sign_in_watcher(app: Flask, units: list[str]) -> str:
    """Somebody who watches these units; the value of their session cookie."""
    with app.app_context():
        auth, now = session_as("auth"), utc_now()
        person = Person(email="city@bench.example", name="Nguyễn Thị Theo Dõi", created_at=now)
        person.password_hash = "no password opens this"
        auth.add(person)
        auth.flush()
        for unit_id in auth.scalars(select(OversightUnit.id).where(OversightUnit.slug.in_(units))):
            auth.add(UnitMembership(person_id=person.id, unit_id=unit_id))
        keep_first("auth")
        row, token = WebSession.open(person.id, "benchmark", now)
        auth.add(row)
        keep()
    return token


def main() -> None:
    """These figures alone."""
    with stage() as set_up:
        for figure in measure(set_up, 12):
            print(*figure.as_row(), sep="  ", flush=True)


if __name__ == "__main__":
    main()
