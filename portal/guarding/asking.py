"""Asking to mask: the sentence with what was found, and the same with it masked, one click from being kept."""

from typing import Any

from flask import Response, g, make_response, render_template, request
from markupsafe import Markup, escape

from portal.guarding.checking import REASON, TellsOfAChild
from portal.guarding.finding import KIND_TEXTS
from portal.guarding.reading import Read, mask
from portal.pages import is_htmx
from portal.tenants.access import Permission


def ask_to_mask(stopped: TellsOfAChild) -> Response:
    """422: the whole form again with the masked words in it; for htmx in a dialog, over the form as it stands."""
    template = "guarding/ask.html" if is_htmx() else "guarding/page.html"
    return make_response(render_template(template, **_shown(stopped)), 422)


def _shown(stopped: TellsOfAChild) -> dict[str, Any]:
    told = {one.name: one for one in stopped.told if one.name != REASON}
    guarded = [
        {"name": name, "marked": marked(one.read), "masked": mask(one.read)} for name, one in told.items()
    ]
    return {
        "guarded": guarded,
        "kinds": list(dict.fromkeys(KIND_TEXTS[kind] for one in stopped.told for kind in one.kinds)),
        "kept": [
            (name, text)
            for name, text in request.form.items(multi=True)
            if name not in told and name not in {"csrf_token", REASON}
        ],
        "written": [(name, one.read.text) for name, one in told.items()],
        "uploads": [name for name, upload in request.files.items() if upload.filename],
        "address": request.full_path.rstrip("?"),
        "may_release": "actor" in g and g.actor.may(Permission.RELEASE_WORDS),
        "reason": next((mask(one.read) for one in stopped.told if one.name == REASON), ""),
        "REASON": REASON,
        "layout": "app.html" if "actor" in g else "gate.html",
    }


def marked(read: Read) -> Markup:
    """The text with what was found marked."""
    pieces, at = [], 0
    for finding in read.findings:
        found = escape(read.text[finding.start : finding.end])
        pieces += [escape(read.text[at : finding.start]), Markup("<mark>{}</mark>").format(found)]
        at = finding.end
    return Markup("").join([*pieces, escape(read.text[at:])])
