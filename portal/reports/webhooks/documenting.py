"""What the document of the interface says of webhooks (OpenAPI 3.1, `webhooks`)."""

from typing import Any

from portal.reports.webhooks.calling import ALL_SECONDS
from portal.reports.webhooks.delivery import WAITS
from portal.reports.webhooks.events import CLOSED, EVENT_MEANINGS, FIGURES, MOST_WARDS, REPORT, TEST
from portal.reports.webhooks.secret import OVERLAP
from portal.reports.webhooks.webhook import STOPPED_AFTER

_ABOUT = (
    "Signed as Standard Webhooks 1.0: each signature in `webhook-signature` (divided by blanks, `v1,` and base64) is "
    "the HMAC-SHA256, keyed with the base64 part of the secret (`whsec_…`), of `webhook-id`.`webhook-timestamp`.body. "
    f"After the secret was changed, both sign for {OVERLAP.total_seconds() / 3600:.0f} hours. Refuse a timestamp more "
    "than five minutes away, and drop a `webhook-id` seen before: a message may come twice, and messages may overtake "
    f"each other. Answer 2xx within {ALL_SECONDS:.0f} seconds; redirects are not followed. What is not taken is tried "
    f"{len(WAITS)} more times with growing waits; after {STOPPED_AFTER.days} days without an answer, or at once after "
    "410, the webhook is stopped until somebody turns it on again."
)


def _of(kind: str, about: str, **more: Any) -> dict[str, Any]:
    return {"type": kind, "description": about, **more}


def _list_of(about: str, **fields: dict[str, Any]) -> dict[str, Any]:
    return _of("array", about, items={"type": "object", "required": list(fields), "properties": fields})


_WARD_ID = _of("integer", "The ward's number, as in the datasets.")
_PERIOD = _of("string", "The code of a period, as /api/v1/periods.json lists them.")
_HREF = _of("string", "Where to read on, with a token.", format="uri")

_DATA: dict[str, dict[str, dict[str, Any]]] = {
    FIGURES: {
        "period": _PERIOD,
        "wards": _list_of(
            f"The wards whose figures changed, {MOST_WARDS} at most.",
            ward_id=_WARD_ID,
            as_of=_of("string", "When they last changed.", format="date-time"),
        ),
        "complete": _of("boolean", "False when more wards changed than are listed: read all of them."),
        "href": _HREF,
    },
    CLOSED: {
        "period_end": _of("string", "The last day of the periods.", format="date"),
        "periods": _list_of("The periods.", period=_PERIOD, href=_HREF),
    },
    REPORT: {
        "reports": _list_of(
            "The reports.",
            ward_id=_WARD_ID,
            period=_PERIOD,
            edition=_of("integer", "1, and more when it was corrected."),
            received_at=_of("string", "When it came in.", format="date-time"),
        ),
    },
    TEST: {"href": _HREF},
}


def described_webhooks() -> dict[str, Any]:
    """Each event with its fields."""
    return {event: {"post": _operation(event, meaning)} for event, meaning in EVENT_MEANINGS.items()}


def _operation(event: str, meaning: str) -> dict[str, Any]:
    unit = {"unit_id": _of("integer", "The unit's number."), "unit": _of("string", "The unit's name.")}
    data = {**unit, **_DATA[event]}
    body = {
        "type": {"const": event},
        "timestamp": _of("string", "When the message was written.", format="date-time"),
        "data": {"type": "object", "required": list(data), "properties": data},
    }
    schema = {"type": "object", "required": list(body), "properties": body}
    return {
        "operationId": event,
        "summary": meaning,
        "description": _ABOUT,
        "parameters": [
            {"name": name, "in": "header", "required": True, "schema": {"type": "string"}}
            for name in ("webhook-id", "webhook-timestamp", "webhook-signature")
        ],
        "requestBody": {"required": True, "content": {"application/json": {"schema": schema}}},
        "responses": {"2XX": {"description": "Taken."}},
        "security": [],
    }
