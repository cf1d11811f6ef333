"""The list of all messages: each kind of letter, text and document, in the wording of an order and of a request."""

from collections.abc import Iterator

from flask import Flask

from portal.db import session_as
from portal.reminders.composing import compose
from portal.reminders.notice import NUMBER_KINDS, Kind
from portal.reminders.texts.composing import compose_text
from portal.tenants.boundary import inside_ward
from portal.tenants.ward import Ward
from portal.translating import speaking
from tests.cast import Cast
from tests.messages.documents import documents
from tests.messages.facts import NOW, Told, digest, envelope, told
from tests.messages.message import Message, of_letter
from tests.messages.people import letters_to_people

MODES = {"assign": "", "request": "-request"}

#: Languages letters are read in. Short messages are registered with the carriers, in Vietnamese only.
LANGUAGES = ("vi", "en")

_BUSY = {"open_overdue": 3, "this_week": 4, "review": 2, "extensions": 1, "refused": 1, "blocked": 2}


def every_message(app: Flask, cast: Cast, language: str) -> list[Message]:
    """All of them; short messages and documents only in the language they leave in."""
    with app.app_context(), inside_ward(cast.north), speaking(language):
        ward = session_as("auth").get_one(Ward, cast.north)
        found = [*_card_letters(ward), *_digests(ward)]
        if language == "vi":
            found += [*_texts(ward), *_zalo(ward), *documents(ward)]
    return found + letters_to_people(app, language)


def _card_letters(ward: Ward) -> Iterator[Message]:
    for kind in Kind:
        if kind in NUMBER_KINDS or kind is Kind.DIGEST:
            continue
        for mode, after in MODES.items():
            yield _letter(ward, f"letter-{kind}{after}", [told(kind, mode=mode)])
    yield _letter(ward, "letter-asked-overdue", [told(Kind.ASKED, days=-4)])
    yield _letter(ward, "letter-many", _many(), title="công chức Văn hóa - Xã hội")
    yield _letter(ward, "letter-many-request", _many("request"))
    yield _letter(ward, "letter-twenty", [told(Kind.DUE_TODAY, number=n) for n in range(1, 26)])
    yield _letter(ward, "letter-shared-box", _many(), to="Công an")


def _many(mode: str = "assign") -> list[Told]:
    kinds = (Kind.OVERDUE, Kind.DUE_TODAY, Kind.DUE_SOON)
    return [told(kind, mode=mode, number=n) for n, kind in enumerate(kinds, start=11)]


def _digests(ward: Ward) -> Iterator[Message]:
    agencies = [["Công an", 2], ["Hội Phụ nữ", 1]]
    busy = digest(**_BUSY, unanswered=5, done_on_time=9, open_in_time=14, late_agencies=agencies)
    yield _letter(ward, "digest", [busy], to="Lê Văn Tâm", title="Phó Chủ tịch UBND")
    yield _letter(ward, "digest-calm", [digest(done_on_time=9, done_late=1, open_in_time=14)])


def _letter(ward: Ward, name: str, facts: list[Told], *, to: str = "Trần Thu Hà", title: str = "") -> Message:
    return of_letter(name, compose(envelope(facts, to=to, title=title), ward, facts, NOW))


def _short(kind: Kind, mode: str) -> list[Told]:
    return [told(kind, mode=mode)]


def _told_shortly() -> Iterator[tuple[str, list[Told]]]:
    for kind in Kind:
        if kind is not Kind.DIGEST:
            for mode, after in MODES.items():
                if kind not in NUMBER_KINDS or mode == "assign":
                    yield f"{kind}{after}", _short(kind, mode)
    yield "asked-overdue", [told(Kind.ASKED, days=-4)]
    yield "no-title", [told(Kind.OVERDUE, number=11)]
    for mode, after in MODES.items():
        yield f"many{after}", _many(mode)
        yield f"many-in-time{after}", _many(mode)[1:]


def _texts(ward: Ward) -> Iterator[Message]:
    for name, facts in _told_shortly():
        for accented in (False, True):
            written = compose_text("sms", ward, facts, NOW, accented=accented).written
            yield Message(f"sms-{name}{'-accented' if accented else ''}", written.text, size=written.size)


def _zalo(ward: Ward) -> Iterator[Message]:
    for name, facts in _told_shortly():
        composed = compose_text("zns", ward, facts, NOW, accented=True)
        fields = "\n".join(f"{blank} = {value}" for blank, value in composed.fields.items())
        yield Message(f"zalo-{name}", f"{composed.written.text}\n\n{fields}".strip())
