"""Search: what the ward's cards, comments and agencies say, with the words that were found."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date

from markupsafe import Markup
from sqlalchemy import select

from portal.db import db
from portal.tasks.board_filter import BoardFilter
from portal.tasks.card import Card
from portal.tasks.card_face import Face
from portal.tasks.comment import Comment
from portal.tasks.highlighting import excerpt, marked
from portal.tasks.mentioning import as_typed, names_in
from portal.tasks.remembering import faces_of
from portal.tenants.access import Actor, Permission
from portal.tenants.agency import Agency
from portal.text import fold

#: A page of results; whoever gets more has searched for too little.
SHOWN = 50


@dataclass(frozen=True)
class Hit:
    """One card that says it: its title marked, and where else the words stand, with who said it."""

    face: Face
    title: Markup
    text: Markup
    said: list[tuple[str, Markup]] = field(default_factory=list)


@dataclass(frozen=True)
class Findings:
    """`more`: how many cards were found beyond the ones shown."""

    hits: list[Hit]
    agencies: list[tuple[Agency, Markup]]
    more: int


def find(wanted: BoardFilter, agencies: Collection[Agency], actor: Actor, today: date) -> Findings:
    """What the actor may see that says the words: the board's own search, so that nothing hidden is ever found."""
    if not wanted.words:
        return Findings([], [], 0)
    faces = faces_of(wanted, agencies, actor, today)
    shown = faces[:SHOWN]
    readable = [face for face in shown if not face.hidden]
    texts, comments = _texts(readable), _comments(readable, wanted.words)
    hits = [
        Hit(
            face,
            marked(str(face.title), wanted.words),
            excerpt(texts.get(face.id, ""), wanted.words),
            comments[face.id],
        )
        for face in shown
    ]
    named = [
        (agency, marked(agency.name, wanted.words))
        for agency in agencies
        if wanted.words in fold(f"{agency.name} {agency.short_name}") and _may_open(actor, agency)
    ]
    return Findings(hits, named, len(faces) - len(shown))


def _may_open(actor: Actor, agency: Agency) -> bool:
    return actor.may(Permission.SEE_ALL_CARDS) or agency.id in actor.agency_ids


def _texts(faces: list[Face]) -> dict[object, str]:
    """The plan's words of each card."""
    asked = select(Card.id, Card.text).where(Card.id.in_([face.id for face in faces]))
    return {row.id: row.text for row in db.session.execute(asked)} if faces else {}


def _comments(faces: list[Face], words: str) -> dict[object, list[tuple[str, Markup]]]:
    """What people wrote on each card that says all the words, the latest first."""
    found: dict[object, list[tuple[str, Markup]]] = defaultdict(list)
    asked = select(Comment).where(
        Comment.card_id.in_([face.id for face in faces if face.comments]),
        Comment.removed_at.is_(None),
        *(Comment.search_text.contains(word, autoescape=True) for word in words.split()),
    )
    comments = list(db.session.scalars(asked.order_by(Comment.id.desc()).limit(3 * SHOWN)))
    names = names_in(comment.text for comment in comments)
    for comment in comments:
        found[comment.card_id].append((comment.author_name, excerpt(as_typed(comment.text, names), words)))
    return found
