"""The kinds of the history, in the few groups people ask for."""

from collections.abc import Sequence

from flask_babel import lazy_gettext as _l

from portal.tasks.card_event import CardEvent

#: Group -> what people call it. What is in none of the others is work.
GROUPS = {
    "work": _l("Tiến độ"),
    "dates": _l("Hạn"),
    "people": _l("Cơ quan, người"),
    "evidence": _l("Minh chứng, việc con"),
    "talk": _l("Trao đổi, vướng mắc"),
}

_GROUP_OF = {
    **dict.fromkeys(("due_set", "extended", "extension_asked", "extension_declined"), "dates"),
    **dict.fromkeys(
        (
            "assigned",
            "agency_changed",
            "supporters_changed",
            "reminded",
            "reached",
            "shared",
            "viewers_changed",
        ),
        "people",
    ),
    **dict.fromkeys(
        ("evidence_added", "evidence_removed", "check_added", "check_done", "check_undone"), "evidence"
    ),
    **dict.fromkeys(
        ("evidence_asked", "evidence_not_asked", "evidence_locked", "evidence_unlocked"), "evidence"
    ),
    **dict.fromkeys(("explanation_asked", "explained", "explanation_read"), "talk"),
    **dict.fromkeys(("commented", "comment_edited", "comment_removed", "blocked", "unblocked"), "talk"),
}


def group_of(kind: str) -> str:
    """The group of a kind of event."""
    return _GROUP_OF.get(kind, "work")


def only_of(group: str, events: Sequence[CardEvent]) -> list[CardEvent]:
    """The events of one group; all of them when it is none of the groups."""
    return [event for event in events if group not in GROUPS or group_of(event.kind) == group]
