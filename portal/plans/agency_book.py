"""The ward's agencies, looked up by what a plan calls them: names are spelled many ways and are never keys."""

from collections import Counter

from portal.tenants.agency import Agency
from portal.tenants.catalogue import match_kind
from portal.tenants.joining import add_agency
from portal.tenants.queries import agencies
from portal.text import fold, normalise_spaces, spelling


class AgencyBook:
    """Reads the entered ward's agencies once; agencies it adds are found the next time."""

    def __init__(self) -> None:
        self.agencies = agencies()

    def known(self, name: str) -> Agency | None:
        """The agency a name stands for: the same name, or the only one of the same kind; None when unsure."""
        wanted = _key(name)
        same = next((agency for agency in self.agencies if _key(agency.name) == wanted), None)
        return same or self._only_one_of_kind(name)

    def known_or_added(self, name: str) -> Agency:
        """The agency a name stands for, added to the ward when there is none. Raises Refused when it cannot be."""
        agency = self.known(name)
        if agency is None:
            agency = add_agency(name)
            self.agencies.append(agency)
        return agency

    def _only_one_of_kind(self, name: str) -> Agency | None:
        kind = match_kind(name)
        if kind is None or Counter(agency.kind for agency in self.agencies)[kind.code] != 1:
            return None
        return next(agency for agency in self.agencies if agency.kind == kind.code)


def names_a_group(name: str) -> bool:
    """Whether a name is that of several agencies ("Các đoàn thể"): unknown to the ward, it is nobody to remind."""
    return fold(name).startswith("cac ")


def _key(name: str) -> str:
    return normalise_spaces(spelling(name))
