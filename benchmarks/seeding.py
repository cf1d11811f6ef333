"""A throw-away city for measuring: real servers, and as many wards, agencies and cards as asked for."""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from flask import Flask

from portal.app import create_app
from tests.city import City, found_city

#: Kinds of agencies each seeded ward has, with a name for each.
KINDS = {
    "vhxh": "Công chức Văn hóa - Xã hội",
    "tckh": "Công chức Tài chính - Kế hoạch",
    "tpht": "Công chức Tư pháp - Hộ tịch",
    "truong": "Các trường học trên địa bàn phường",
    "congan": "Công an phường",
    "tramyte": "Trạm Y tế phường",
    "mttq": "Ủy ban MTTQ Việt Nam phường",
    "doantn": "Đoàn Thanh niên phường",
    "hoipn": "Hội Liên hiệp Phụ nữ phường",
    "hoictd": "Hội Chữ thập đỏ phường",
}

_WARDS = """
insert into app.ward (slug, name, kind, province, oversight_unit_id, created_at)
select %(unit)s || '-' || n, initcap(%(unit)s) || ' ' || n, case n %% 4 when 0 then 'xa' else 'phuong' end, 'Thử',
  (select id from app.oversight_unit where slug = %(unit)s), now()
from generate_series(1, %(wards)s) n returning id
"""

_AGENCIES = """
insert into app.agency (ward_id, id, kind, name, short_name, mode, position, closed)
select w, gen_random_uuid(), kind, name, kind, 'assign', place, false
from unnest(%(wards)s::int[]) w, unnest(%(kinds)s::text[], %(names)s::text[]) with ordinality k (kind, name, place)
"""

# Every ward gets the same number of cards; states and dates differ from card to card but not from run to run.
_CARDS = """
insert into app.card (ward_id, id, number, agency_id, mode, title, text, section, locator, source_sha256, state,
  due_on, due_exclusive, original_due_on, extensions, asked_why, due_version, assigned_at, accepted_at, submitted_at,
  result, reason, blocked_why, evidence_required, position, checks_done, checks_total, evidence_count, comment_count,
  search_text, version, created_at, changed_at, confidential, shared_total, shared_done, explain_state, explain_asked,
  explain_answer, link_count, label_count)
select a.ward_id, gen_random_uuid(), n, a.id, 'assign', 'Việc ' || n, '', 'IV', '', '', s.state,
  d.due_on, false, d.due_on, (n * 5 + a.ward_id) %% 9 / 8, '', 1, now(),
  case s.state when 'todo' then null else now() end,
  case when s.state in ('review', 'done') then d.due_on + ((n + a.ward_id) %% 7 - 5) * interval '1 day' end,
  '', '', '', false, n, 0, 0, n %% 2, 0, 'viec', 1, now(), now(),
  false, 0, 0, '', '', '', 0, 0
from unnest(%(wards)s::int[]) w
join app.agency a on a.ward_id = w
join generate_series(1, %(cards)s) n on n %% 10 = a.position - 1
cross join lateral (select ('{todo,doing,review,done,done,doing,done,todo,done,paused}'::text[])
  [1 + abs(hashint4(n * 7919 + a.ward_id)) %% (6 + a.ward_id %% 5)] state) s
cross join lateral (select current_date + 40 - (n * 13 + a.ward_id * 5) %% 45 due_on) d
"""


# Whoever inserts here names what matters and leaves the rest as the product leaves it on a new row.
_DEFAULTS = """
do $$ declare it record; begin
  for it in select table_name, column_name, data_type from information_schema.columns
    where table_schema = 'app' and table_name in ('card', 'card_event', 'comment') and is_nullable = 'NO'
      and column_default is null and is_generated = 'NEVER'
      and data_type in ('integer', 'text', 'boolean') and column_name <> 'ward_id'
  loop execute format('alter table app.%I alter column %I set default %L', it.table_name, it.column_name,
    case it.data_type when 'integer' then '0' when 'text' then '' else 'false' end);
  end loop;
end $$
"""


@contextmanager
def throw_away_city() -> Iterator[tuple[City, Flask]]:
    """Real servers and the app upon them; gone afterwards."""
    city = found_city()
    app = create_app(city.settings())
    app.config["RATELIMIT_ENABLED"] = False
    with psycopg.connect(city.superuser()) as connection:
        connection.execute(_DEFAULTS)
    try:
        yield city, app
    finally:
        city.end()


def seed_unit(city: City, slug: str, wards: int, cards: int = 40) -> list[int]:
    """An oversight unit with so many wards of so many assigned cards. Returns the wards' ids."""
    with psycopg.connect(city.superuser()) as connection:
        connection.execute(
            "insert into app.oversight_unit (slug, name, short_name) values (%(slug)s, %(slug)s, %(slug)s)",
            {"slug": slug},
        )
        ids = [row[0] for row in connection.execute(_WARDS, {"unit": slug, "wards": wards})]
        kinds = {"wards": ids, "kinds": list(KINDS), "names": list(KINDS.values())}
        connection.execute(_AGENCIES, kinds)
        connection.execute(_CARDS, {"wards": ids, "cards": cards})
        connection.commit()
        connection.autocommit = True
        # Not all tables: of one analyzed while empty PostgreSQL believes that it stays so, and reads it from end to end
        # with every row that refers to it. A young database has not been told so, nor has one that is used.
        connection.execute("analyze app.ward, app.agency, app.card")
    return ids
