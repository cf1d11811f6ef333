"""Somebody orders the day's reminders by hand, after the clock has planned them for the morning."""

from datetime import timedelta

from tests.reminders.conftest import MORNING, TODAY, CardMaker, Post

#: 02:00 in Vietnam: the slot of the day before is planned now, and its message waits until the office opens.
NIGHT = MORNING - timedelta(hours=6)


def test_what_waits_for_the_morning_leaves_at_once_and_only_once(post: Post, due: CardMaker) -> None:
    due(TODAY)
    assert post.plan(NIGHT) == 1
    post.drain(NIGHT)
    assert post.journal() == []
    assert post.plan(NIGHT, day=TODAY - timedelta(days=1)) == 1
    post.drain(NIGHT + timedelta(seconds=1))
    post.drain(MORNING + timedelta(hours=2))
    assert len(post.journal()) == 1
