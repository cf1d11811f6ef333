"""Wards merge, split, are renamed: looked at first, carried out, taken back within 30 days.

There is no login that sees two wards: cards are packed inside the one wall, kept in this process, and unpacked inside
the other. So a reform is several transactions, and each can be done twice without harm: when the process is killed
half-way, the same command goes on where it stopped. The predecessor's cards are closed last, after their copies and
files are kept; the predecessor itself stays, to be read.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime

from flask_babel import gettext as _
from sqlalchemy import select

from portal.db import db, drop, keep, session_as
from portal.errors import NotFound, Refused
from portal.tasks import vault
from portal.tasks.card import Card
from portal.tasks.carrying import Packed, cards_from, file_arrives, give_away, open_cards, pack, unpack
from portal.tasks.evidence import Evidence
from portal.tenants.agency import Agency
from portal.tenants.boundary import inside_ward
from portal.tenants.resettling import settle, settle_agencies, settlers_of, unsettle
from portal.tenants.succession import Succession
from portal.tenants.ward import Ward
from portal.wording import local_day


@dataclass(frozen=True)
class Survey:
    """What a reform would move out of a ward, and what stays or has to be done by hand. Sentences in `stays`."""

    ward: Ward
    moving: int
    closed: int
    files: int
    people: int
    agencies: list[str]
    joined: list[str]
    clashes: int
    stays: list[str]


def refuse_impossible(kind: str, old: Ward, new: Ward, on: date, today: date) -> None:
    """Raises Refused when the reform cannot be: the same ward, one that has ended, a day to come."""
    if old.id == new.id:
        raise Refused(_("Phường %(ward)s không thể nhập vào chính nó.", ward=old.name))
    for ward in (old, new):
        if ward.valid_to is not None and not (kind == "merge" and _stands(old, new)):
            raise Refused(
                _("%(ward)s (%(slug)s) đã kết thúc.", ward=ward.full_name, slug=ward.slug), status=409
            )
    if on > today:
        raise Refused(_("Chạy lệnh này từ ngày sắp xếp có hiệu lực; ngày đã ghi còn ở phía trước."))


def survey(old: Ward, new: Ward, numbers: tuple[int, ...] = ()) -> Survey:
    """Look at what would move, and change nothing."""
    with inside_ward(new.id):
        taken = set(db.session.scalars(select(Card.number)))
        names = set(db.session.scalars(select(Agency.name)))
        drop()
    with inside_ward(old.id):
        cards = open_cards(numbers)
        packed = pack(old, cards)
        stays = _what_stays(cards)
        closed = sum(not card.is_open for card in db.session.scalars(select(Card)))
        drop()
    here = [row["name"] for row in packed.settlers.agencies]
    return Survey(
        old,
        moving=len(packed.cards),
        closed=closed,
        files=len(packed.files),
        people=len(packed.settlers.contacts),
        agencies=[name for name in here if name not in names],
        joined=[name for name in here if name in names],
        clashes=sum(row["number"] in taken for row in packed.cards),
        stays=stays,
    )


def merge(old: Ward, new: Ward, on: date, document: str, now: datetime) -> int:
    """Carry every open card over and end the ward on a day; returns how many cards went. Raises Refused."""
    refuse_impossible("merge", old, new, on, local_day(now))
    _write_down("merge", old, new, on, document, now)
    carried = _carry(old, new, (), now)
    session_as("auth").get_one(Ward, old.id).valid_to = on
    keep()
    return carried


def split(old: Ward, new: Ward, numbers: tuple[int, ...], on: date, document: str, now: datetime) -> int:
    """Carry some open cards over; the ward goes on. Returns how many went. Raises Refused."""
    refuse_impossible("split", old, new, on, local_day(now))
    _write_down("split", old, new, on, document, now)
    return _carry(old, new, numbers, now)


def rename(ward: Ward, name: str, kind: str, on: date, document: str, now: datetime) -> None:
    """Call a ward something else from a day on; what it was called is kept."""
    auth = session_as("auth")
    auth.add(_line("rename", ward, ward, on, document, now))
    row = auth.get_one(Ward, ward.id)
    row.name, row.kind = name, kind
    keep()


def take_back(done: Succession, now: datetime) -> int:
    """Undo a reform: cards come home with whatever was done since. Returns how many. Raises Refused after 30 days."""
    if not done.is_reversible(now):
        raise Refused(_("Chỉ hoàn tác được trong 30 ngày, và chỉ một lần."), status=409)
    auth = session_as("auth")
    old, new = auth.get_one(Ward, done.predecessor_id), auth.get_one(Ward, done.successor_id)
    came = 0
    if done.kind == "rename":
        old.name, old.kind = done.former_name, done.former_kind
    else:
        came = _come_home(old, new, now)
    if done.kind == "merge":
        old.valid_to = None
    done.undone_at = now
    keep()
    return came


def coming_home(done: Succession) -> int:
    """How many open cards taking a reform back would bring home; nothing is changed."""
    if done.kind == "rename":
        return 0
    with inside_ward(done.successor_id):
        count = len(cards_from(done.predecessor_id))
        drop()
    return count


def _carry(old: Ward, new: Ward, numbers: tuple[int, ...], now: datetime) -> int:
    with inside_ward(old.id):
        packed = pack(old, open_cards(numbers))
        drop()
    with inside_ward(new.id):
        settle(packed.settlers)
        keep()
    _unpack_and_close(old, new, packed, now)
    return len(packed.cards)


def _come_home(old: Ward, new: Ward, now: datetime) -> int:
    with inside_ward(new.id):
        packed = pack(new, cards_from(old.id))
        drop()
    with inside_ward(old.id):
        settle_agencies(packed.settlers)
        own = settlers_of()
        keep()
    _unpack_and_close(new, old, packed, now)
    with inside_ward(new.id):
        unsettle(own)
        keep()
    return len(packed.cards)


def _unpack_and_close(source: Ward, target: Ward, packed: Packed, now: datetime) -> None:
    with inside_ward(target.id):
        numbers = unpack(packed, now)
        keep()
    for row in packed.files:
        with inside_ward(source.id):
            data = vault.take(Evidence(**row))
            drop()
        with inside_ward(target.id):
            file_arrives(packed, row, data, now)
            keep()
    with inside_ward(source.id):
        ids = list(numbers)
        give_away(list(db.session.scalars(select(Card).where(Card.id.in_(ids)))), target, numbers, now)
        keep()


def _what_stays(cards: list[Card]) -> list[str]:
    series = sum(card.series_id is not None for card in cards)
    parts = sum(card.parent_id is not None for card in cards)
    marked = sum(bool(card.label_count or card.link_count) for card in cards)
    found = Counter(
        {
            _("%(n)s việc lặp lại: kỳ đang mở được chuyển; đặt lặp lại ở phường mới.", n=series): series,
            _("%(n)s phần của việc chung: mỗi phần được chuyển thành một việc riêng.", n=parts): parts,
            _("%(n)s việc có nhãn hoặc nối việc: nhãn và chỗ nối ở lại phường cũ.", n=marked): marked,
        }
    )
    return [sentence for sentence, count in found.items() if count]


def _stands(old: Ward, new: Ward) -> bool:
    asked = select(Succession.id).where(
        Succession.predecessor_id == old.id, Succession.successor_id == new.id, Succession.undone_at.is_(None)
    )
    return session_as("auth").scalar(asked.limit(1)) is not None


def _write_down(kind: str, old: Ward, new: Ward, on: date, document: str, now: datetime) -> None:
    """The row comes first: a merge that was interrupted is found by it and goes on."""
    if kind != "merge" or not _stands(old, new):
        session_as("auth").add(_line(kind, old, new, on, document, now))
        keep()


def _line(kind: str, old: Ward, new: Ward, on: date, document: str, now: datetime) -> Succession:
    return Succession(
        kind=kind,
        predecessor_id=old.id,
        successor_id=new.id,
        on_day=on,
        document=document,
        former_name=old.name,
        former_kind=old.kind,
        done_at=now,
    )


def ward_called(slug: str) -> Ward:
    """The ward of an address. Raises NotFound."""
    found = session_as("auth").scalar(select(Ward).where(Ward.slug == slug))
    if found is None:
        raise NotFound
    return found
