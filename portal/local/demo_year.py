"""What the demo's agencies did since the plan was confirmed: cards in every state, with the traces work leaves."""

from datetime import datetime, timedelta
from itertools import cycle

from portal.local.demo_people import SEATS
from portal.tasks.card import Card
from portal.tasks.commenting import add_check, block, comment_on, tick
from portal.tasks.dating import ask_extension
from portal.tasks.doer import Doer
from portal.tasks.moving import accept, move_to
from portal.tasks.state import State
from portal.tenants.queries import agencies, contacts_of_agency

_LEADER = Doer(None, SEATS[0].name)
_COORDINATOR = Doer(None, SEATS[1].name)

_CHECKS = ("Lập kế hoạch chi tiết", "Thống nhất với các tổ dân phố", "Thực hiện", "Tổng hợp kết quả")

_RESULT = "Đã thực hiện ở 12/12 tổ dân phố, gửi báo cáo kết quả kèm danh sách hoạt động."


def work_through(cards: list[Card], now: datetime) -> None:
    """Let the agencies work on freshly assigned cards, so that a newcomer sees every state of the board."""
    workers = workers_of_agencies()
    stories = cycle(
        [_done, _doing, _submitted, _untouched, _doing_with_extension, _accepted, _done, _returned]
    )
    rare = {len(cards) - 1: _cancelled, len(cards) - 2: _refused, len(cards) - 3: _paused}
    for index, (card, story) in enumerate(zip(cards, stories, strict=False)):
        worker = workers.get(card.agency_id, _COORDINATOR)
        rare.get(index, story)(card, worker, now)


def workers_of_agencies() -> dict[object, Doer]:
    """Who answers for each agency."""
    people = {agency.id: contacts_of_agency(agency.id) for agency in agencies()}
    return {agency_id: Doer(known[0].id, known[0].name) for agency_id, known in people.items() if known}


def _days(now: datetime, days: int) -> datetime:
    return now - timedelta(days=days, hours=3)


def _untouched(_card: Card, _worker: Doer, _now: datetime) -> None:
    return


def _accepted(card: Card, worker: Doer, now: datetime) -> None:
    accept(card, worker, _days(now, 60))


def _doing(card: Card, worker: Doer, now: datetime) -> None:
    move_to(card, State.DOING, worker, _days(now, 40))
    checks = [add_check(card, text, worker, _days(now, 39)) for text in _CHECKS]
    for check in checks[:2]:
        tick(card, check, True, worker, _days(now, 12))
    comment_on(card, "Tổ 5 và tổ 9 hẹn gửi số liệu vào thứ Năm.", worker, _days(now, 6))


def _doing_with_extension(card: Card, worker: Doer, now: datetime) -> None:
    move_to(card, State.DOING, worker, _days(now, 30))
    if card.due_on is not None:
        ask_extension(
            card, card.due_on + timedelta(days=14), worker, _days(now, 1), why="Chờ tổ 9 rà soát xong"
        )
    block(card, "Chưa có kinh phí in tài liệu tuyên truyền", worker, _days(now, 2))


def _submitted(card: Card, worker: Doer, now: datetime) -> None:
    _doing(card, worker, now)
    move_to(card, State.REVIEW, worker, _days(now, 2), result=_RESULT)


def _done(card: Card, worker: Doer, now: datetime) -> None:
    move_to(card, State.DOING, worker, _days(now, 50))
    move_to(card, State.REVIEW, worker, _days(now, 20), result=_RESULT)
    move_to(card, State.DONE, _LEADER, _days(now, 18))


def _returned(card: Card, worker: Doer, now: datetime) -> None:
    _submitted(card, worker, now)
    move_to(card, State.RETURNED, _LEADER, _days(now, 1), reason="Bổ sung số liệu của 3 tổ dân phố còn lại")


def _paused(card: Card, _worker: Doer, now: datetime) -> None:
    move_to(card, State.PAUSED, _COORDINATOR, _days(now, 15), reason="Chờ hướng dẫn của cấp trên")


def _refused(card: Card, worker: Doer, now: datetime) -> None:
    move_to(card, State.REFUSED, worker, _days(now, 10), reason="Việc này thuộc Hội Chữ thập đỏ thành phố")


def _cancelled(card: Card, _worker: Doer, now: datetime) -> None:
    move_to(card, State.CANCELLED, _COORDINATOR, _days(now, 5), reason="Trùng với việc đã giao")
