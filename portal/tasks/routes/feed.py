"""The calendar somebody's phone reads, by a secret address and without signing in; and who may read how often."""

import hashlib

from flask import Response, current_app, make_response, request, url_for
from flask_babel import force_locale
from icalendar import Calendar

from portal.accounts.calendar_feed import reader_of
from portal.accounts.person import Person
from portal.db import db, session_as, utc_now
from portal.errors import NotFound
from portal.permits import PUBLIC, needs
from portal.security import limiter
from portal.tasks.calendar_entries import add_entries, empty_calendar
from portal.tasks.routes.blueprint import bp
from portal.tasks.view_queries import dated_cards
from portal.tenants.boundary import inside_ward
from portal.tenants.queries import Place, agencies, enter_person, places_of

#: The company that runs somebody's calendar asks for many people from one address, so each secret counts by itself.
EACH, ALTOGETHER = "30 per hour", "1200 per hour"


def _by_secret() -> str:
    token = (request.view_args or {}).get("token", "")
    return "calendar:" + hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


@bp.get("/calendar/<token>.ics")
@needs(PUBLIC)
@limiter.limit(ALTOGETHER)
@limiter.limit(EACH, key_func=_by_secret)
def calendar_feed(token: str) -> Response:
    """What its owner has to do and by when, in all their wards. 404 for an address that is none any more."""
    auth = session_as("auth")
    person = reader_of(auth, token, utc_now())
    if person is None:
        raise NotFound
    with force_locale(person.locale):
        content = _calendar(person).to_ical()
    answer = make_response(content)
    answer.headers["Content-Type"] = "text/calendar; charset=utf-8"
    answer.headers["Cache-Control"] = "private, no-cache"
    answer.headers["X-Robots-Tag"] = "noindex, nofollow"
    answer.headers["Referrer-Policy"] = "no-referrer"
    answer.set_etag(hashlib.sha256(content).hexdigest()[:32])
    answer.make_conditional(request)
    return answer


def _calendar(person: Person) -> Calendar:
    auth = session_as("auth")
    enter_person(auth, person.id)
    places = places_of(auth, person.id)
    calendar = empty_calendar(", ".join(place.ward.office for place in places) or "Chung Tay")
    for place in places:
        with inside_ward(place.ward.id):
            _add_ward(calendar, place)
        db.session.rollback()  # one transaction belongs to one ward
    return calendar


def _add_ward(calendar: Calendar, place: Place) -> None:
    names = {agency.id: agency.short_name for agency in agencies()}
    site = current_app.config["PORTAL"].public_url
    add_entries(
        calendar,
        (
            (
                card,
                names.get(card.agency_id, "") if card.agency_id else "",
                site + url_for("tasks.card_page", ward=place.ward.slug, number=card.number),
            )
            for card in dated_cards(place.actor)
        ),
    )
