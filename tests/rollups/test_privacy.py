"""Privacy by construction: what is published has no room for a name, and the city's role can read nothing else."""

import psycopg
import pytest
from flask import Flask

from tests.cast import Cast
from tests.city import City, Snapshot
from tests.rollups.boards import give, publish

#: Everything published, by type. A new column is a decision: no free text, names, file names or card ids.
FIGURES = {
    **dict.fromkeys(
        ("done_on_time", "done_late", "open_in_time", "open_overdue", "total", "awaiting_approval"), "integer"
    ),
    **dict.fromkeys(("without_date", "extensions", "with_evidence", "not_accepted"), "integer"),
    **dict.fromkeys(("blocked", "answered", "answer_minutes"), "integer"),
}
KEY = {"ward_id": "integer", "year": "integer", "plan_id": "uuid", "agency_kind": "text"}
MOMENT = "timestamp with time zone"
PUBLISHED = {
    "ward_rollup": {
        **KEY,
        "as_of": MOMENT,
        **FIGURES,
    },
    "ward_rollup_day": {"ward_id": "integer", "year": "integer", "day": "date", **FIGURES},
    "ward_rollup_closed": {**KEY, "period_end": "date", "corrected": "boolean", "as_of": MOMENT, **FIGURES},
    "ward_rollup_state": {
        "ward_id": "integer",
        "as_of": MOMENT,
        "counted_on": "date",
        "closed_until": "date",
        "recheck": "boolean",
    },
    "ward_reading": {
        **KEY,
        **dict.fromkeys(("reporter_id", "unit_target_id"), "uuid"),
        **dict.fromkeys(("period_start", "period_end", "due_on", "reported_on", "corrected_on"), "date"),
        **dict.fromkeys(("rhythm", "measure", "comparator"), "text"),
        **dict.fromkeys(("target", "numerator", "denominator"), "double precision"),
        **dict.fromkeys(("kept_numerator", "kept_denominator"), "double precision"),
        **dict.fromkeys(("falls", "sensitive"), "boolean"),
        "as_of": MOMENT,
        "published_on": "date",
    },
    "unit_reading": {
        **dict.fromkeys(("unit_id", "year", "numerator", "denominator", "wards"), "integer"),
        "unit_target_id": "uuid",
        **dict.fromkeys(("period_end", "published_on"), "date"),
    },
    "reading_publication": {"unit_id": "integer", "period_end": "date", "published_at": MOMENT},
    "plan_citation": {
        "ward_id": "integer",
        "id": "uuid",
        "unit_plan_id": "uuid",
        "as_of": "timestamp with time zone",
    },
    # A document that the ward's leader released for this unit; never a draft.
    "sent_report": {
        "ward_id": "integer",
        "unit_id": "integer",
        **dict.fromkeys(("id", "report_id"), "uuid"),
        "period_code": "text",
        "edition": "integer",
        "sent_at": MOMENT,
        "document": "bytea",
    },
    # Points of a scorecard and the document that the ward's leader approved; no word somebody typed stands in the row.
    "sent_scorecard": {
        **dict.fromkeys(("ward_id", "unit_id", "year", "edition"), "integer"),
        **dict.fromkeys(("id", "scorecard_id"), "uuid"),
        **dict.fromkeys(("unit_class", "result"), "text"),
        **dict.fromkeys(("threshold", "total"), "double precision"),
        "points": "jsonb",
        "sent_at": MOMENT,
        "document": "bytea",
    },
    # What the unit asked itself, in words of a list; the ward's card is not named.
    "unit_ask": {
        "ward_id": "integer",
        "unit_id": "integer",
        **dict.fromkeys(("id", "press_id"), "uuid"),
        **dict.fromkeys(("kind", "sentence", "agency_kind", "period_code"), "text"),
        "due_on": "date",
        **dict.fromkeys(("asked_at", "received_at", "answered_at", "done_at"), MOMENT),
    },
    # An official answer, released by the ward's leader for the unit to read, as a report is; not who released it.
    "ward_answer": {
        "ward_id": "integer",
        **dict.fromkeys(("id", "released_by"), "uuid"),
        "words": "text",
        "released_at": MOMENT,
    },
    "target_verdict": {
        "ward_id": "integer",
        "id": "uuid",
        "unit_plan_id": "uuid",
        "unit_target_id": "uuid",
        "verdict": "text",
    },
}

#: Public knowledge about wards and offices, and how they hung together when.
_TREE = ("ward", "oversight_unit", "unit_membership", "succession", "former_place")

