"""The rules of the house that nobody has to remember: each fails here when it is broken."""

import ast
import importlib
import pkgutil
import re
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest
from flask import Flask
from sqlalchemy import Engine, create_engine, inspect, text

import portal
from migrations.upgrading import HEAD, HERE, wall_faults
from portal.db import Base, db
from portal.permits import PUBLIC, SIGNED_IN, needed_by
from portal.tenants.access import PERMISSION_TEXTS, ROLE_TEXTS, TABLE, Permission, Role
from tests.city import City, Snapshot

ROOT = Path(portal.__file__).parent.parent
SOURCES = sorted([*ROOT.glob("portal/**/*.py"), *ROOT.glob("worker/**/*.py")])
TEMPLATES = sorted(ROOT.glob("portal/**/templates/**/*.html"))

#: The only places that may commit: the edge of the web, the wrapper of jobs, and loops and commands that say why.
MAY_COMMIT = {"portal/db.py", "worker/wards.py"}


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def test_a_room_looks_down_never_up_or_sideways() -> None:
    done = subprocess.run(
        [str(Path(sys.executable).parent / "lint-imports"), "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout


def test_every_route_declares_a_permission_of_the_table(app: Flask) -> None:
    known = {PUBLIC, SIGNED_IN, *Permission}
    silent = [
        rule.rule
        for rule in app.url_map.iter_rules()
        if rule.endpoint != "static" and needed_by(app.view_functions[rule.endpoint]) not in known
    ]
    assert silent == []


def test_a_route_of_a_ward_is_never_public(app: Flask) -> None:
    for rule in app.url_map.iter_rules():
        if rule.rule.startswith(("/w/", "/o/")):
            assert needed_by(app.view_functions[rule.endpoint]) in set(Permission), rule.rule


def test_the_table_of_permissions_has_words_for_everything_it_holds() -> None:
    assert set(PERMISSION_TEXTS) == set(Permission)
    assert set(ROLE_TEXTS) == set(TABLE) == set(Role)


def test_the_wall_has_no_hole(city: City) -> None:
    assert wall_faults(city.url("portal_owner")) == []


@pytest.mark.parametrize(
    ("planted", "rule"),
    [
        ("create table app.forgotten (id int primary key)", "T1"),
        ("create table app.bare (ward_id int not null, id uuid, primary key (ward_id, id))", "T2"),
        ("create policy open_door on app.card for select to portal_app using (true)", "T5"),
        ("grant truncate on app.card to portal_app", "G1"),
        ("alter table app.card no force row level security", "T3"),
        ("create view app.window as select * from app.card; grant select on app.window to portal_app", "V1"),
    ],
)
def test_the_gate_sees_a_hole_made_on_purpose(
    city: City, behind_the_wall: Snapshot, planted: str, rule: str
) -> None:
    with psycopg.connect(city.superuser()) as connection:
        connection.execute(planted)
        found = connection.execute((HERE / "gate.sql").read_text()).fetchall()
        connection.rollback()
    assert any(fault[0].startswith(f"{rule} ") for fault in found), found


def test_the_tables_are_what_the_rows_say(app: Flask, city: City) -> None:
    for module in pkgutil.walk_packages(portal.__path__, "portal."):
        if "__main__" not in module.name:
            importlib.import_module(module.name)
    with app.app_context():
        there = inspect(_owner_engine(city))
        tables = set(there.get_table_names("app")) - {"alembic_version"}
        declared = {table.name: table for table in Base.metadata.tables.values()}
        assert tables == set(declared)
        for table_name, table in declared.items():
            columns = {column["name"]: column for column in there.get_columns(table_name, "app")}
            assert set(columns) == {column.name for column in table.columns}, table_name
            for column in table.columns:
                assert columns[column.name]["nullable"] == column.nullable, (table_name, column.name)


def _owner_engine(city: City) -> Engine:
    return create_engine(city.url("portal_owner"))


def test_migrations_are_numbered_and_the_head_file_names_the_last() -> None:
    numbers = sorted(path.name[:4] for path in (HERE / "versions").glob("*.py"))
    assert numbers == [f"{n:04}" for n in range(1, len(numbers) + 1)]
    assert numbers[-1] == HEAD


def test_only_the_edges_commit() -> None:
    guilty = [
        name(path)
        for path in SOURCES
        if name(path) not in MAY_COMMIT and re.search(r"\.commit\(\)", path.read_text())
    ]
    assert guilty == []


def test_no_import_hides_inside_a_function() -> None:
    hidden = []
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                hidden += [
                    f"{name(path)}:{inner.lineno}"
                    for inner in ast.walk(node)
                    if isinstance(inner, ast.Import | ast.ImportFrom)
                ]
    assert hidden == []


def test_nothing_below_the_edges_reads_the_clock() -> None:
    clock = re.compile(r"datetime\.now\(|date\.today\(|datetime\.utcnow\(|time\.time\(\)")
    allowed = {"portal/db.py"}
    guilty = [name(path) for path in SOURCES if name(path) not in allowed and clock.search(path.read_text())]
    assert [path for path in guilty if not path.startswith("portal/local/")] == []


def test_every_module_opens_with_what_it_is_for() -> None:
    mute = [name(path) for path in SOURCES if ast.get_docstring(ast.parse(path.read_text())) is None]
    assert mute == []


def test_rooms_use_no_attic_names() -> None:
    attics = {"models.py", "services.py", "utils.py", "helpers.py", "common.py"}
    assert [name(path) for path in SOURCES if path.name in attics or "manager" in path.name] == []


def test_partials_never_extend_and_pages_always_do() -> None:
    for path in TEMPLATES:
        extends = "{% extends" in path.read_text()
        if path.name.startswith("_"):
            assert not extends, name(path)


def test_templates_hold_no_inline_style_or_script() -> None:
    for path in TEMPLATES:
        if "mail" in path.parts or path.name.startswith("mail"):
            continue  # e-mail has nothing but inline styles
        source = path.read_text()
        assert not re.search(
            r"\sstyle=|<style|\son(?:click|load|change|submit|input|error|focus|blur|key\w+|mouse\w+)=|javascript:|\|\s*safe",
            source,
        ), name(path)
        for script in re.findall(r"<script[^>]*>", source):
            assert "nonce" in script, name(path)
            assert "src=" in script, name(path)


def test_every_htmx_attribute_stands_beside_a_nonce() -> None:
    for path in TEMPLATES:
        for tag in re.findall(
            r"<(?!hx-partial)\w[^<>]*\shx-(?:get|post|boost|trigger)=[^>]*>", path.read_text()
        ):
            assert "hx-nonce" in tag, (name(path), tag)


def test_every_form_that_posts_carries_a_token() -> None:
    for path in TEMPLATES:
        source = path.read_text()
        posting = len(re.findall(r'<form[^>]*method="post"', source))
        assert source.count("csrf_token") >= posting, name(path)


def test_durable_work_never_rests_on_the_broker() -> None:
    forbidden = re.compile(r"\beta=|\bcountdown=|\.retry\(|\bchord\(|\bgroup\(|apply_async\(")
    guilty = [
        name(path)
        for path in SOURCES
        if "plans/reading" not in name(path)
        and "click" not in path.read_text()
        and forbidden.search(path.read_text())
    ]
    assert guilty == []


def test_the_engines_are_logged_in_as_the_roles_they_are_named_for(app: Flask) -> None:
    with app.app_context():
        for role in ("auth", "dispatch", "rollup", "city"):
            with db.engines[role].connect() as connection:
                assert connection.execute(text("select current_user")).scalar() == f"portal_{role}"
