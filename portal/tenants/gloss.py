"""What an agency is, for whoever does not read Vietnamese: its name stays as it is, the English stands beside it."""

from typing import Protocol

from flask_babel import get_locale

from portal.catalogue import WRITTEN_IN
from portal.tenants.catalogue import AGENCY_KINDS


class Named(Protocol):
    """An agency, or anything that says of which kind one is."""

    @property
    def kind(self) -> str | None:
        """The canonical code, if it is known."""


def gloss(agency: Named) -> str:
    """` (Ward/Commune Police)` in English; nothing in Vietnamese, or for a kind nobody knows."""
    kind = AGENCY_KINDS.get(agency.kind or "")
    return f" ({kind.english})" if kind and str(get_locale()) != WRITTEN_IN else ""