#: What an oversight unit wrote itself.
OF_A_UNIT = ("unit_plan", "unit_plan_paragraph", "unit_target")


def _connect(city: City, role: str) -> psycopg.Connection[tuple[object, ...]]:
    return psycopg.connect(city.url(role).replace("+psycopg", ""))


@pytest.mark.parametrize("table", PUBLISHED)
def test_a_published_row_holds_keys_counts_and_moments_only(behind_the_wall: Snapshot, table: str) -> None:
    columns = behind_the_wall.query(
        "select column_name, data_type from information_schema.columns where table_schema = 'app' and table_name = %s",
        (table,),
    )
    assert dict(columns) == PUBLISHED[table]


def test_the_only_text_published_is_a_code_of_the_catalogue(cast: Cast, city: City) -> None:
    with _connect(city, "portal_rollup") as rollup, pytest.raises(psycopg.errors.CheckViolation):
        rollup.execute(
            "insert into app.ward_rollup values (%s, 2026, gen_random_uuid(), 'Cháu Nguyễn Văn A', 0, 0, 0, 0, "
            "default, 0, 0, 0, 0, 0, 0, 0, 0, now())",
            (cast.north,),
        )


def test_the_citys_role_reads_published_rows_and_public_names_and_nothing_else(
    city: City, behind_the_wall: Snapshot
) -> None:
    readable = {*PUBLISHED, *OF_A_UNIT, *_TREE, "alembic_version"}
    tables = {
        str(row[0])
        for row in behind_the_wall.query("select tablename from pg_tables where schemaname = 'app'")
    }
    assert {"card", "card_event", "comment", "contact", "evidence", "person"} < tables
    with _connect(city, "portal_city") as watcher:
        for table in sorted(tables - readable):
            with pytest.raises(psycopg.errors.InsufficientPrivilege), watcher.transaction():
                watcher.execute(f"select 1 from app.{table}")


def test_the_citys_role_writes_nothing(city: City, cast: Cast) -> None:
    with _connect(city, "portal_city") as watcher:
        watcher.execute("set transaction read write")
        for table in (*PUBLISHED, *OF_A_UNIT, *_TREE):
            with pytest.raises(psycopg.errors.InsufficientPrivilege), watcher.transaction():
                watcher.execute(f"delete from app.{table}")


def test_the_citys_role_sees_the_wards_it_entered_and_no_others(app: Flask, cast: Cast, city: City) -> None:
    give(app, cast.north, cast.police, None)
    give(app, cast.south, cast.south_police, None)
    publish(app, cast.north, cast.south)
    with _connect(city, "portal_city") as watcher:
        watcher.execute("select app.enter_wards(%s::int[])", ([cast.south],))
        for table in ("ward_rollup", "ward_rollup_day", "ward_rollup_state"):
            assert watcher.execute(f"select distinct ward_id from app.{table}").fetchall() == [(cast.south,)]
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            watcher.execute("select app.enter_wards(%s::int[])", ([cast.north, cast.south],))


def test_a_forgotten_entrance_is_an_error_and_not_an_empty_page(city: City, cast: Cast) -> None:
    with _connect(city, "portal_city") as watcher:
        with pytest.raises(psycopg.errors.UndefinedObject), watcher.transaction():
            watcher.execute("select * from app.ward_rollup")
        with watcher.transaction():
            watcher.execute("select app.enter_wards('{1}')")
        watcher.commit()
        with pytest.raises(psycopg.errors.InvalidTextRepresentation), watcher.transaction():
            watcher.execute("select * from app.ward_rollup")


def test_the_publishers_role_reads_no_words_of_a_card(city: City, cast: Cast) -> None:
    with _connect(city, "portal_rollup") as rollup:
        for column in ("title", "text", "result", "reason", "blocked_why", "asked_why", "search_text"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege), rollup.transaction():
                rollup.execute(f"select {column} from app.card")
        with pytest.raises(psycopg.errors.InsufficientPrivilege), rollup.transaction():
            rollup.execute("select name from app.agency")


def test_a_ward_reads_its_own_published_rows_and_changes_none(app: Flask, cast: Cast, city: City) -> None:
    publish(app, cast.north, cast.south)
    with _connect(city, "portal_app") as ward:
        ward.execute("select app.enter_ward(%s)", (cast.north,))
        assert ward.execute("select ward_id from app.ward_rollup_state").fetchall() == [(cast.north,)]
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            ward.execute("delete from app.ward_rollup_state")
