"""The floor: the same pages and acts with nothing around them, on the same database, rows and wall.

A session looked up, a membership checked, the ward entered, one query, one plain template; an event row on each
write. No permissions, filters, counts, design, languages, tokens or headers. Nothing honest is faster in Flask, so
ours is measured as a multiple of it.
"""

import hashlib
import os
import uuid
from datetime import UTC, datetime
from typing import Any

import psycopg
from flask import Flask, abort, g, render_template, request
from markupsafe import Markup
from psycopg.rows import namedtuple_row
from psycopg.types.json import Jsonb

app = Flask(__name__, static_folder="../portal/static")
app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True

_SESSION = """
select p.id, p.name, s.last_seen_at from app.web_session s join app.person p on p.id = s.person_id
where s.token_hash = %s and s.revoked_at is null and s.ends_at > now() and p.disabled_at is null
"""
_PLACE = """
select w.id, w.name, c.id as contact_id from app.membership m join app.ward w on w.id = m.ward_id
join app.contact c on c.ward_id = m.ward_id and c.id = m.contact_id
where m.person_id = %s and w.slug = %s and not c."left"
"""
_CARDS = """
select c.number, c.title, c.state, c.section, c.due_on, c.submitted_at, c.checks_done, c.checks_total,
  c.evidence_count, c.comment_count, a.short_name as agency
from app.card c left join app.agency a on a.ward_id = c.ward_id and a.id = c.agency_id
where c.ward_id = %s order by c.position, c.number
"""
_MOVE = """
update app.card set state = %s, version = version + 1, changed_at = now() where ward_id = %s and number = %s
returning id, number, title
"""
_NUMBER = """
insert into app.ward_counter (ward_id, name, value) values (%s, 'card', 1)
on conflict (ward_id, name) do update set value = app.ward_counter.value + 1 returning value
"""
_CREATE = """
insert into app.card (ward_id, id, number, mode, title, text, section, locator, source_sha256, state, due_exclusive,
  extensions, asked_why, due_version, result, reason, blocked_why, evidence_required, position, checks_done,
  checks_total, evidence_count, comment_count, search_text, version, created_at, changed_at, confidential, shared_total,
  shared_done, explain_state, explain_asked, explain_answer, link_count, label_count)
values (%s, %s, %s, 'assign', %s, '', '', '', '', 'todo', false, 0, '', 1, '', '', '', false, %s, 0, 0, 0, 0, %s, 1,
  now(), now(), false, 0, 0, '', '', '', 0, 0)
"""
_EVENT = """
insert into app.card_event (ward_id, id, card_id, kind, contact_id, actor_name, via, detail, occurred_at)
values (%s, %s, %s, %s, %s, %s, 'web', %s, now())
"""
_COUNT_COMMENT = """
update app.card set comment_count = comment_count + 1, version = version + 1, changed_at = now()
where ward_id = %s and number = %s returning id
"""
_COMMENT = """
insert into app.comment (ward_id, id, card_id, contact_id, author_name, text, via, written_at, search_text)
values (%s, %s, %s, %s, %s, %s, 'web', now(), '')
"""
_COMMENTS = (
    "select author_name, written_at, text from app.comment where ward_id = %s and card_id = %s order by id"
)
_CARD = Markup('<li class="card" id="card-{number}"><h3><a href="cards/{number}">{title}</a></h3></li>')

_connections: dict[str, psycopg.Connection[Any]] = {}


def _connection(role: str) -> psycopg.Connection[Any]:
    """What a pool gives a synchronous worker: the one connection of this role."""
    if role not in _connections:
        url = os.environ[f"PORTAL_DB_{role.upper()}_URL"].replace("+psycopg", "")
        _connections[role] = psycopg.connect(url, row_factory=namedtuple_row)
    return _connections[role]


@app.url_value_preprocessor
def _enter(_endpoint: str | None, values: dict[str, Any] | None) -> None:
    """Who is it, do they belong here, and the ward behind the wall."""
    if not values or "ward" not in values:
        return
    auth = _connection("auth")
    with auth.transaction():
        digest = hashlib.sha256(request.cookies.get("phien", "").encode()).digest()
        g.person = auth.execute(_SESSION, (digest,)).fetchone() or abort(401)
        auth.execute("select app.enter_person(%s)", (g.person.id,))
        g.ward = auth.execute(_PLACE, (g.person.id, values.pop("ward"))).fetchone() or abort(404)
    g.db = _connection("app")
    g.db.execute("select app.enter_ward(%s)", (g.ward.id,))


@app.teardown_request
def _leave(error: BaseException | None) -> None:
    if "db" in g:
        g.db.rollback() if error else g.db.commit()


@app.get("/w/<ward>/board")
def board() -> str:
    """All cards in columns."""
    columns: dict[str, list[Any]] = {}
    for card in g.db.execute(_CARDS, (g.ward.id,)):
        columns.setdefault(card.state, []).append(card)
    return render_template(
        "floor_board.html",
        ward=g.ward.name,
        person=g.person.name,
        columns=columns,
        today=datetime.now(UTC).date(),
    )


@app.post("/w/<ward>/cards/<int:number>/state")
def move(number: int) -> str:
    """A card moves."""
    card = g.db.execute(_MOVE, (request.form["state"], g.ward.id, number)).fetchone() or abort(404)
    _record(card.id, "moved")
    return _CARD.format(number=card.number, title=card.title)


@app.post("/w/<ward>/cards")
def create() -> str:
    """A card is made."""
    card_id, title = uuid.uuid4(), request.form["title"]
    number = g.db.execute(_NUMBER, (g.ward.id,)).fetchone()[0]
    g.db.execute(_CREATE, (g.ward.id, card_id, number, title, number, title))
    _record(card_id, "created")
    return _CARD.format(number=number, title=title)


@app.post("/w/<ward>/cards/<int:number>/comments")
def comment(number: int) -> str:
    """Somebody writes on a card, and sees what was written on it."""
    card = g.db.execute(_COUNT_COMMENT, (g.ward.id, number)).fetchone() or abort(404)
    values = (g.ward.id, uuid.uuid4(), card.id, g.ward.contact_id, g.person.name, request.form["text"])
    g.db.execute(_COMMENT, values)
    _record(card.id, "commented")
    comments = g.db.execute(_COMMENTS, (g.ward.id, card.id)).fetchall()
    return render_template("floor_comments.html", comments=comments)


def _record(card_id: uuid.UUID, kind: str) -> None:
    values = (g.ward.id, uuid.uuid4(), card_id, kind, g.ward.contact_id, g.person.name, Jsonb({}))
    g.db.execute(_EVENT, values)
