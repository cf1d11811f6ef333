"""Every form of a ward is read before its view runs: what tells who a child is comes back to be masked."""

from collections.abc import Iterable
from dataclasses import dataclass

from flask import current_app, g, request

from portal.db import db, utc_now
from portal.guarding.finding import Kind
from portal.guarding.known import known_people
from portal.guarding.reading import Read, read
from portal.guarding.released_words import ReleasedWords
from portal.permits import names_adults
from portal.tenants.access import Permission
from portal.tenants.entrance import current_actor
from portal.text import nfc

#: The field in which a leader says why the words may stand.
REASON = "guard_reason"

#: Fields that hold words of ours, or nothing anybody wrote.
_UNREAD = frozenset({"csrf_token", "version", "state", "event", "back", "next", "email", "password"})


@dataclass(frozen=True)
class Told:
    """A field of a form and what was found in it."""

    name: str
    read: Read

    @property
    def kinds(self) -> list[Kind]:
        """The kinds found, each once, in their order."""
        return list(dict.fromkeys(finding.kind for finding in self.read.findings))


class TellsOfAChild(Exception):
    """What was sent would tell who a child is. Not kept; the person is shown where, and asked to mask it."""

    def __init__(self, told: list[Told]) -> None:
        super().__init__("words that tell who a child is")
        self.told = told


def check_form() -> None:
    """Before every view of somebody signed in to a ward. Raises TellsOfAChild.

    A leader's reason lets the words through; that is written down, without the words.
    """
    view = current_app.view_functions.get(request.endpoint or "")
    if request.method == "GET" or "actor" not in g or view is None or names_adults(view):
        return
    told = what_is_told(request.form.items(multi=True))
    if told and not _may_stand(told):
        raise TellsOfAChild(told)


def check_words(form: Iterable[tuple[str, str]]) -> None:
    """For pages behind a link, whose ward is known later than at the entrance. Raises TellsOfAChild."""
    told = what_is_told(form)
    if told:
        raise TellsOfAChild(told)


def what_is_told(form: Iterable[tuple[str, str]]) -> list[Told]:
    """The fields that tell who a child is. Asks the database only when there is anything to ask about."""
    suspect = [
        Told(name, found) for name, text in form if name not in _UNREAD and (found := read(text)).findings
    ]
    if not suspect:
        return []
    known = known_people()
    cleared = [Told(one.name, known.unsaid(one.read)) for one in suspect]
    return [one for one in cleared if one.read.findings]


def _may_stand(told: list[Told]) -> bool:
    """Whether a leader says so, in words that tell nothing themselves; then it is written down."""
    reason = nfc(request.form.get(REASON, "")).strip()
    actor = current_actor()
    if not reason or not actor.may(Permission.RELEASE_WORDS) or any(one.name == REASON for one in told):
        return False
    db.session.add(
        ReleasedWords(
            contact_id=actor.contact_id,
            actor_name=actor.name,
            place=request.endpoint or "",
            number=(request.view_args or {}).get("number"),
            kinds=sorted({kind.value for one in told for kind in one.kinds}),
            reason=reason[:500],
            released_at=utc_now(),
        )
    )
    return True
